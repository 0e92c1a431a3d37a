"""usage: report.py FOLDER ZSCOPE PAGE      Runs everything five times, prints the tables and writes them into PAGE."""

import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version

FOLDER, ZSCOPE, PAGE = sys.argv[1:4]
ARRAYS = os.path.abspath(os.path.join(FOLDER, "arrays.zarr"))
BIG = os.path.abspath(os.path.join(FOLDER, "big.zarr"))
HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = 5
KINDS = {
    "raw": "raw",
    "blosc": "blosc-lz4-shuffle",
    "zstd": "zstd 3",
    "gzip": "gzip 5",
    "shard": "sharded, zstd 3",
}
ENGINES = {
    "tensorstore": f"TensorStore {version('tensorstore')}",
    "zarrs": f"zarrs (zarrista {version('zarrista')})",
    "zarr_python": f"zarr-python {version('zarr')}",
    "zarr_python_zarrs": f"zarr-python + zarrs {version('zarrs')}",
}


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
        sys.exit(f"bench: exit status {process.returncode} from {' '.join(words)}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, text


def reading():
    """CPU seconds of reading each array whole, per program: (in-process, whole process)."""
    programs = {"C floor": lambda kind, path: [os.path.join(FOLDER, "floor"), kind, path]}
    programs["zscope"] = lambda kind, path: [ZSCOPE, "read", path, "--format", "raw", "-o", "/dev/null"]
    for engine, name in ENGINES.items():
        programs[name] = lambda kind, path, engine=engine: [
            sys.executable, "-W", "ignore", os.path.join(HERE, "engines.py"), engine, path,
        ]  # fmt: skip
    table = {name: {} for name in programs}
    for kind in KINDS:
        path = os.path.join(ARRAYS, kind)
        run([ZSCOPE, "stats", path], accept=(0, 1))
        best = {name: (float("inf"), float("inf")) for name in programs}
        probes = set()
        for _ in range(RUNS):
            for name, words in programs.items():
                whole, _, _, text = run(words(kind, path))
                inside = whole
                if name != "zscope":
                    answer = json.loads(text)
                    inside = answer["cpu"]
                    probes.add(answer["probe"])
                best[name] = (min(best[name][0], inside), min(best[name][1], whole))
        if len(probes) != 1:
            sys.exit(f"bench: the programs read different values from {path}")
        check(kind, path, probes.pop())
        for name in programs:
            table[name][kind] = best[name]
    return table


def check(kind, path, probe):
    """zscope reads what the others read."""
    index = 1024 * 512 * 512 // 2 + 12345
    i, j, k = index // (512 * 512), index // 512 % 512, index % 512
    text = run([ZSCOPE, "read", path, f"[{i},{j},{k}]", "--format", "json"])[3]
    if json.loads(text)["values"] != [probe]:
        sys.exit(f"bench: zscope reads {text} where the others read {probe} ({kind})")


def census():
    """Counting the chunks of the store of 1,024,000."""
    rows = []
    zscope = [ZSCOPE, "chunks", os.path.join(BIG, "data")]
    for name, words, accept in [
        ("find, names only", ["find", BIG, "-type", "f", "-name", "nothing"], (0,)),
        ("find, with sizes", ["find", BIG, "-type", "f", "-size", "+1M"], (0,)),
        ("zscope chunks", zscope + ["--state", "missing", "--json"], (1,)),
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


def page(table, chunks, starts):
    floor = table["C floor"]
    inside = [["program", *KINDS.values()]]
    whole = [["program", *KINDS.values()]]
    for name, row in table.items():
        times = [f"{row[k][0]:.2f} ({row[k][0] / floor[k][0]:.2f}×)" for k in KINDS]
        inside.append([name, *times])
        whole.append([name, *(f"{row[k][1]:.2f}" for k in KINDS)])
    listing = [["program", "seconds", "CPU seconds", "peak MB"]]
    listing += [[n, f"{w:.2f}", f"{c:.2f}", f"{m:.0f}"] for n, w, c, m in chunks]
    start = [["command", "ms"]] + [[n, f"{ms:.1f}"] for n, ms in starts]
    return f"""# Benchmarks

Made by `make bench` on {time.strftime('%Y-%m-%d')}: {processor()}, {platform.system()} {platform.machine()}.
Do not edit; run the command again. The scripts are in `Tests/Benchmarks`.

## Reading an array whole

512 MiB of uint16, 1024×512×512 in chunks of 128³ (sharded: shards of 256³ with inner chunks of 64³), written by
zarr-python, in the page cache. CPU seconds (user + system), best of {RUNS} fresh processes. The floor is a C program
that knows shape and codec beforehand and does nothing but read, decode with the same libraries, and lay rows into
the output, on two threads with buffers it uses again (`Tests/Benchmarks/floor.c`).

Reading alone, and in brackets the multiple of the floor (zscope: the whole process, start and metadata included):

{grid(inside)}

Whole process, with start-up and imports:

{grid(whole)}

## Census of 1,024,000 chunks

A 4-D array of 100×10×32×32 chunks, one file each, of which four are missing. `find` walks the same tree; best of {RUNS}.
zscope reports each missing chunk by index.

{grid(listing)}

## Starting

From start to exit, median of 20.

{grid(start)}
"""


def main():
    text = page(reading(), census(), starting())
    with open(PAGE, "w") as file:
        file.write(text)
    print(text)


main()
