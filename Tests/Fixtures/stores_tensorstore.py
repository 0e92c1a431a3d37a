"""Stores that TensorStore writes, in both formats."""

import math
from importlib.metadata import version

import numpy as np
import tensorstore as ts

from fixture import Recorder, ramp

recorder = Recorder("tensorstore", f"TensorStore {version('tensorstore')}")


def create(folder, name, driver, shape, metadata):
    return ts.open(
        {
            "driver": driver,
            "kvstore": {"driver": "file", "path": f"{recorder.path(folder)}/{name}/"},
            "metadata": {"shape": list(shape), **metadata},
            "create": True,
            "store_data_equal_to_fill_value": True,
        }
    ).result()


def write(folder, name, driver, values, metadata, chunks, encoding, inner=None):
    store = create(folder, name, driver, values.shape, metadata)
    store.write(values).result()
    recorder.record(folder, name, values, chunks, encoding, inner=inner)


V3 = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64".split()
BYTES = {"name": "bytes", "configuration": {"endian": "little"}}
BIG = {"name": "bytes", "configuration": {"endian": "big"}}
BLOSC = {"cname": "lz4", "clevel": 5, "shuffle": "shuffle", "typesize": 2, "blocksize": 0}


def codec(name, **configuration):
    return {"name": name, "configuration": configuration}


def v3(name, values, codecs, chunks=(4, 3), encoding="c/", inner=None):
    kind = "v2" if encoding[0] != "c" else "default"
    metadata = {
        "data_type": values.dtype.name,
        "chunk_grid": codec("regular", chunk_shape=list(chunks)),
        "chunk_key_encoding": codec(kind, separator=encoding[-1]),
        "codecs": codecs,
        "dimension_names": ["y", "x", None][: values.ndim],
    }
    write("v3.zarr", name, "zarr3", values, metadata, chunks, encoding, inner)


for name in V3:
    v3(name, ramp((9, 8), name), [BIG if name != "bool" else BYTES])
values = ramp((9, 8), "uint16")
v3("gzip", values, [BYTES, codec("gzip", level=5)])
v3("zstd", values, [BYTES, codec("zstd", level=3, checksum=False)])
v3("crc32c", values, [BYTES, codec("crc32c")])
v3("blosc", values, [BYTES, codec("blosc", **BLOSC)])
v3("transpose", values, [codec("transpose", order=[1, 0]), BYTES])
v3("dots", values, [BYTES], encoding=".")
shard = codec(
    "sharding_indexed",
    chunk_shape=[2, 3],
    codecs=[BYTES, codec("gzip", level=1)],
    index_codecs=[BYTES, codec("crc32c")],
    index_location="start",
)
v3("sharded", values, [shard], chunks=(4, 6), inner=(15, 15))

BLOSC2 = {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1, "blocksize": 0}


def v2(name, values, compressor, order="C", separator="."):
    metadata = {
        "dtype": values.dtype.str,
        "chunks": [4, 3],
        "compressor": compressor,
        "order": order,
        "dimension_separator": separator,
        "fill_value": None if values.dtype.kind == "c" else 0,
    }
    write("v2.zarr", name, "zarr", values, metadata, (4, 3), separator)


for name in "i1 <i2 >i4 <u8 <f2 >f4 <f8 <c8 >c16".split():
    file = name.replace("<", "").replace(">", "big-")
    v2(file, ramp((9, 8), name), None)
for name, compressor in {
    "zlib": {"id": "zlib", "level": 1},
    "gzip": {"id": "gzip", "level": 1},
    "bz2": {"id": "bz2", "level": 1},
    "zstd": {"id": "zstd", "level": 1},
    "blosc": BLOSC2,
}.items():
    v2(name, values, compressor, order="F", separator="/")
# What NumPy has no type for: v2 has it by TensorStore's name.
SMALL = ["int2", "int4", "bfloat16", "float4_e2m1fn"]
SMALL += [f"float8_{form}" for form in "e3m4 e4m3fn e4m3fnuz e4m3b11fnuz e5m2 e5m2fnuz".split()]


def small(name):
    """Values that every such type has, as Python's numbers."""
    if name.startswith("int"):
        half = 2 ** (int(name[3:]) - 1)
        return [step % (2 * half) - half for step in range(72)]
    numbers = [0.0, 1.0, -2.0, 0.5, 1.5, -3.0, 4.0, -6.0]
    return (numbers + ["float4" not in name and math.nan or -1.0]) * 8


for name in SMALL:
    dtype = ts.dtype(name).numpy_dtype
    for driver, folder, encoding in (("zarr3", "v3.zarr", "c/"), ("zarr", "v2.zarr", ".")):
        fill = stored = -1 if name.startswith("int") else 1.5
        if name == "float4_e2m1fn" and driver == "zarr":
            stored = "Aw=="
        metadata = {"fill_value": stored, "dtype": name, "chunks": [4, 3], "compressor": None}
        if driver == "zarr3":
            grid = codec("regular", chunk_shape=[4, 3])
            metadata = {"fill_value": fill, "data_type": name, "chunk_grid": grid, "codecs": [BYTES]}
        numbers = np.array(small(name), object).reshape(9, 8)
        store = create(folder, name, driver, numbers.shape, metadata)
        # The last chunks are left to the fill value.
        store[:8].write(numbers[:8].astype(dtype)).result()
        numbers[8:] = fill
        recorder.record(folder, name, numbers, (4, 3), encoding, dtype=name)
recorder.close()
