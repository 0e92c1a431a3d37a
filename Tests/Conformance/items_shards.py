"""Items 31 to 39: shards, and turned arrays. `parts.py` has the words."""

import gzip

from parts import *  # noqa: F403

item(31, "where the index of a shard lies")
Probe(31, "absent", one_shard(shard(TILES)), **PLAIN)
Probe(31, "end", one_shard(shard(TILES), sharding([2, 2], index_location="end")), **PLAIN)
Probe(
    31,
    "start",
    one_shard(shard(TILES, start=True), sharding([2, 2], index_location="start")),
    **PLAIN,
)

item(32, "inner chunks that are not there, and entries of no length")
Probe(
    32,
    "absent",
    one_shard(shard([TILES[0], None, None, TILES[3]])),
    values=pack("H", [0, 1, 7, 7, 4, 5, 7, 7, 7, 7, 10, 11, 7, 7, 14, 15]),
    shape=[4, 4],
)
Probe(32, "all-absent", one_shard(shard([None] * 4)), values=pack("H", [FILL] * 16), shape=[4, 4])
Probe(
    32,
    "no-length",
    one_shard(shard((TILES[0], [(0, 8), (8, 0), (EMPTY, EMPTY), (EMPTY, EMPTY)]))),
    refused=True,
)

item(33, "the index goes on past the array's edge")
BEYOND = v3(shape=[3, 3], chunks=[4, 4], codecs=[sharding([1, 2])])
ROWS = [pack("H", [10 * r + 2 * c, 10 * r + 2 * c + 1]) for r in range(4) for c in range(2)]
WITHIN = {"values": pack("H", [0, 1, 2, 10, 11, 12, 20, 21, 22]), "shape": [3, 3]}
Probe(33, "stored", {"zarr.json": BEYOND, "c/0/0": shard(ROWS)}, **WITHIN)
Probe(33, "not-stored", {"zarr.json": BEYOND, "c/0/0": shard(ROWS[:6] + [None, None])}, **WITHIN)

item(34, "a shard of 3 × 1 × 2 inner chunks")
CUBE = v3(shape=[3, 2, 4], chunks=[3, 2, 4], codecs=[sharding([1, 2, 2])])
INNER = [
    pack("H", [100 * a + 10 * y + 2 * b + x for y in range(2) for x in range(2)])
    for a in range(3)
    for b in range(2)
]
Probe(
    34,
    "uneven",
    {"zarr.json": CUBE, "c/0/0/0": shard(INNER)},
    values=pack("H", [100 * a + 10 * y + x for a in range(3) for y in range(2) for x in range(4)]),
    shape=[3, 2, 4],
)

item(35, "codecs of the index")
Probe(35, "big", one_shard(shard(TILES, order=">"), sharding([2, 2], index=[BIG, CRC])), **PLAIN)
Probe(
    35,
    "no-checksum",
    one_shard(shard(TILES, checksum=False), sharding([2, 2], index=[LITTLE])),
    **PLAIN,
)
Probe(
    35,
    "compressed",
    one_shard(shard(TILES), sharding([2, 2], index=[LITTLE, codec("gzip", level=1)])),
    refused=True,
)
Probe(
    35, "wrong-checksum", one_shard(shard(TILES)[:-1] + bytes([shard(TILES)[-1] ^ 1])), refused=True
)

item(36, "places in a shard")
Probe(
    36,
    "outside",
    one_shard(shard((TILES[0], [(0, 8), (1000, 8), (EMPTY, EMPTY), (EMPTY, EMPTY)]))),
    refused=True,
)
Probe(
    36,
    "overflow",
    one_shard(shard((TILES[0], [(0, 8), (2**64 - 8, 16), (EMPTY, EMPTY), (EMPTY, EMPTY)]))),
    refused=True,
)
Probe(36, "cut", one_shard(shard(TILES)[:-10]), refused=True)
Probe(
    36,
    "same-twice",
    one_shard(shard((TILES[0], [(0, 8)] * 4))),
    values=pack("H", [0, 1, 0, 1, 4, 5, 4, 5] * 2),
    shape=[4, 4],
)
Probe(36, "gaps", one_shard(shard(TILES, gap=b"gap")), **PLAIN)
Probe(
    36,
    "backwards",
    one_shard(shard((b"".join(reversed(TILES)), [(24, 8), (16, 8), (8, 8), (0, 8)]))),
    **PLAIN,
)

item(37, "codecs around shards")
TURNED = [
    pack("H", [t[0], t[2], t[1], t[3]])
    for t in ([0, 1, 4, 5], [8, 9, 12, 13], [2, 3, 6, 7], [10, 11, 14, 15])
]
Probe(
    37,
    "transpose",
    {
        "zarr.json": v3(chunks=[4, 4], codecs=[codec("transpose", order=[1, 0]), sharding([2, 2])]),
        "c/0/0": shard(TURNED),
    },
    **PLAIN,
)
Probe(
    37,
    "gzip",
    {
        "zarr.json": v3(chunks=[4, 4], codecs=[sharding([2, 2]), codec("gzip", level=1)]),
        "c/0/0": gzip.compress(shard(TILES)),
    },
    **PLAIN,
)
NESTED = sharding([2, 2], codecs=[sharding([1, 2])])
Probe(37, "nested", one_shard(shard([shard([t[:4], t[4:]]) for t in TILES]), NESTED), **PLAIN)

item(38, "parts of shards are written, the rest stays")
Probe(
    38,
    "part",
    one_shard(shard(TILES)),
    steps=[("write", [[0, 1], [0, 1]], pack("H", [99]), [1, 1])],
    values=pack("H", [99] + VALUES[1:]),
    shape=[4, 4],
)
OVER = v3(shape=[3], chunks=[4], codecs=[sharding([2])])
Probe(
    38,
    "torn-and-replaced",
    {"zarr.json": OVER, "c/0": b"torn"},
    steps=[("write", [[0, 3]], pack("H", [1, 2, 3]), [3])],
    values=pack("H", [1, 2, 3]),
    shape=[3],
)
Probe(
    38,
    "torn-and-kept",
    {"zarr.json": OVER, "c/0": b"torn"},
    steps=[("write", [[0, 1]], pack("H", [1]), [1])],
    refused=True,
    files={"c/0": b"torn"},
)

item(39, "transpose of three dimensions in a cycle")
ORDER = [2, 0, 1]
SHAPE = [2, 3, 4]
STORED = [12 * b + 4 * c + a for a in range(4) for b in range(2) for c in range(3)]
Probe(
    39,
    "cycle",
    {
        "zarr.json": v3(
            shape=SHAPE, chunks=SHAPE, codecs=[codec("transpose", order=ORDER), LITTLE]
        ),
        "c/0/0/0": pack("H", STORED),
    },
    values=pack("H", list(range(24))),
    shape=SHAPE,
)
PIECES = [
    [12 * b + 4 * c + a for a in (x, x + 1) for b in range(2) for c in range(3)] for x in (0, 2)
]
Probe(
    39,
    "cycle-in-chunks",
    {
        "zarr.json": v3(
            shape=SHAPE, chunks=[2, 3, 2], codecs=[codec("transpose", order=ORDER), LITTLE]
        ),
        "c/0/0/0": pack("H", PIECES[0]),
        "c/0/0/1": pack("H", PIECES[1]),
    },
    values=pack("H", list(range(24))),
    shape=SHAPE,
)
