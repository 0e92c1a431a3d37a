"""usage: report.py ZSCOPE BIG_STORE XR_TUI OUTPUT

Measures the explorer beside ncdu, tig, btop and xr-tui on the same terminal, one after another, and writes a table.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time

import measures
from driver import Terminal, has_content, say, text_of

COLUMNS, ROWS = 160, 45
XR_TUI_VERSION = "import importlib.metadata as m; print(m.version('xr-tui'))"


class Program:
    """How a program is started, and the keys that do in it what is measured."""

    def __init__(self, name, command, moves, pans, folder=None, before_pans=(), content=None, environment=None):
        self.name = name
        self.command = command
        self.moves = moves
        self.pans = pans
        self.folder = folder
        self.before_pans = before_pans
        self.content = content
        self.environment = environment or {}

    def open(self, environment=None):
        return Terminal(self.command, COLUMNS, ROWS, self.environment | (environment or {}), self.folder)

    def ready(self, terminal):
        """Reads until the program shows what it was started for; false where it never does."""
        wanted = re.compile(self.content) if self.content else None
        holds = (lambda output: wanted.search(text_of(output))) if wanted else has_content
        if terminal.until(holds, 90) is None:
            return False
        terminal.settle(0.3, 10)
        return True


def rows_of(zscope, on_big, others):
    """Each line of the table: its name and a cell for every program."""
    programs = [zscope, *others]
    say("start")
    yield "start → first content, ms", [number(measures.start(p)) for p in programs]
    yield "the same on 1,024,000 chunks, ms", [number(measures.start(on_big))] + ["–"] * len(others)
    say("keys")
    answers = [measures.keys(p) for p in [on_big, *others]]
    yield "key → first byte, median ms", [number(a and a[0], 1) for a in answers]
    yield "key → first byte, 95th of 100, ms", [number(a and a[1], 1) for a in answers]
    yield "bytes of a cursor move, mean of 40", [number(a and a[2]) for a in answers]
    yield "keys answered", [f"{a[3]} of {a[4]}" if a else "–" for a in answers]
    say("idle")
    answers = [measures.idle(p) for p in [on_big, *others]]
    yield "idle, % of a core", [number(a and a[0], 2) for a in answers]
    yield "idle, bytes/s", [number(a and a[1]) for a in answers]
    say("pans")
    answers = [measures.pans(p) for p in [on_big, *others]]
    yield "bytes of a full pan", [number(a and a[0]) for a in answers]
    yield "20 pans at 125 kB/s: bytes", [number(a and a[1]) for a in answers]
    yield "the last byte after the last key, s", [number(a and a[2], 2) for a in answers]
    say("memory")
    yield "peak resident, MiB", [number(measures.memory(p), 1) for p in [on_big, *others]]
    say("signals")
    answers = [measures.signals(p) for p in programs]
    for name in answers[0]:
        yield f"the terminal after SIG{name}", [mark(a[name], "restored", "left broken") for a in answers]
    yield "Ctrl-Z and back", [mark(measures.stops(p), "yes", "no") for p in programs]
    yield "1 × 1 and back", [mark(measures.tiny(p), "lives", "dies") for p in programs]
    answers = [measures.surroundings(p) for p in programs]
    yield "an unknown TERM", [mark(a[0], "runs", "refuses") for a in answers]
    yield "LANG=C", [mark(a[1], "ASCII", "UTF-8 or nothing") for a in answers]
    yield "NO_COLOR", [mark(a[2], "honoured", "ignored") for a in answers]


def census(zscope, big):
    """Live in the explorer: seconds and MiB until every chunk is counted, without and with sizes, and what `find` takes
    for the names of the same files, and for their names, sizes and times."""
    found, sized, memory = [], [], []
    times = {"?sizes=false": [], "": []}
    for _ in range(3):
        for seconds, words in ((found, []), (sized, ["-printf", "%p %s %T@\\n"])):
            began = time.perf_counter()
            subprocess.run(["find", big, "-type", "f", *words], stdout=subprocess.DEVNULL, check=True)
            seconds.append(time.perf_counter() - began)
        for option, seconds in times.items():
            with Terminal([zscope, f"file:{big}/data{option}"], COLUMNS, ROWS) as terminal:
                done = re.compile(r"of\s+1\.02M\s+in|complete\s+1\.02M|1,024,000 chunks in")
                seconds.append(terminal.until(lambda output: done.search(text_of(output)), 120))
                memory.append(terminal.peak_memory)
    known = [[t for t in seconds if t is not None] for seconds in times.values()]
    return min(found), min(sized), *(min(seconds) if seconds else None for seconds in known), max(memory)


def frames(zscope, big, environment):
    """CPU milliseconds of a frame in which the whole map is folded anew, by presence and by stored bytes."""
    command = [zscope, big + "/data"]
    wait = ["wait idle"]
    return [measures.frame(command, before, "y", environment) for before in (wait, [*wait, "key m"])]


def foreign(zscope, ncdu):
    """Controls on the terminal while every Unicode scalar is paged through as a name."""
    with tempfile.TemporaryDirectory() as folder:
        names = measures.make_names(folder)
        pages = names // (ROWS - 8) + 2
        cells = []
        for command in ([zscope, folder], [ncdu, folder]):
            program = Program("", command, [b"j", b"k"], [])
            cells.append(measures.foreign(program, pages))
        return cells


def number(value, decimals=0):
    return "–" if value is None else f"{value:,.{decimals}f}"


def mark(value, yes, no):
    return "–" if value is None else yes if value else no


def version(command):
    try:
        text = subprocess.run(command, capture_output=True, text=True, timeout=20).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(r"\d+\.\d+(\.\d+)?", text)
    return " " + found[0] if found else ""


def main(zscope, big, xr_tui, output):
    demo = tempfile.mkdtemp() + "/demo.zarr"
    script = os.devnull
    subprocess.run([zscope, "demo", demo, "--script", script, "--size", "80x24"], check=True, stdout=subprocess.DEVNULL)
    home = tempfile.mkdtemp()
    private = {f"XDG_{name}_HOME": home for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    explorer = Program("zscope", [zscope, demo], [b"j", b"k"], [b"\x1b[6~", b"\x1b[5~"], environment=private)
    on_big = Program(
        "zscope",
        [zscope, big + "/data"],
        [b"l", b"h"],
        [b"\x1b[6~", b"\x1b[5~"],
        before_pans=[b"m", b"+", b"+"],
        content=r"1\.02M|1,024,000",
        environment=private,
    )
    listing = "/usr/include" if os.path.isdir("/usr/include") else "/usr"
    root = subprocess.run(["git", "rev-parse", "--show-toplevel"], capture_output=True, text=True).stdout.strip()
    others = [
        Program("ncdu" + version(["ncdu", "-v"]), ["ncdu", listing], [b"j", b"k"], [b"\x1b[6~", b"\x1b[5~"], content="Total"),
        Program("tig" + version(["tig", "-v"]), ["tig"], [b"j", b"k"], [b"\x1b[6~", b"\x1b[5~"], folder=root, content=r"\[main\]"),
        Program("btop" + version(["btop", "-v"]), ["btop"], [b"\x1b[B", b"\x1b[A"], [b"\x1b[6~", b"\x1b[5~"], content="proc"),
        Program(
            "xr-tui" + version([os.path.dirname(xr_tui) + "/python", "-c", XR_TUI_VERSION]),
            [xr_tui, "--engine", "zarr", demo + "/climate"],
            [b"\x1b[B", b"\x1b[A"],
            [b"\x1b[6~", b"\x1b[5~"],
            content="Quit",
        ),
    ]
    others = [program for program in others if shutil.which(program.command[0])]
    lines = ["| " + " | ".join(["", "zscope"] + [p.name for p in others]) + " |"]
    lines.append("|---|" + "---:|" * (len(others) + 1))
    lines += [f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows_of(explorer, on_big, others)]
    say("census")
    find_seconds, sized_seconds, names_seconds, seconds, memory = census(zscope, big)
    say("frames")
    presence, stored = frames(zscope, big, private)
    say("foreign names")
    controls = foreign(zscope, "ncdu")
    shutil.rmtree(os.path.dirname(demo))
    shutil.rmtree(home)
    processors = os.cpu_count()
    with open(output, "w", encoding="utf-8") as file:
        file.write(HEAD.format(columns=COLUMNS, rows=ROWS, system=platform.platform(), processors=processors))
        file.write("\n".join(lines) + "\n")
        file.write(
            FOOT.format(
                names=number(names_seconds, 2),
                census=number(seconds, 2),
                memory=number(memory, 1),
                find=number(find_seconds, 2),
                sized=number(sized_seconds, 2),
                presence=number(presence, 1),
                stored=number(stored, 1),
                mine=controls[0],
                ncdu=controls[1],
            )
        )


HEAD = """# The explorer beside other terminal programs

Made by `make bench-tui` (`Tests/Benchmarks/Terminal`): every program on a pty of {columns} × {rows}, TERM=xterm-256color, one
after another on the same machine ({system}, {processors} processors), files cached. Times are medians of 5 starts and of 40
keys; *first content* is the first 40 letters and digits on the screen. Moves, pans, idle and memory of zscope are measured on
the map of a store of 1,024,000 chunks, the pans in the map of sizes with 16 colours.

"""

FOOT = """
**Census.** 1,024,000 local chunks counted and drawn live in the explorer, {memory} MiB resident at most:

|  | zscope | find |
|---|---:|---:|
| names alone (`?sizes=false`; `find -type f`), s | {names} | {find} |
| with sizes and times (as usual; `find -type f -printf`), s | {census} | {sized} |

**Frames.** A frame of 160 × 45 in which the map of all 1,024,000 chunks is folded anew, strips, panel and drawing with it:
{presence} ms of CPU by presence, {stored} ms by stored bytes.

**Names.** A store whose names hold every Unicode scalar, paged through from end to end: {mine} control or invisible characters
reached the terminal from zscope, {ncdu} from ncdu.
"""

if __name__ == "__main__":
    main(*sys.argv[1:])
