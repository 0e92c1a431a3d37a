"""Items 1 to 18: documents and hierarchies. `parts.py` has the words."""

import base64
import json

from parts import *  # noqa: F403

item(1, "names alone in place of objects")
Probe(
    1,
    "codec",
    {"zarr.json": v3(data_type="uint8", codecs=["bytes"]), **chunks(code="B")},
    values=bytes(VALUES),
    shape=[4, 4],
)
Probe(
    1,
    "checksum",
    {
        "zarr.json": line(2, codecs=[LITTLE, "crc32c"]),
        "c/0": (d := pack("H", [1, 2])) + pack("I", [crc32c(d)]),
    },
    values=pack("H", [1, 2]),
    shape=[2],
)
Probe(1, "keys", {"zarr.json": v3(chunk_key_encoding="default"), **chunks()}, **PLAIN)
Probe(1, "type-as-object", {"zarr.json": v3(data_type={"name": "uint16"}), **chunks()}, **PLAIN)
Probe(
    1,
    "in-shards",
    one_shard(
        shard([pack("B", [n] * 4) for n in range(4)], checksum=False),
        sharding([2, 2], codecs=["bytes"], index=[LITTLE]),
        data_type="uint8",
    ),
    values=bytes([0, 0, 1, 1] * 2 + [2, 2, 3, 3] * 2),
    shape=[4, 4],
)

item(2, "unknown members of a document")
Probe(2, "refused", {"zarr.json": v3(extra={"name": "x"}), **chunks()}, refused=True)
Probe(2, "refused-plain", {"zarr.json": v3(extra=1), **chunks()}, refused=True)
Probe(
    2,
    "passed-over",
    {"zarr.json": v3(extra={"name": "x", "must_understand": False}), **chunks()},
    **PLAIN,
)
Probe(2, "v2", {".zarray": v2(extra=1), **chunks(V2_KEYS)}, **PLAIN)

item(3, "consolidated_metadata that is null or has no kind")
for name, value in {"null": None, "no-kind": {"metadata": {}, "must_understand": False}}.items():
    Probe(
        3,
        name,
        {"zarr.json": {**GROUP, "consolidated_metadata": value}, "a/zarr.json": v3()},
        children=["a"],
    )

item(4, "an integer fill value written 1.0")
Probe(
    4,
    "one",
    {"zarr.json": json.dumps(v3(fill_value=1)).replace('"fill_value": 1', '"fill_value": 1.0')},
    values=pack("H", [1] * 16),
    shape=[4, 4],
    refused=True,
    issue="fill_value",
)

item(5, "integers: out of range, beyond 2^53")
Probe(
    5,
    "out-of-range",
    {"zarr.json": v3(data_type="int8", fill_value=300, codecs=["bytes"])},
    refused=True,
)
Probe(5, "negative", {"zarr.json": v3(fill_value=-1)}, refused=True)
Probe(
    5,
    "largest",
    {"zarr.json": line(1, "uint64", fill_value=2**64 - 1)},
    values=pack("Q", [2**64 - 1]),
    shape=[1],
)
Probe(
    5,
    "odd",
    {"zarr.json": line(1, "int64", fill_value=2**53 + 1)},
    values=pack("q", [2**53 + 1]),
    shape=[1],
)
LARGE = {"big": 2**53 + 1, "bigger": 123456789012345678901234567890, "z": 1, "a": 2}
Probe(
    5,
    "attributes",
    {"zarr.json": v3(attributes=LARGE), **chunks()},
    steps=[("attribute", "new", 1)],
    attributes={**LARGE, "new": 1},
)

item(6, "a float32 fill value is rounded once")
Probe(
    6,
    "half-way",
    {
        "zarr.json": json.dumps(line(1, "float32", fill_value="@")).replace(
            '"@"', "1.00000017881393421514957253748434595763683319091796875001"
        )
    },
    values=pack("I", [0x3F800001]),
    shape=[1],
)

item(7, "1e400; bare NaN in attributes")
Probe(
    7,
    "1e400",
    {"zarr.json": json.dumps(line(1, "float64", fill_value="@")).replace('"@"', "1e400")},
    values=pack("d", [float("inf")]),
    shape=[1],
    refused=True,
    issue="fill_value",
)
Probe(
    7,
    "attributes",
    {"zarr.json": json.dumps(v3(attributes={"a": float("nan"), "b": [float("-inf")]})), **chunks()},
    **PLAIN,
    issue="NaN",
)
Probe(
    7,
    "attributes-v2",
    {".zarray": v2(), ".zattrs": '{"a": NaN}', **chunks(V2_KEYS)},
    **PLAIN,
    issue="NaN",
)

item(8, "fill values of every kind, bit for bit")
for name, kind, fill, data in [
    ("payload", "float32", "0x7fc00001", pack("I", [0x7FC00001])),
    ("nan", "float32", "NaN", pack("I", [0x7FC00000])),
    ("nan64", "float64", "NaN", pack("Q", [0x7FF8000000000000])),
    ("infinity", "float16", "-Infinity", pack("H", [0xFC00])),
    ("negative-zero", "float64", -0.0, pack("Q", [1 << 63])),
    ("complex", "complex64", [1, "NaN"], pack("I", [0x3F800000, 0x7FC00000])),
    ("bool", "bool", True, b"\x01"),
    ("raw", "r24", [1, 2, 3], b"\x01\x02\x03"),
    ("nat", codec("numpy.datetime64", unit="s", scale_factor=1), "NaT", pack("q", [-(2**63)])),
    (
        "nat-number",
        codec("numpy.datetime64", unit="s", scale_factor=1),
        -(2**63),
        pack("q", [-(2**63)]),
    ),
]:
    serializer = "bytes" if name in ("bool", "raw") else "little"
    Probe(
        8,
        name,
        {
            "zarr.json": line(
                1,
                kind,
                fill_value=fill,
                codecs=[{"name": "bytes"} if serializer == "bytes" else LITTLE],
            )
        },
        values=data,
        shape=[1],
    )
Probe(
    8,
    "struct",
    {"zarr.json": line(1, codec("struct", fields=FIELDS), fill_value={"a": 3, "b": 1.5})},
    values=pack("h", [3]) + pack("f", [1.5]),
    shape=[1],
)
LEGACY = codec("structured", fields=[["a", "int16"], ["b", "float32"]])
Probe(
    8,
    "structured",
    {
        "zarr.json": line(
            1, LEGACY, fill_value=base64.b64encode(pack("h", [3]) + pack("f", [1.5])).decode()
        )
    },
    values=pack("h", [3]) + pack("f", [1.5]),
    shape=[1],
)
Probe(
    8,
    "bytes-list",
    {"zarr.json": line(1, "bytes", fill_value=[1, 2], codecs=[{"name": "vlen-bytes"}])},
    values=[[1, 2]],
    shape=[1],
)
Probe(
    8,
    "bytes-base64",
    {"zarr.json": line(1, "bytes", fill_value="AQI=", codecs=[{"name": "vlen-bytes"}])},
    values=[[1, 2]],
    shape=[1],
)

item(9, "a fill value is required in v3")
Probe(9, "missing", {"zarr.json": v3(fill_value=...), **chunks()}, refused=True)
Probe(9, "null", {"zarr.json": v3(fill_value=None), **chunks()}, refused=True)

item(10, "members twice, a byte order mark, _ARRAY_DIMENSIONS")
Probe(
    10,
    "twice",
    {"zarr.json": json.dumps(v3())[:-1] + ', "fill_value": 9}'},
    values=pack("H", [9] * 16),
    shape=[4, 4],
    refused=True,
    issue="more than once",
)
Probe(
    10,
    "mark",
    {"zarr.json": b"\xef\xbb\xbf" + json.dumps(v3()).encode(), **chunks()},
    **PLAIN,
    refused=True,
    issue="byte order mark",
)
Probe(
    10,
    "names",
    {".zarray": v2(), ".zattrs": {"_ARRAY_DIMENSIONS": ["y", "x"]}, **chunks(V2_KEYS)},
    **PLAIN,
    info={"dimension_names": ["y", "x"]},
)

item(11, "lengths that cannot be, and lengths that must not be allocated")
Probe(11, "chunk-0", {"zarr.json": v3(chunks=[0, 2])}, refused=True)
Probe(11, "negative", {"zarr.json": v3(shape=[-4, 4])}, refused=True)
Probe(11, "2^63", {"zarr.json": v3(shape=[2**63], chunks=[2**20])}, refused=True)
Probe(
    11,
    "chunk-2^40",
    {"zarr.json": v3(shape=[4], chunks=[2**40])},
    values=pack("H", [FILL] * 4),
    shape=[4],
)

item(12, "blosc without typesize; transpose by letter, by no permutation")
Probe(
    12,
    "typesize",
    {
        "zarr.json": v3(
            codecs=[LITTLE, codec("blosc", cname="lz4", clevel=5, shuffle="shuffle", blocksize=0)]
        ),
        **chunks(encode=blosc_copy),
    },
    **PLAIN,
    refused=True,
    issue="typesize",
)
Probe(
    12,
    "letter",
    {
        "zarr.json": v3(codecs=[codec("transpose", order="F"), LITTLE]),
        **chunks(encode=lambda d: d[0:2] + d[4:6] + d[2:4] + d[6:8]),
    },
    **PLAIN,
    refused=True,
    issue="order",
)
Probe(
    12,
    "twice",
    {"zarr.json": v3(codecs=[codec("transpose", order=[0, 0]), LITTLE]), **chunks()},
    refused=True,
)
Probe(
    12,
    "short",
    {"zarr.json": v3(codecs=[codec("transpose", order=[0]), LITTLE]), **chunks()},
    refused=True,
)

item(13, "zstd without checksum in its configuration")
Probe(
    13,
    "absent",
    {"zarr.json": v3(codecs=[LITTLE, codec("zstd", level=1)]), **chunks(encode=zstd_frame)},
    **PLAIN,
)

item(14, "storage transformers; what has to be understood")
Probe(14, "none", {"zarr.json": v3(storage_transformers=[]), **chunks()}, **PLAIN)
Probe(14, "one", {"zarr.json": v3(storage_transformers=[{"name": "x"}]), **chunks()}, refused=True)
Probe(
    14,
    "type",
    {"zarr.json": v3(data_type={"name": "odd", "must_understand": False}), **chunks()},
    refused=True,
)
Probe(
    14,
    "grid",
    {"zarr.json": v3(chunk_grid={"name": "odd", "must_understand": False}), **chunks()},
    refused=True,
)
Probe(
    14,
    "keys",
    {"zarr.json": v3(chunk_key_encoding={"name": "odd", "must_understand": False}), **chunks()},
    refused=True,
)

item(15, "names of nodes, taken as they are")
NAMES = [".hid", "a b", "a%20b", "ü", "A", "a"]
Probe(
    15,
    "listed",
    {"zarr.json": GROUP, **{f"{name}/zarr.json": v3() for name in NAMES}},
    children=NAMES,
)
Probe(
    15,
    "percent",
    {"zarr.json": GROUP, "a b/zarr.json": v3(), "a%20b/zarr.json": v3(fill_value=9)},
    node="/a%20b",
    values=pack("H", [9] * 16),
    shape=[4, 4],
)
Probe(
    15,
    "case",
    {"zarr.json": GROUP, "a/zarr.json": v3(), "A/zarr.json": v3(fill_value=9)},
    node="/A",
    values=pack("H", [9] * 16),
    shape=[4, 4],
)

Probe(
    15,
    "reserved",
    {"zarr.json": GROUP, "__x/zarr.json": v3(), **{"__x/" + k: d for k, d in chunks().items()}},
    node="/__x",
    **PLAIN,
    refused=True,
    issue="__",
)

item(16, "groups without a document")
Probe(
    16,
    "v3",
    {"zarr.json": GROUP, "g/a/zarr.json": v3(), **{"g/a/" + k: d for k, d in chunks().items()}},
    node="/g/a",
    **PLAIN,
)
Probe(
    16,
    "v2",
    {"g/a/.zarray": v2(), **{"g/a/" + k: d for k, d in chunks(V2_KEYS).items()}},
    node="/g/a",
    **PLAIN,
)
Probe(
    16,
    "listed",
    {"zarr.json": GROUP, "a/zarr.json": v3(), "g/b/zarr.json": v3()},
    children=["a", "g"],
)

item(17, "documents of both versions in one place; no .zattrs")
Probe(
    17,
    "both",
    {"zarr.json": v3(), ".zarray": v2(fill_value=9), **chunks()},
    **PLAIN,
    issue="both versions",
)
Probe(17, "no-attributes", {".zarray": v2(), **chunks(V2_KEYS)}, **PLAIN)

item(18, "one bad child does not take its siblings with it")
Probe(
    18,
    "no-json",
    {"zarr.json": GROUP, "a/zarr.json": v3(), "b/zarr.json": "{", "c/zarr.json": GROUP},
    children=["a", "c"],
    broken=["b"],
)
Probe(
    18,
    "bad-type",
    {"zarr.json": GROUP, "a/zarr.json": v3(), "b/zarr.json": v3(data_type="odd")},
    children=["a", "b"],
)
Probe(
    18,
    "v2",
    {".zgroup": {"zarr_format": 2}, "a/.zarray": v2(), "b/.zarray": "[]"},
    children=["a"],
    broken=["b"],
)
