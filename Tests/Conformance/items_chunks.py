"""Items 19 to 30: chunks and their codecs. `parts.py` has the words."""

import base64
import bz2
import gzip
import json
import lzma
import struct
import zlib

from parts import *  # noqa: F403

item(19, "chunks at the edge are stored whole")
EDGE = v3(shape=[3], chunks=[2])
Probe(
    19,
    "clipped",
    {"zarr.json": EDGE, "c/0": pack("H", [0, 1]), "c/1": pack("H", [2, 999])},
    values=pack("H", [0, 1, 2]),
    shape=[3],
)
Probe(
    19,
    "clipped-v2",
    {".zarray": v2(shape=[3], chunks=[2]), "0": pack("H", [0, 1]), "1": pack("H", [2, 999])},
    values=pack("H", [0, 1, 2]),
    shape=[3],
)
Probe(
    19,
    "padded",
    {"zarr.json": EDGE},
    steps=[("write", [[2, 3]], pack("H", [5]), [1])],
    files={"c/1": pack("H", [5, FILL])},
)

item(20, "no dimensions; no elements")
SCALAR = {"values": pack("H", [5]), "shape": []}
Probe(20, "default", {"zarr.json": v3(shape=[], chunks=[]), "c": pack("H", [5])}, **SCALAR)
Probe(
    20,
    "v2-keys",
    {
        "zarr.json": v3(shape=[], chunks=[], chunk_key_encoding=codec("v2", separator=".")),
        "0": pack("H", [5]),
    },
    **SCALAR,
)
Probe(20, "v2", {".zarray": v2(shape=[], chunks=[]), "0": pack("H", [5])}, **SCALAR)
Probe(20, "empty", {"zarr.json": v3(shape=[0, 4])}, values=b"", shape=[0, 4])

item(21, "keys of chunks")
Probe(21, "slash", {"zarr.json": v3(), **chunks()}, **PLAIN)
Probe(
    21,
    "dot",
    {
        "zarr.json": v3(chunk_key_encoding=codec("default", separator=".")),
        **chunks(("c.0.0", "c.0.1", "c.1.0", "c.1.1")),
    },
    **PLAIN,
)
Probe(
    21,
    "v2-preset",
    {"zarr.json": v3(chunk_key_encoding={"name": "v2"}), **chunks(V2_KEYS)},
    **PLAIN,
)
Probe(21, "v2-absent", {".zarray": v2(), **chunks(V2_KEYS)}, **PLAIN)
Probe(
    21,
    "v2-slash",
    {".zarray": v2(dimension_separator="/"), **chunks(("0/0", "0/1", "1/0", "1/1"))},
    **PLAIN,
)
Probe(
    21,
    "undeclared",
    {".zarray": v2(), **chunks(("0/0", "0/1", "1/0", "1/1"))},
    **PLAIN,
    accepted=pack("H", [FILL] * 16),
)

item(22, "the order of bytes")
Probe(22, "not-said", {"zarr.json": v3(codecs=["bytes"]), **chunks()}, refused=True)
Probe(
    22,
    "not-needed",
    {"zarr.json": v3(data_type="uint8", codecs=[{"name": "bytes"}]), **chunks(code="B")},
    values=bytes(VALUES),
    shape=[4, 4],
)
Probe(22, "big", {"zarr.json": v3(codecs=[BIG]), **chunks(order=">")}, **PLAIN)
Probe(
    22,
    "complex",
    {
        "zarr.json": line(2, "complex64", fill_value=[0, 0], codecs=[BIG]),
        "c/0": pack("f", [1, 2, 3, 4], ">"),
    },
    values=pack("f", [1, 2, 3, 4]),
    shape=[2],
)
Probe(
    22,
    "text",
    {
        ".zarray": v2(shape=[2], chunks=[2], dtype=">U2", fill_value=""),
        "0": "aébc".encode("utf-32-be"),
    },
    values="aébc".encode("utf-32-le"),
    shape=[2],
)
Probe(
    22,
    "struct",
    {
        ".zarray": v2(shape=[2], chunks=[2], dtype=[["a", ">i2"], ["b", ">f4"]], fill_value=None),
        "0": struct.pack(">hfhf", 1, 1.5, -2, 2.5),
    },
    values=struct.pack("<hfhf", 1, 1.5, -2, 2.5),
    shape=[2],
)
Probe(
    22,
    "struct-v3",
    {
        "zarr.json": line(
            2, codec("struct", fields=FIELDS), fill_value={"a": 0, "b": 0}, codecs=[BIG]
        ),
        "c/0": struct.pack(">hfhf", 1, 1.5, -2, 2.5),
    },
    values=struct.pack("<hfhf", 1, 1.5, -2, 2.5),
    shape=[2],
)

item(23, "chunks that are too short, too long, or empty")
for name, change in {
    "short": lambda d: d[:-1],
    "long": lambda d: d + b"\0",
    "empty": lambda d: b"",
}.items():
    Probe(23, name, {"zarr.json": v3(), **chunks(), "c/1/1": change(TILES[3])}, refused=True)
    Probe(
        23,
        name + "-zstd",
        {
            "zarr.json": v3(codecs=[LITTLE, codec("zstd", level=1, checksum=False)]),
            **chunks(encode=zstd_frame),
            "c/1/1": zstd_frame(change(TILES[3])),
        },
        refused=True,
    )
Probe(23, "empty-shard", one_shard(b""), refused=True)

item(24, "gzip: checksum, several members, no end")
GZIP = v3(codecs=[LITTLE, codec("gzip", level=5)])
SQUEEZED = chunks(encode=gzip.compress)
Probe(
    24,
    "members",
    {
        "zarr.json": GZIP,
        **SQUEEZED,
        "c/1/1": gzip.compress(TILES[3][:4]) + gzip.compress(TILES[3][4:]),
    },
    **PLAIN,
)
Probe(
    24,
    "checksum",
    {
        "zarr.json": GZIP,
        **SQUEEZED,
        "c/1/1": (z := SQUEEZED["c/1/1"])[:-8] + bytes([z[-8] ^ 1]) + z[-7:],
    },
    refused=True,
)
Probe(24, "cut", {"zarr.json": GZIP, **SQUEEZED, "c/1/1": SQUEEZED["c/1/1"][:-3]}, refused=True)

item(25, "truth values other than 0 and 1")
Probe(
    25,
    "two",
    {
        "zarr.json": line(4, "bool", fill_value=False, codecs=[{"name": "bytes"}]),
        "c/0": b"\0\1\2\xff",
    },
    values=b"\0\1\1\1",
    shape=[4],
    refused=True,
)

item(26, "absent chunks, undefined fill, what is left out when writing")
SOME = chunks()
Probe(
    26,
    "absent",
    {"zarr.json": v3(), "c/0/0": SOME["c/0/0"]},
    values=pack("H", [0, 1, 7, 7, 4, 5] + [7] * 10),
    shape=[4, 4],
)
Probe(
    26,
    "undefined",
    {".zarray": v2(fill_value=None)},
    values=pack("H", [0] * 16),
    shape=[4, 4],
    info={"fill_value": None},
)
FLOATS = {"shape": [2], "chunks": [2], "data_type": "float64", "codecs": [LITTLE]}
Probe(
    26,
    "zero-is-not-minus-zero",
    {"zarr.json": v3(**FLOATS, fill_value=-0.0)},
    steps=[("write", [[0, 2]], pack("d", [0.0, 0.0]), [2])],
    files={"c/0": pack("d", [0.0, 0.0])},
)
Probe(
    26,
    "fill-deletes",
    {"zarr.json": v3(**FLOATS, fill_value="NaN"), "c/0": pack("d", [1, 2])},
    steps=[("write", [[0, 2]], pack("Q", [0x7FF8000000000000] * 2), [2])],
    files={"c/0": None},
)
Probe(
    26,
    "payload-stays",
    {"zarr.json": v3(**FLOATS, fill_value="NaN")},
    steps=[("write", [[0, 2]], pack("Q", [0x7FF8000000000001] * 2), [2])],
    files={"c/0": pack("Q", [0x7FF8000000000001] * 2)},
)

item(27, "v2: order F, with filters; fill values in base64")
COLUMNS = [[0, 4, 1, 5], [2, 6, 3, 7], [8, 12, 9, 13], [10, 14, 11, 15]]
Probe(
    27,
    "order",
    {".zarray": v2(order="F"), **{k: pack("H", t) for k, t in zip(V2_KEYS, COLUMNS)}},
    **PLAIN,
)
DELTA = [[t[0]] + [b - a for a, b in zip(t, t[1:])] for t in COLUMNS]
Probe(
    27,
    "filtered",
    {
        ".zarray": v2(order="F", dtype="<i2", filters=[{"id": "delta", "dtype": "<i2"}]),
        **{k: pack("h", t) for k, t in zip(V2_KEYS, DELTA)},
    },
    **PLAIN,
)
Probe(
    27,
    "struct-fill",
    {
        ".zarray": v2(
            shape=[1],
            chunks=[1],
            dtype=[["a", "<i2"], ["b", "<f4"]],
            fill_value=base64.b64encode(struct.pack("<hf", 3, 1.5)).decode(),
        )
    },
    values=struct.pack("<hf", 3, 1.5),
    shape=[1],
)
Probe(
    27,
    "bytes-fill",
    {".zarray": v2(shape=[1], chunks=[1], dtype="|S3", fill_value="YWI=")},
    values=b"ab\0",
    shape=[1],
)
Probe(
    27,
    "empty-fill",
    {".zarray": v2(shape=[1], chunks=[1], dtype="|S3", fill_value="")},
    values=b"\0\0\0",
    shape=[1],
)

item(28, "v2 filters: in either order of bytes; an empty list")
RISES = [
    [t[0]] + [b - a for a, b in zip(t, t[1:])]
    for t in ([0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15])
]
for name, order in {"little": "<", "big": ">"}.items():
    Probe(
        28,
        name,
        {
            ".zarray": v2(dtype=order + "i2", filters=[{"id": "delta", "dtype": order + "i2"}]),
            **{k: pack("h", t, order) for k, t in zip(V2_KEYS, RISES)},
        },
        **PLAIN,
    )
Probe(
    28,
    "astype",
    {
        ".zarray": v2(
            dtype="<i2", filters=[{"id": "astype", "encode_dtype": ">i4", "decode_dtype": "<i2"}]
        ),
        **chunks(V2_KEYS, code="i", order=">"),
    },
    **PLAIN,
)
Probe(28, "empty-list", {".zarray": v2(filters=[]), **chunks(V2_KEYS)}, **PLAIN, issue="filters")

item(29, "numcodecs' own formats")
WIDE = {"shape": [16], "chunks": [16], "dtype": "<u2"}
DATA = pack("H", VALUES)
for name, compressor, data in [
    ("lz4", {"id": "lz4", "acceleration": 1}, lz4_block(DATA)),
    ("zstd-no-size", {"id": "zstd", "level": 1}, zstd_frame(DATA, sized=False)),
    ("blosc-auto", {**BLOSC, "shuffle": -1}, blosc_copy(DATA)),
    ("blosc-snappy", {**BLOSC, "cname": "snappy", "shuffle": 0}, blosc_snappy(DATA)),
    ("zlib", {"id": "zlib"}, zlib.compress(DATA)),
    ("gzip", {"id": "gzip"}, gzip.compress(DATA)),
    ("bz2", {"id": "bz2", "level": 1}, bz2.compress(DATA)),
    (
        "lzma",
        {"id": "lzma", "format": 1, "check": -1, "preset": None, "filters": None},
        lzma.compress(DATA),
    ),
]:
    Probe(
        29, name, {".zarray": v2(**WIDE, compressor=compressor), "0": data}, values=DATA, shape=[16]
    )
for name, data in [
    ("crc32", pack("I", [zlib.crc32(DATA)]) + DATA),
    ("adler32", pack("I", [zlib.adler32(DATA)]) + DATA),
    ("fletcher32", fletcher32(DATA)),
]:
    Probe(
        29,
        name,
        {".zarray": v2(**WIDE, filters=[{"id": name}]), "0": data},
        values=DATA,
        shape=[16],
    )
Probe(
    29,
    "crc32c-behind",
    {
        "zarr.json": v3(shape=[16], chunks=[16], codecs=[LITTLE, CRC]),
        "c/0": DATA + pack("I", [crc32c(DATA)]),
    },
    values=DATA,
    shape=[16],
)
Probe(
    29,
    "crc32c-wrong",
    {
        "zarr.json": v3(shape=[16], chunks=[16], codecs=[LITTLE, CRC]),
        "c/0": DATA + pack("I", [crc32c(DATA) ^ 1]),
    },
    refused=True,
)
Probe(
    29,
    "packbits",
    {
        ".zarray": v2(
            shape=[10], chunks=[10], dtype="|b1", fill_value=False, filters=[{"id": "packbits"}]
        ),
        "0": bytes([6, 0b10110010, 0b01000000]),
    },
    values=bytes([1, 0, 1, 1, 0, 0, 1, 0, 0, 1]),
    shape=[10],
)

item(30, "texts and objects of any length")
TEXTS = line(2, "string", fill_value="", codecs=[{"name": "vlen-utf8"}])
Probe(30, "texts", {"zarr.json": TEXTS, "c/0": texts("é", "")}, values=["é", ""], shape=[2])
Probe(30, "too-many", {"zarr.json": TEXTS, "c/0": texts("a", "b", "c")}, refused=True)
Probe(30, "too-few", {"zarr.json": TEXTS, "c/0": texts("a")}, refused=True)
Probe(30, "four-billion", {"zarr.json": TEXTS, "c/0": b"\xff\xff\xff\xff\0\0\0"}, refused=True)
Probe(30, "past-the-end", {"zarr.json": TEXTS, "c/0": texts("a", "b")[:-1]}, refused=True)
OBJECTS = {"shape": [2], "chunks": [2], "dtype": "|O", "fill_value": None}
Probe(
    30,
    "v2",
    {".zarray": v2(**OBJECTS, filters=[{"id": "vlen-utf8"}]), "0": texts("é", "")},
    values=["é", ""],
    shape=[2],
)
Probe(
    30,
    "json2",
    {
        ".zarray": v2(**OBJECTS, filters=[{"id": "json2"}]),
        "0": json.dumps(["a", [1, None], "|O", [2]]),
    },
    values=["a", [1, None]],
    shape=[2],
)
