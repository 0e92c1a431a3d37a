"""The programs that are probed, each behind the same few deeds. zscope is run as a person runs it; the
others answer in a process of their own, which may die or hang without taking the rest along."""

import json
import os
import select
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


class Refused(Exception):
    """The program said no: an error with a message, as it should be told."""


class Fell(Exception):
    """The program did not say anything: it crashed, or took too long."""


class Answer:
    def __init__(self, shape, values):
        self.shape = shape
        self.values = values


class Zscope:
    name = "zscope"
    deeds = {"read", "children", "write", "resize", "attribute", "info", "census"}

    def __init__(self, binary):
        self.binary = binary
        self.version = self._run("--version").stdout.decode().split()[-1]

    def _run(self, *arguments, accepted=(0,), input=None):
        try:
            done = subprocess.run(
                [self.binary, *arguments], capture_output=True, timeout=60, input=input
            )
        except subprocess.TimeoutExpired:
            raise Fell("takes longer than a minute")
        if done.returncode == 2:
            raise Refused(done.stderr.decode(errors="replace").strip())
        if done.returncode not in accepted:
            raise Fell(f"status {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
        return done

    def _json(self, *arguments, accepted=(0,)):
        return json.loads(self._run(*arguments, "--json", accepted=accepted).stdout)

    def read(self, folder, node, texts):
        place = folder + "#" + node
        if texts:
            answer = self._json("read", place)
            return Answer(answer["shape"], answer["values"])
        shape = self._json("info", place)["shape"]
        return Answer(shape, self._run("read", place, "--format", "raw").stdout)

    def info(self, folder, node):
        return self._json("info", folder + "#" + node)

    def children(self, folder, node):
        """Names of children, and of those that cannot be read."""
        children = self._json("tree", folder + "#" + node, "--depth", "1", accepted=(0, 1))[
            "children"
        ]
        good = [c["name"] for c in children if c["kind"] in ("array", "group")]
        return good, [c["name"] for c in children if c["kind"] == "error"]

    def census(self, folder, node):
        return self._json("chunks", folder + "#" + node, accepted=(0, 1))

    def write(self, folder, node, box, values, shape):
        head = {
            "descr": "<" + {2: "u2", 8: "f8"}[len(values) // max(1, _count(shape))],
            "fortran_order": False,
        }
        head = str({**head, "shape": tuple(shape)}).encode()
        head += b" " * (-(len(head) + 11) % 64) + b"\n"
        data = b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head + values
        selection = "[" + ",".join(f"{start}:{stop}" for start, stop in box) + "]"
        self._run("write", folder + "#" + node, selection, "--from", "-", input=data)

    def resize(self, folder, node, shape):
        text = ",".join(map(str, shape))
        self._run("resize", folder + "#" + node, text, "--delete-outside", "--yes", "--no-trash")

    def attribute(self, folder, node, name, value):
        self._run("attributes", folder + "#" + node, "set", name, json.dumps(value))


def _count(shape):
    count = 1
    for length in shape:
        count *= length
    return count


class Peer:
    """Another program, in a Python that has it."""

    def __init__(self, python, name):
        self.python = python
        self.name = name
        self.process = None
        self.version, self.deeds = self._ask("hello")
        self.deeds = set(self.deeds)

    def _ask(self, deed, *arguments):
        if self.process is None:
            self.process = subprocess.Popen(
                [self.python, "-B", "-W", "ignore", os.path.join(HERE, "peer.py"), self.name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        self.process.stdin.write(json.dumps([deed, *arguments]).encode() + b"\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            self.process.kill()
            self.process.wait()
            self.process = None
            raise Fell("dies" if ready else "takes longer than a minute")
        kind, answer = json.loads(line)
        if kind == "refused":
            raise Refused(answer)
        if kind == "fell":
            raise Fell(answer)
        return answer

    def read(self, folder, node, texts):
        shape, values = self._ask("read", folder, node)
        return Answer(shape, values if isinstance(values, list) else bytes.fromhex(values))

    def children(self, folder, node):
        return self._ask("children", folder, node), []

    def write(self, folder, node, box, values, shape):
        self._ask("write", folder, node, box, values.hex(), shape)

    def resize(self, folder, node, shape):
        self._ask("resize", folder, node, shape)

    def attribute(self, folder, node, name, value):
        self._ask("attribute", folder, node, name, value)
