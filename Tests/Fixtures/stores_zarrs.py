"""Stores that zarrs writes, through zarrista, and through zarr-python with zarrs underneath."""

import os
from importlib.metadata import version

import zarr
import zarrista
from zarrista.store import FilesystemStore

from fixture import Recorder, ramp

recorder = Recorder("zarrs", f"zarrs (zarrista {version('zarrista')})")
BYTES = {"name": "bytes", "configuration": {"endian": "little"}}
BIG = {"name": "bytes", "configuration": {"endian": "big"}}


def codec(name, **configuration):
    return {"name": name, "configuration": configuration}


def write(
    store, folder, name, values, codecs, chunks=(4, 3), encoding="c/", inner=None, fill=0, grid=None
):
    array = zarrista.Array.from_metadata(
        {
            "zarr_format": 3,
            "node_type": "array",
            "shape": list(values.shape),
            "data_type": values.dtype.name,
            "chunk_grid": grid or codec("regular", chunk_shape=list(chunks)),
            "chunk_key_encoding": codec(
                "default" if encoding[0] == "c" else "v2", separator=encoding[-1]
            ),
            "fill_value": fill,
            "codecs": codecs,
            "attributes": {"made by": "zarrs"},
        },
        store,
        "/" + name,
    )
    array.store_metadata()
    array.store_array_subset(..., values)
    recorder.record(folder, name, values, chunks, encoding, inner=inner)


os.makedirs(recorder.path("v3.zarr"))
store = FilesystemStore(recorder.path("v3.zarr"))
for name in "int8 int16 int32 int64 uint8 uint16 uint32 uint64".split():
    write(store, "v3.zarr", name, ramp((9, 8), name), [BIG])
values = ramp((9, 8), "uint16")
for name, chain in {
    "gzip": [BYTES, codec("gzip", level=5)],
    "zstd": [BYTES, codec("zstd", level=3, checksum=True)],
    "crc32c": [BYTES, codec("crc32c")],
    "blosc": [
        BYTES,
        codec("blosc", cname="zstd", clevel=5, shuffle="bitshuffle", typesize=2, blocksize=0),
    ],
    "transpose": [codec("transpose", order=[1, 0]), BYTES],
    "zstd-crc32c": [BIG, codec("zstd", level=1, checksum=False), codec("crc32c")],
}.items():
    write(store, "v3.zarr", name, values, chain)
shard = codec(
    "sharding_indexed",
    chunk_shape=[2, 3],
    codecs=[BYTES, codec("zstd", level=1, checksum=False)],
    index_codecs=[BYTES, codec("crc32c")],
    index_location="end",
)
write(store, "v3.zarr", "sharded", values, [shard], chunks=(4, 6), inner=(15, 15), fill=9)
nested = codec(
    "sharding_indexed",
    chunk_shape=[4, 6],
    codecs=[shard],
    index_codecs=[BYTES, codec("crc32c")],
)
write(store, "v3.zarr", "nested", values, [nested], chunks=(8, 6), inner=(6, 6), fill=9)

bounded = codec("zarrs.regular_bounded", chunk_shape=[4, 3])
write(store, "v3.zarr", "bounded", values, [BYTES, codec("crc32c")], grid=bounded)
rectilinear = codec("rectilinear", kind="inline", chunk_shapes=[[[2, 2], 5, 4], 3])
write(
    store, "v3.zarr", "rectilinear", values, [BIG], chunks=([2, 2, 5, 4], 3), grid=rectilinear, fill=9
)

zarr.config.set({"codec_pipeline.path": "zarrs.ZarrsCodecPipeline", "array.write_empty_chunks": True})
group = zarr.create_group(recorder.path("pipeline.zarr"))
for name in "float32 float64 complex64 bool".split():
    data = ramp((9, 8), name)
    group.create_array(name, shape=(9, 8), chunks=(4, 3), dtype=name)[...] = data
    recorder.record("pipeline.zarr", name, data, (4, 3), "c/")
recorder.close()
