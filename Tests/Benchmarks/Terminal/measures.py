"""What is measured of every program, each on a terminal of its own."""

import os
import re
import signal
import subprocess
import tempfile
import time

from driver import Terminal, has_content, mean, median, percentile, text_of


def start(program, runs=5):
    """Milliseconds until there is something to read, median of some starts."""
    times = []
    for _ in range(runs):
        with program.open() as terminal:
            at = terminal.until(has_content, 60)
            if at is not None:
                times.append(at * 1000)
    return median(times)


def frame(command, before, key, environment, count=300):
    """CPU milliseconds of one frame that `key` asks for, after the steps `before`, on a terminal that is not there."""
    def spent(steps):
        with tempfile.NamedTemporaryFile("w") as script:
            script.write("\n".join([*before, *steps]))
            script.flush()
            words = [*command, "--script", script.name, "--size", "160x45"]
            process = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=os.environ | environment)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return used.ru_utime + used.ru_stime if process.returncode == 0 else None

    # Every step is a frame; what the census took is in both, and the best of some has the least of other programs.
    without = [spent([]) for _ in range(5)]
    with_frames = [spent([f"key {key}"] * count) for _ in range(5)]
    if None in without or None in with_frames:
        return None
    return (min(with_frames) - min(without)) / count * 1000


def keys(program, count=40):
    """Milliseconds from a key to the first byte (median, 95th in a hundred), bytes of a key (mean), keys answered."""
    with program.open() as terminal:
        if not program.ready(terminal):
            return None
        times, sizes = [], []
        for number in range(count):
            before = time.perf_counter()
            terminal.press(program.moves[number // 8 % 2])
            data, at = terminal.read(0.4)
            if data:
                times.append((at - before) * 1000)
                sizes.append(len(data) + terminal.settle(0.05))
        return median(times), percentile(times, 0.95), mean(sizes), len(times), count


def idle(program, seconds=5):
    """Share of a core and bytes a second while nobody does anything."""
    with program.open() as terminal:
        if not program.ready(terminal):
            return None
        terminal.settle(1.0, 6)
        used, began, count = terminal.processor_seconds, time.perf_counter(), 0
        while (left := began + seconds - time.perf_counter()) > 0:
            count += len(terminal.read(left)[0])
        return (terminal.processor_seconds - used) / seconds * 100, count / seconds


def memory(program):
    """Resident MiB at most, once it shows what it was started for."""
    with program.open() as terminal:
        if not program.ready(terminal):
            return None
        return terminal.peak_memory


def pans(program, count=20, rate=125_000):
    """Bytes of one full pan; bytes of some at a key each 50 ms, and seconds from the last key to the last byte, on a
    line that carries `rate` bytes a second."""
    with program.open() as terminal:
        if not program.ready(terminal):
            return None
        for key in program.before_pans:
            terminal.press(key)
            terminal.settle(0.3)
        sizes = []
        for number in range(10):
            terminal.press(program.pans[number % 2])
            sizes.append(terminal.settle(0.2))
        began = time.perf_counter()
        sent, received, last_key, last_byte = 0, 0, began, began
        while True:
            now = time.perf_counter()
            if sent < count and now >= began + sent * 0.05:
                terminal.press(program.pans[sent % 2])
                sent, last_key = sent + 1, now
            allowed = int((now - began) * rate) - received
            data = terminal.read(0.005, min(allowed, 4096))[0] if allowed > 256 else b""
            if allowed <= 256:
                time.sleep(0.002)
            if data:
                received += len(data)
                last_byte = time.perf_counter()
            if sent == count and now - max(last_byte, last_key) > 1.0:
                return median(sizes), received, max(0, last_byte - last_key)


RESTORED = re.compile(rb"\x1b\[\?1049l|\x1b\[\?47l")


def signals(program):
    """For each deadly signal whether the terminal is given back: the first screen, and the modes of lines."""
    names = ["TERM", "HUP", "INT", "QUIT", "SEGV", "TRAP", "ILL"]
    outcome = {}
    for name in names:
        with program.open() as terminal:
            if not program.ready(terminal):
                outcome[name] = None
                continue
            seen = len(terminal.output)
            terminal.signal(getattr(signal, "SIG" + name))
            status = terminal.ended(3)
            terminal.settle(0.1, 1)
            outcome[name] = (
                status is not None
                and terminal.is_cooked
                and RESTORED.search(bytes(terminal.output[seen:])) is not None
            )
    return outcome


def stops(program):
    """Whether Ctrl-Z gives the terminal back, and the program paints again when it goes on."""
    with program.open() as terminal:
        if not program.ready(terminal):
            return None
        seen = len(terminal.output)
        terminal.press(b"\x1a")
        stopped = terminal.ended(2) == -1
        terminal.settle(0.1, 1)
        given = terminal.is_cooked and RESTORED.search(bytes(terminal.output[seen:])) is not None
        if not stopped:
            return False
        seen = len(terminal.output)
        terminal.go_on()
        terminal.settle(0.5, 3)
        return given and has_content(bytes(terminal.output[seen:]))


def tiny(program):
    """Whether it lives through 1 by 1 and back."""
    with program.open() as terminal:
        if not program.ready(terminal):
            return None
        for columns, rows in [(1, 1), (3, 2), (160, 45)]:
            terminal.resize(columns, rows)
            terminal.settle(0.3, 3)
        terminal.press(program.moves[0])
        return terminal.ended(0.3) is None


def surroundings(program):
    """Unknown TERM, LANG=C, NO_COLOR: what each does."""
    with program.open({"TERM": "no-such-terminal"}) as terminal:
        unknown = terminal.until(has_content, 10) is not None and terminal.ended(0.3) is None
    with program.open({"LANG": "C", "LC_ALL": "C"}) as terminal:
        runs = program.ready(terminal)
        plain = bool(runs) and all(byte < 0x80 for byte in terminal.output)
    with program.open({"NO_COLOR": "1"}) as terminal:
        program.ready(terminal)
        colored = re.search(rb"\x1b\[[0-9;:]*(?<![0-9])(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;:]*m", bytes(terminal.output))
    return unknown, plain, colored is None


CONTROLS = re.compile(
    "[\u0000-\u0007\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def foreign(program, pages):
    """How many controls and invisible characters of names reach the terminal, over so many pages of them."""
    with program.open() as terminal:
        if not program.ready(terminal):
            return None
        for _ in range(pages):
            terminal.press(b"\x1b[6~")
            terminal.settle(0.03, 2)
        terminal.settle(0.3)
        return len(CONTROLS.findall(text_of(bytes(terminal.output))))


def make_names(folder):
    """Folders whose names hold every Unicode scalar that a name may, 50 in each."""
    scalars = [n for n in range(1, 0x110000) if not 0xD800 <= n < 0xE000 and n != 0x2F]
    for start in range(0, len(scalars), 50):
        name = "n" + "".join(map(chr, scalars[start : start + 50]))
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    with open(os.path.join(folder, "zarr.json"), "w", encoding="utf-8") as file:
        file.write('{"zarr_format": 3, "node_type": "group"}')
    return len(scalars) // 50 + 1
