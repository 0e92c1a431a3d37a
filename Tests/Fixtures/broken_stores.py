"""usage: broken_stores.py OUT

Stores that are wrong in one way each, made with nothing but the standard library. OUT/manifest-broken.json lists

    id, store, node     where it is
    names               what a message about it has to contain
    outcome             "refused": opening or reading the node fails, exit status 2;
                        "marked": the rest of the store works and this node is listed with an error;
                        "reads": it works, and nothing from the store reaches the terminal raw
"""

import json
import os
import sys

OUT = sys.argv[1]
ENTRIES = []

ARRAY = {
    "zarr_format": 3,
    "node_type": "array",
    "shape": [4, 4],
    "data_type": "uint16",
    "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2, 2]}},
    "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
    "fill_value": 0,
    "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}],
    "attributes": {},
}
GROUP = {"zarr_format": 3, "node_type": "group", "attributes": {}}
V2 = {
    "zarr_format": 2,
    "shape": [4, 4],
    "chunks": [2, 2],
    "dtype": "<u2",
    "compressor": None,
    "fill_value": 0,
    "order": "C",
    "filters": None,
}


def write(name, key, value):
    """Puts a value under a key of the store; a document is written as JSON."""
    path = os.path.join(OUT, "stores", "broken", name, key)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if not isinstance(value, bytes):
        value = json.dumps(value).encode()
    with open(path, "wb") as file:
        file.write(value)


def entry(name, outcome, names=(), node="/"):
    ENTRIES.append(
        {
            "id": f"broken/{name}",
            "store": f"stores/broken/{name}",
            "node": node,
            "outcome": outcome,
            "names": list(names),
        }
    )


def array(name, outcome, names=(), chunks=True, **changes):
    """A store whose root is a 4 x 4 array, with what is wrong laid over the metadata."""
    write(name, "zarr.json", {**ARRAY, **changes})
    for y in range(2 if chunks else 0):
        for x in range(2):
            write(name, f"c/{y}/{x}", bytes(range(8)))
    entry(name, outcome, names)


def codec(name, **configuration):
    return {"name": name, "configuration": configuration}


BYTES = ARRAY["codecs"][0]
text = json.dumps(ARRAY).encode()
for name, document in {
    "truncated": text[: len(text) // 2],
    "no-bytes": b"",
    "not-json": b"<html>404</html>",
    "not-utf8": text.replace(b"uint16", b"uint\xff\xfe"),
    "deep": b'{"zarr_format":3,"node_type":"group","attributes":' + b'{"a":' * 1_000_000,
    "deep-list": b"[" * 1_000_000,
    "long-number": b'{"zarr_format":3,"node_type":"array","shape":[' + b"9" * 1_000_000 + b"]}",
}.items():
    write(name, "zarr.json", document)
    entry(name, "refused", ["zarr.json"])

array("unknown-codec", "refused", ["morse"], codecs=[BYTES, codec("morse", speed=20)])
array("unknown-type", "refused", ["decimal128"], data_type="decimal128")
array("unknown-grid", "refused", ["hexagonal"], chunk_grid=codec("hexagonal"))
array("unknown-keys", "refused", ["spiral"], chunk_key_encoding=codec("spiral"))
array("unknown-member", "refused", ["surprise"], surprise={"a": 1})
array("no-codecs", "refused", ["codecs"], codecs=[])
array("two-serializers", "refused", ["codecs"], codecs=[BYTES, BYTES])
array("bad-fill", "refused", ["fill_value"], fill_value="seven")
array("bad-rank", "refused", ["chunk"], chunk_grid=codec("regular", chunk_shape=[2]))
array("zero-chunk", "refused", ["chunk"], chunk_grid=codec("regular", chunk_shape=[0, 2]))
array("negative-shape", "refused", ["shape"], shape=[-4, 4])
array("shape-2-63", "refused", ["shape"], chunks=False, shape=[2**63, 4])
array("shape-overflow", "refused", chunks=False, shape=[2**62, 2**62])
huge = codec("regular", chunk_shape=[2**31, 2**31])
array("chunk-overflow", "refused", chunks=False, shape=[2**40, 2**40], chunk_grid=huge)
bad_order = codec("transpose", order=[0, 0])
array("bad-transpose", "refused", ["transpose"], codecs=[bad_order, BYTES])
uneven = codec(
    "sharding_indexed", chunk_shape=[3, 2], codecs=[BYTES], index_codecs=[BYTES, codec("crc32c")]
)
array("uneven-shard", "refused", ["chunk_shape"], codecs=[uneven])

array("short-chunk", "refused", ["c/0/1"])
write("short-chunk", "c/0/1", bytes(5))
array("long-chunk", "refused", ["c/0/1"])
write("long-chunk", "c/0/1", bytes(9))
array("bad-crc", "refused", ["c/", "crc32c"], codecs=[BYTES, codec("crc32c")])
array("not-zstd", "refused", ["zstd"], codecs=[BYTES, codec("zstd", level=1, checksum=False)])
array("not-gzip", "refused", ["gzip"], codecs=[BYTES, codec("gzip", level=1)])
array(
    "not-blosc",
    "refused",
    ["blosc"],
    codecs=[
        BYTES,
        codec("blosc", cname="lz4", clevel=5, shuffle="noshuffle", typesize=2, blocksize=0),
    ],
)
shard = codec(
    "sharding_indexed",
    chunk_shape=[1, 1],
    codecs=[BYTES],
    index_codecs=[BYTES],
    index_location="end",
)
array("wild-shard", "refused", ["sharding_indexed"], codecs=[shard])
for y in range(2):
    for x in range(2):
        wild = (2**64 - 16).to_bytes(8, "little") + (64).to_bytes(8, "little")
        write("wild-shard", f"c/{y}/{x}", bytes(8) + wild * 4)
array("chunk-is-folder", "refused", ["c/0/0"])
os.remove(os.path.join(OUT, "stores/broken/chunk-is-folder/c/0/0"))
write("chunk-is-folder", "c/0/0/inside", b"x")

outside = os.path.join(OUT, "stores", "outside")
os.makedirs(outside, exist_ok=True)
with open(os.path.join(outside, "secret"), "wb") as file:
    file.write(b"SECRETS!")
array("link-out", "refused", ["c/0/0"])
os.remove(os.path.join(OUT, "stores/broken/link-out/c/0/0"))
os.symlink(os.path.join(outside, "secret"), os.path.join(OUT, "stores/broken/link-out/c/0/0"))

for name, change in {
    "v2-no-dtype": {"dtype": None},
    "v2-bad-order": {"order": "Z"},
    "v2-unknown-compressor": {"compressor": {"id": "morse"}},
    "v2-bad-dtype": {"dtype": "<q9"},
}.items():
    write(name, ".zarray", {**V2, **change})
    entry(name, "refused", [".zarray"] if name != "v2-unknown-compressor" else ["morse"])

write("one-bad-child", "zarr.json", GROUP)
write("one-bad-child", "good/zarr.json", ARRAY)
write("one-bad-child", "bad/zarr.json", text[:40])
entry("one-bad-child", "marked", ["zarr.json"], node="/bad")

ESCAPES = "a\x1b[31mred\x07\u202eoff\u200b"
write("escapes", "zarr.json", {**GROUP, "attributes": {ESCAPES: ESCAPES + "\x9b2J\x00"}})
write("escapes", "evil\x1b[2Jname\u202e/zarr.json", {**ARRAY, "dimension_names": [ESCAPES, "x"]})
write("escapes", "evil\x1b]0;title\x07/zarr.json", {**ARRAY, "data_type": ESCAPES})
entry("escapes", "reads")

with open(os.path.join(OUT, "manifest-broken.json"), "w") as file:
    json.dump(ENTRIES, file, indent=1)
print(f"broken: {len(ENTRIES)} stores")
