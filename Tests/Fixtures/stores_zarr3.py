"""Stores that zarr-python 3 writes: every type and codec, both formats, shards, gaps and damage."""

import itertools
import os
import zipfile

import numpy as np
import zarr
import zarr.codecs as codecs
import zarr.codecs.numcodecs as numcodecs

from fixture import Recorder, ramp

zarr.config.set({"array.write_empty_chunks": True})
recorder = Recorder("zarr3", f"zarr-python {zarr.__version__}")

TYPES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64".split()
TYPES += "float16 float32 float64 complex64 complex128".split()
FIXED = ["S5", "U7", "V3", "M8[s]", "M8[ns]", "m8[ms]", "M8[D]"]
ENCODINGS = {
    "c/": {"name": "default", "separator": "/"},
    "c.": {"name": "default", "separator": "."},
    "/": {"name": "v2", "separator": "/"},
    ".": {"name": "v2", "separator": "."},
}


def v3(store, name, values, chunks, encoding="c/", absent=(), inner=None, dtype=None, **options):
    """One v3 array; `absent` chunks are deleted after they were written."""
    folder = store.store.root.name
    fill = options.pop("fill_value", None)
    if fill is None:
        fill = np.zeros((), values.dtype)[()] if values.dtype.kind not in "OT" else ""
    shards = options.get("shards")
    array = store.create_array(
        name,
        shape=values.shape,
        chunks=chunks,
        dtype=dtype or values.dtype,
        fill_value=fill,
        chunk_key_encoding=ENCODINGS[encoding],
        **options,
    )
    array[...] = values
    values = values.copy()
    for index in absent:
        recorder.remove(folder, name, index, encoding)
        box = tuple(slice(i * c, (i + 1) * c) for i, c in zip(index, shards or chunks))
        values[box] = fill
    recorder.record(folder, name, values, shards or chunks, encoding, inner=inner)


store = zarr.create_group(recorder.path("types-v3.zarr"), zarr_format=3, attributes={"title": "types"})
for name in TYPES + FIXED:
    values = ramp((7, 5), name)
    file = name.replace("[", "-").replace("]", "")
    v3(store, file, values, (3, 2), absent=[(1, 1)], compressors=None)
    if name not in ("bool", "int8", "uint8", "S5", "V3"):
        big = codecs.BytesCodec(endian="big")
        v3(store, file + "-big", values, (3, 2), serializer=big, compressors=None)
strings = np.array(ramp((7,), "O"), dtype=np.dtypes.StringDType())
v3(store, "string", strings, (3,), absent=[(1,)], fill_value="gap", dtype="string")
v3(store, "string-sharded", strings, (2,), shards=(4,), inner=(4, 4), fill_value="", dtype="string")
for name, shape, chunks in [
    ("scalar", (), ()),
    ("empty", (0, 4), (2, 2)),
    ("oversized", (3, 2), (10, 10)),
    ("five", (3, 2, 4, 2, 3), (2, 1, 3, 2, 2)),
]:
    v3(store, name, ramp(shape, "int32"), chunks)
for name, dtype, fill in [
    ("nan", "float32", np.float32("nan")),
    ("infinity", "float64", -np.inf),
    ("negative-zero", "float64", -0.0),
    ("largest", "uint64", 2**64 - 1),
    ("smallest", "int64", -(2**63)),
    ("complex", "complex64", 1.5 - 2j),
    ("true", "bool", True),
]:
    fill = np.dtype(dtype).type(fill)
    v3(store, "fill-" + name, ramp((6,), dtype), (2,), absent=[(0,), (2,)], fill_value=fill)

store = zarr.create_group(recorder.path("codecs-v3.zarr"), zarr_format=3)
values = ramp((12, 10), "uint16")
for cname, shuffle in itertools.product(
    "blosclz lz4 lz4hc zlib zstd".split(), "noshuffle shuffle bitshuffle".split()
):
    codec = codecs.BloscCodec(cname=cname, clevel=5, shuffle=shuffle)
    v3(store, f"blosc-{cname}-{shuffle}", ramp((64, 40), "float32"), (40, 40), compressors=codec)
for name, chain in {
    "gzip": [codecs.GzipCodec(level=6)],
    "zstd": [codecs.ZstdCodec(level=3)],
    "zstd-checksum": [codecs.ZstdCodec(level=3, checksum=True)],
    "crc32c": [codecs.Crc32cCodec()],
    "gzip-crc32c": [codecs.GzipCodec(level=1), codecs.Crc32cCodec()],
    "zstd-gzip": [codecs.ZstdCodec(), codecs.GzipCodec()],
    "zlib": [numcodecs.Zlib(level=5)],
    "lz4": [numcodecs.LZ4()],
    "bz2": [numcodecs.BZ2()],
    "lzma": [numcodecs.LZMA()],
    "shuffle": [numcodecs.Shuffle(elementsize=2), codecs.ZstdCodec()],
}.items():
    v3(store, name, values, (5, 4), absent=[(1, 2)], compressors=chain)
for name, filters in {
    "delta": [numcodecs.Delta(dtype="<u2")],
    "transpose": [codecs.TransposeCodec(order=(1, 0))],
}.items():
    v3(store, name, values, (5, 4), filters=filters, compressors=[codecs.ZstdCodec()])
cube = ramp((6, 7, 8), ">i4")
for order in itertools.permutations(range(3)):
    name = "transpose-" + "".join(map(str, order))
    filters = [codecs.TransposeCodec(order=order)]
    v3(store, name, cube, (4, 3, 5), filters=filters, compressors=[codecs.GzipCodec()])
floats = (np.linspace(-3, 3, 120).reshape(12, 10) * 10).astype("float32")
for name, codec in {"bitround": numcodecs.BitRound(keepbits=10)}.items():
    array = store.create_array(
        name, shape=floats.shape, chunks=(5, 4), dtype="float32", filters=[codec]
    )
    array[...] = floats
    recorder.record("codecs-v3.zarr", name, array[...], (5, 4), "c/")
for number, encoding in enumerate(ENCODINGS):
    v3(store, f"keys-{number}", values, (5, 4), encoding=encoding, absent=[(0, 1), (2, 2)])

store = zarr.create_group(recorder.path("shards-v3.zarr"), zarr_format=3)
plane = ramp((16, 24), "uint16")
for where in ("start", "end"):
    serializer = codecs.ShardingCodec(
        chunk_shape=(4, 4),
        codecs=[codecs.BytesCodec(), codecs.ZstdCodec()],
        index_location=where,
    )
    v3(
        store,
        f"index-{where}",
        plane,
        (8, 8),
        serializer=serializer,
        compressors=None,
        absent=[(0, 1)],
        inner=(24, 20),
    )
nested = codecs.ShardingCodec(
    chunk_shape=(8, 8),
    codecs=[codecs.ShardingCodec(chunk_shape=(4, 2), codecs=[codecs.BytesCodec(endian="big")])],
)
v3(store, "nested", plane, (16, 16), serializer=nested, compressors=None, inner=(6, 6))
turned = codecs.ShardingCodec(
    chunk_shape=(4, 4),
    codecs=[
        codecs.TransposeCodec(order=(1, 0)),
        codecs.BytesCodec(),
        codecs.BloscCodec(cname="lz4", shuffle="shuffle"),
        codecs.Crc32cCodec(),
    ],
    index_codecs=[codecs.BytesCodec()],
)
v3(store, "turned", plane, (8, 8), serializer=turned, compressors=None, inner=(24, 24))
with zarr.config.set({"array.write_empty_chunks": False}):
    gaps = plane.copy()
    gaps[4:8, 8:16] = 0
    v3(store, "gaps", gaps, (4, 4), shards=(8, 8), inner=(24, 22))

store = zarr.create_group(recorder.path("damaged-v3.zarr"), zarr_format=3)


def flip(data):
    """The same bytes with one bit in the middle turned over."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1 :]


for name, options, change in [
    ("short", {"compressors": None}, lambda data: data[:-3]),
    ("empty-object", {"compressors": None}, lambda data: b""),
    ("crc32c", {"compressors": [codecs.Crc32cCodec()]}, flip),
    ("gzip", {"compressors": [codecs.GzipCodec()]}, lambda data: data[: len(data) // 2]),
    ("zstd", {"compressors": [codecs.ZstdCodec()]}, lambda data: data[: len(data) // 2]),
    ("blosc", {"compressors": [codecs.BloscCodec()]}, lambda data: data[: len(data) // 2]),
    ("shard-index", {"shards": (10, 8)}, lambda data: data[:-1] + bytes([data[-1] ^ 1])),
]:
    chunks = options.get("shards", (5, 4))
    array = store.create_array(name, shape=(10, 8), chunks=(5, 4), dtype="uint16", **options)
    values = ramp((10, 8), "uint16")
    array[...] = values
    recorder.damage("damaged-v3.zarr", name, (0, 0), "c/", change)
    recorder.record("damaged-v3.zarr", name, values, chunks, "c/", damaged=[(0, 0)])

root = zarr.create_group(recorder.path("hierarchy-v3.zarr"), zarr_format=3, attributes={"depth": 0})
for name in ("a", "a/b", "a/b/c"):
    root.create_group(name)
for node in ("a/one", "a/b/two", "a/b/c/three"):
    v3(root, node, ramp((4, 4), "int16"), (2, 2), dimension_names=["y", "x"])
zarr.consolidate_metadata(recorder.path("hierarchy-v3.zarr"))

store = zarr.create_group(recorder.path("formats-v2.zarr"), zarr_format=2)
for name in TYPES + ["S5", "U7", "M8[s]", "m8[ms]", ">i4", ">f8", ">U7"]:
    values = ramp((7, 5), name)
    file = name.replace("[", "-").replace("]", "").replace(">", "big-")
    array = store.create_array(file, shape=(7, 5), chunks=(3, 2), dtype=name)
    array[...] = values
    recorder.record("formats-v2.zarr", file, values, (3, 2), ".")
zarr.consolidate_metadata(recorder.path("formats-v2.zarr"), zarr_format=2)

os.makedirs(recorder.path("implicit-v3.zarr") + "/group")
array = zarr.create_array(
    recorder.path("implicit-v3.zarr") + "/group/array", shape=(4,), chunks=(2,), dtype="int8"
)
array[...] = ramp((4,), "int8")
recorder.record("implicit-v3.zarr", "group/array", ramp((4,), "int8"), (2,), "c/")

recorder.pack("hierarchy-v3.zarr", "outside.zip")
recorder.pack("hierarchy-v3.zarr", "inside.zip", root="hierarchy-v3.zarr/")
recorder.pack("hierarchy-v3.zarr", "zip64.zip", zip64=True)
recorder.pack("shards-v3.zarr", "deflated.zip", compression=zipfile.ZIP_DEFLATED)
with zarr.storage.ZipStore(recorder.path("own.zip"), mode="w") as own:
    array = zarr.create_group(own).create_array("a/b", shape=(4, 4), chunks=(2, 2), dtype="int16")
    array[...] = ramp((4, 4), "int16")
entry = next(e for e in recorder.entries if e["id"].endswith("two"))
packed = {"id": "zarr3/own.zip-a-b", "store": "stores/zarr3/own.zip", "node": "/a/b"}
recorder.entries.append({**entry, **packed})
recorder.close()
