"""A terminal for programs that are measured: a pty of any size, drained as fast as it fills or as slowly as a line."""

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import termios
import time

ESCAPES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP.*?\x1b\\|\x1b[()][A-Z0-9]|\x1b[=>78cMDEHNO]",
    re.S,
)


def text_of(output):
    """What was printed, without the sequences that steer the terminal."""
    return ESCAPES.sub(b" ", output).decode("utf-8", "replace")


class Terminal:
    """A program in a pty of its own, in the foreground of a session, as a shell starts it."""

    def __init__(self, command, columns=160, rows=45, environment=None, folder=None):
        self.output = bytearray()
        self.status = None
        report, tell = os.pipe()
        self.started = time.perf_counter()
        keeper, self.master = pty.fork()
        if keeper == 0:
            os.close(report)
            self._keep(command, columns, rows, environment or {}, folder, tell)
        os.close(tell)
        self.keeper = keeper
        self.report = report
        os.set_blocking(self.master, False)
        self.process = struct.unpack("i", os.read(report, 4))[0]

    @staticmethod
    def _keep(command, columns, rows, environment, folder, tell):
        """Stands in for a shell: starts the program as a job in the foreground and tells what becomes of it."""
        size(0, columns, rows)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        variables = {k: v for k, v in os.environ.items() if not k.startswith(("SSH_", "TMUX", "LC_", "NO_COLOR"))}
        variables |= {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | environment
        job = os.fork()
        if job == 0:
            os.setpgid(0, 0)
            os.tcsetpgrp(0, os.getpid())
            signal.signal(signal.SIGTTOU, signal.SIG_DFL)
            os.close(tell)
            if folder:
                os.chdir(folder)
            try:
                os.execvpe(command[0], command, variables)
            finally:
                os._exit(127)
        os.write(tell, struct.pack("i", job))
        while True:
            process, status = os.waitpid(job, os.WUNTRACED)
            if os.WIFSTOPPED(status):
                os.tcsetpgrp(0, os.getpgrp())
                os.write(tell, struct.pack("i", -1))
                os.kill(os.getpid(), signal.SIGSTOP)
                os.tcsetpgrp(0, job)
                os.kill(job, signal.SIGCONT)
                continue
            os.write(tell, struct.pack("i", status & 0xFFFF))
            # The terminal stays open, so that its modes can be looked at.
            signal.pause()

    # ---- Reading -----------------------------------------------------------------------------

    def read(self, seconds, most=1 << 20):
        """What arrives within so many seconds, empty for nothing; the time at which it did."""
        ready = select.select([self.master], [], [], max(0, seconds))[0]
        if not ready:
            return b"", time.perf_counter()
        try:
            data = os.read(self.master, most)
        except (BlockingIOError, OSError):
            data = b""
        self.output += data
        return data, time.perf_counter()

    def until(self, holds, seconds):
        """Reads until `holds` is true of all that was printed; the time since the start, or None."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            data, at = self.read(end - time.perf_counter())
            if data and holds(bytes(self.output)):
                return at - self.started
        return None

    def settle(self, quiet=0.25, seconds=30):
        """Reads until nothing comes for `quiet` seconds; how many bytes came."""
        end = time.perf_counter() + seconds
        count = 0
        while time.perf_counter() < end:
            data, _ = self.read(quiet)
            if not data:
                break
            count += len(data)
        return count

    def ended(self, seconds):
        """The wait status of the program, -1 for stopped; None if it goes on."""
        if select.select([self.report], [], [], seconds)[0]:
            data = os.read(self.report, 4)
            if len(data) == 4:
                return struct.unpack("i", data)[0]
        return None

    # ---- Doing -------------------------------------------------------------------------------

    def press(self, keys):
        """Types bytes."""
        os.write(self.master, keys)

    def resize(self, columns, rows):
        size(self.master, columns, rows)

    def signal(self, number):
        os.kill(self.process, number)

    def go_on(self):
        """What `fg` does."""
        os.kill(self.keeper, signal.SIGCONT)

    # ---- Looking -----------------------------------------------------------------------------

    @property
    def is_cooked(self):
        """Whether lines are edited by the terminal, as a shell leaves it."""
        return bool(termios.tcgetattr(self.master)[3] & termios.ICANON)

    @property
    def processor_seconds(self):
        fields = open(f"/proc/{self.process}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def peak_memory(self):
        """Resident MiB at most."""
        status = open(f"/proc/{self.process}/status").read()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def close(self):
        for process in (self.process, self.keeper):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        os.close(self.master)
        os.waitpid(self.keeper, 0)
        os.close(self.report)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def size(descriptor, columns, rows):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def has_content(output):
    """Whether something to read stands on the screen."""
    return len(re.findall(r"[A-Za-z0-9]", text_of(output))) >= 40


def median(values):
    return statistics.median(values) if values else None


def mean(values):
    return statistics.fmean(values) if values else None


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


def say(*words):
    print(*words, file=sys.stderr, flush=True)
