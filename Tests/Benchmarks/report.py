"""usage: report.py FOLDER ZSCOPE PAGE      Runs everything five times, prints the tables and writes them into PAGE."""

import functools
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from importlib.metadata import version

FOLDER, ZSCOPE, PAGE = sys.argv[1:4]
ARRAYS = os.path.abspath(os.path.join(FOLDER, "arrays.zarr"))
BIG = os.path.abspath(os.path.join(FOLDER, "big.zarr"))
OUTPUT = os.path.abspath(os.path.join(FOLDER, "written"))
HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = int(os.environ.get("RUNS", "5"))
KINDS = {
    "raw": "raw",
    "blosc": "blosc-lz4-shuffle",
    "zstd": "zstd 3",
    "gzip": "gzip 5",
    "shard": "sharded, zstd 3",
}
OTHERS = {
    "c-order": ("read", "C order"),
    "v2-f-order": ("read", "v2, order F"),
    "transpose": ("read", "v3, transpose"),
    "big-endian": ("read", "big-endian"),
    "chunks-32": ("read", "4,096 chunks of 32³"),
    "zstd-128": ("plane", "plane [:, :, 5]"),
    "zstd-128 ": ("stride", "stride [::16, ::16, ::16]"),
    "shard": ("inner", "4,096 inner chunks of shards"),
}
ENGINES = {
    "tensorstore": f"TensorStore {version('tensorstore')}",
    "zarrs": f"zarrs (zarrista {version('zarrista')})",
    "zarr_python": f"zarr-python {version('zarr')}",
    "zarr_python_zarrs": f"zarr-python + zarrs {version('zarrs')}",
}


class Failed(Exception):
    """A program ended with another exit status than it should."""


def run(words, accept=(0,)):
    """One run of a program: CPU and wall seconds, peak memory in MB, what it printed."""
    started = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    text = process.stdout.read()
    process.stdout.close()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accept:
        raise Failed(f"exit status {process.returncode} from {' '.join(words)}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, text


def programs(work, kind, with_floor):
    """What does `work` on the array `kind`: name of the program -> its words."""
    path, output = os.path.join(ARRAYS, kind.strip()), [OUTPUT] if work == "write" else []
    rows = {}
    if with_floor:
        rows["C floor"] = [os.path.join(FOLDER, "floor"), work, kind, *(output or [path])]
    rows["zscope"] = [os.path.join(FOLDER, "engine", "release", "engine"), work, path, *output]
    for engine, name in ENGINES.items():
        rows[name] = [
            sys.executable, "-W", "ignore", os.path.join(HERE, "engines.py"), engine, work, path, *output,
        ]  # fmt: skip
    return rows


def measure(work, kind, with_floor=True):
    """Best of RUNS: name of the program -> (CPU seconds of the work, CPU of the process, peak MB); `None`: it cannot."""
    best, probes = {}, {}
    # Memory that a virtual machine has not touched for seconds costs several times what memory just freed does: what
    # writes runs twice in a row, so that each program has its turn on warm pages.
    times = 2 if work == "write" else 1
    for _ in range(RUNS):
        for name, words in [row for row in programs(work, kind, with_floor).items() for _ in range(times)]:
            shutil.rmtree(OUTPUT, ignore_errors=True)
            if work == "write" and name == "C floor":
                os.makedirs(OUTPUT)
            try:
                whole, _, peak, text = run(words)
            except Failed:
                best[name] = None
                continue
            answer = json.loads(text)
            probes.setdefault(answer["probe"], []).append(name)
            if work == "write" and name == "zscope":
                check_written(kind)
            before = best.get(name) or (float("inf"),) * 3
            best[name] = tuple(min(pair) for pair in zip(before, (answer["cpu"], whole, peak)))
    shutil.rmtree(OUTPUT, ignore_errors=True)
    if len(probes) != 1:
        sys.exit(f"bench: {work} {kind}: the programs find different values: {probes}")
    print(f"bench: {work} {kind}: {best}", file=sys.stderr, flush=True)
    return best


def check_written(kind):
    """zarr-python reads what zscope wrote as it reads the original."""
    import numpy
    import zarr

    ours, theirs = (zarr.open_array(path, mode="r") for path in (OUTPUT, os.path.join(ARRAYS, kind)))
    place = (slice(250, 270), slice(0, None, 37), slice(500, 530))
    if not numpy.array_equal(ours[place], theirs[place]):
        sys.exit(f"bench: zarr-python reads other values from what zscope wrote ({kind})")


def table(work, kinds, part=0, with_floor=True):
    """One table: a row a program, a column a kind; `part` of what `measure` answers, with multiples of the first row."""
    columns = {kind: measured(work, kind, with_floor) for kind in kinds}
    rows = [["program", *kinds.values()]]
    for name in next(iter(columns.values())):
        row = [name]
        for column in columns.values():
            if column[name] is None:
                row.append("cannot")
                continue
            value, floor = column[name][part], next(iter(column.values()))[part]
            row.append(f"{value:.0f}" if part == 2 else f"{value:.2f}" + (f" ({value / floor:.2f}×)" if part == 0 else ""))
        rows.append(row)
    return grid(rows)


@functools.cache
def measured(work, kind, with_floor):
    return measure(work, kind, with_floor)


def other_reads():
    """Reads that are not of a whole array in its own order; multiples of zscope's."""
    rows, names = [["work", "zscope", *ENGINES.values()]], ["zscope", *ENGINES.values()]
    for kind, (work, title) in OTHERS.items():
        best = measured(work, kind, False)
        ours = best["zscope"][0]
        cells = ["cannot" if best[n] is None else f"{best[n][0]:.3f} ({best[n][0] / ours:.1f}×)" for n in names]
        rows.append([title, *cells])
    return grid(rows)


def cold():
    """Wall and CPU seconds of the whole process with nothing in the page cache; `None` where that cannot be emptied."""
    rows = [["program", *KINDS.values()]]
    cells = {}
    for kind in KINDS:
        for name, words in programs("read", kind, True).items():
            try:
                os.sync()
                with open("/proc/sys/vm/drop_caches", "w") as file:
                    file.write("3")
            except OSError:
                return None
            used, wall, _, _ = run(words)
            cells.setdefault(name, []).append(f"{wall:.2f} ({used:.2f})")
    return grid(rows + [[name, *row] for name, row in cells.items()])


def walking():
    """CPU seconds of listing 2,000 arrays in 20 groups."""
    tree = os.path.join(ARRAYS, "tree")
    script = "import sys, zarr; print(len(list(zarr.open_group(sys.argv[1], mode='r').members(max_depth=None))))"
    traverse = (
        "import sys, zarrista; from zarrista.store import FilesystemStore as Store; "
        "print(len(list(zarrista.Group.open(Store(sys.argv[1]), '/').traverse())))"
    )
    rows = [["program", "CPU seconds, whole process", "seconds"]]
    for name, words in {
        "zscope tree --json": [ZSCOPE, "tree", tree, "--json"],
        "find": ["find", tree, "-type", "f", "-size", "+1M"],
        "zarrs traverse()": [sys.executable, "-W", "ignore", "-c", traverse, tree],
        "zarr-python members()": [sys.executable, "-W", "ignore", "-c", script, tree],
    }.items():
        runs = [run(words) for _ in range(RUNS)]
        rows.append([name, f"{min(r[0] for r in runs):.3f}", f"{min(r[1] for r in runs):.3f}"])
    return grid(rows)


def census():
    """Counting the chunks of the store of 1,024,000."""
    rows = []
    words = ["--state", "missing", "--json"]
    data = os.path.join(BIG, "data")
    for name, words, accept in [
        ("find, names only", ["find", BIG, "-type", "f", "-name", "nothing"], (0,)),
        ("zscope chunks, names only", [ZSCOPE, "chunks", f"file:{data}?sizes=false", *words], (1,)),
        ("find, with sizes", ["find", BIG, "-type", "f", "-size", "+1M"], (0,)),
        ("zscope chunks", [ZSCOPE, "chunks", data, *words], (1,)),
    ]:
        runs = [run(words, accept) for _ in range(RUNS)]
        rows.append((name, min(r[1] for r in runs), min(r[0] for r in runs), max(r[2] for r in runs)))
        if words[0] == ZSCOPE:
            answer = json.loads(runs[0][3])
            if (answer["total"], answer["missing"]) != (1_024_000, 4):
                sys.exit(f"bench: the census counts {answer['total']}, {answer['missing']} missing")
    return rows


def starting():
    """Wall milliseconds from start to exit, the median of twenty."""
    rows = []
    raw = os.path.join(ARRAYS, "raw")
    for name, words in {
        "zscope --help": [ZSCOPE, "--help"],
        "zscope info ARRAY": [ZSCOPE, "info", raw],
        "zscope tree STORE": [ZSCOPE, "tree", ARRAYS],
        "python, import tensorstore": [sys.executable, "-c", "import tensorstore"],
        "python, import zarr": [sys.executable, "-c", "import zarr"],
    }.items():
        times = sorted(run(words)[1] for _ in range(20))
        rows.append((name, 1000 * times[10]))
    return rows


def grid(rows):
    """A Markdown table; the first row is the head."""
    lines = ["| " + " | ".join(rows[0]) + " |", "|---" * len(rows[0]) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows[1:]])


def processor():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    return f"{len(names)} × {names[0]}"


def page():
    large, writes = KINDS, {kind: KINDS[kind] for kind in ("raw", "zstd", "blosc", "shard")}
    lent = {kind: KINDS[kind] for kind in ("zstd", "shard")}
    listing = [["program", "seconds", "CPU seconds", "peak MB"]]
    listing += [[n, f"{w:.2f}", f"{c:.2f}", f"{m:.0f}"] for n, w, c, m in census()]
    start = grid([["command", "ms"]] + [[n, f"{ms:.1f}"] for n, ms in starting()])
    return f"""# Benchmarks

Made by `make bench` on {time.strftime('%Y-%m-%d')}: {processor()}, {platform.system()} {platform.machine()}.
Do not edit; run the command again. The scripts are in `Tests/Benchmarks`.

Everything in one run on one machine, best of {RUNS} fresh processes, in the page cache. CPU seconds are user + system of
the work alone, without start-up and imports, unless it says whole process. zscope is its engine, called as a library
(`Tests/Benchmarks/Engine`). The floor is a C program that knows shape, chunks and codec beforehand and does nothing but
read or write, decode or encode with the same libraries, and lay rows where they belong, on two threads with buffers it
uses again (`Tests/Benchmarks/floor.c`). In brackets: the multiple of the floor. Each program's answer is compared.

The large arrays are 1024³ uint16, 2 GiB, in chunks of 256³ (sharded: shards of 256³ with inner chunks of 64³),
written by zarr-python.

## Reading an array whole

{table("read", large)}

Whole process, with start-up and imports:

{table("read", large, part=1)}

Peak memory in MB; the result alone takes 2,147:

{table("read", large, part=2)}

Nothing in the page cache: seconds by the clock, one run, and CPU seconds of the whole process in brackets.

{cold() or "The page cache could not be emptied on this machine."}

## Chunk by chunk

Each chunk (shard) decoded by itself and looked at; zscope lends the buffer it was decoded into.

{table("chunks", lent)}

Peak memory in MB:

{table("chunks", lent, part=2)}

## Writing an array whole

The array, in memory beforehand, into a new array with the same metadata. zscope writes each object under another
name and renames it; what it wrote is read back with zarr-python and compared. Memory that a virtual machine has not
touched for seconds costs it several times what memory just freed does, the floor too: each program runs twice in a row,
and its best counts.

{table("write", writes)}

## Other reads

512³ uint16, 268 MB, chunks of 128³ unless said, and the sharded array. In brackets: the multiple of zscope's time.

{other_reads()}

## Census of 1,024,000 chunks

A 4-D array of 100×10×32×32 chunks, one file each, of which four are missing. `find` walks the same tree; best of {RUNS}.
zscope reports each missing chunk by index. The difference between names and sizes is one `fstatat` for each file, which
the kernel spends on finding a directory entry and an inode among a million; most of the time is its own. Where only
what is there matters, or a look at a file is dear as on network file systems, `file:PATH?sizes=false` leaves it out.

{grid(listing)}

## Tree of 2,000 arrays in 20 groups

Two fifths of zscope's time are the kernel's (a directory listed and a document read for each array); the rest is mostly
reading each document strictly, with everything odd in it located.

{walking()}

## Starting

From start to exit, median of 20.

{start}
"""


def main():
    text = page()
    with open(PAGE, "w") as file:
        file.write(text)
    print(text)


main()
