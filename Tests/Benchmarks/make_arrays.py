"""usage: make_arrays.py FOLDER      Writes the arrays that the benchmarks read, 512 MiB of uint16 each."""

import sys

import numpy as np
import zarr
from zarr.codecs import BloscCodec, GzipCodec, ZstdCodec

SHAPE = (1024, 512, 512)
CHUNKS = (128, 128, 128)


def values():
    """Smooth in the last axis, rougher in the others: compresses, but not to nothing."""
    i, j, k = np.ogrid[: SHAPE[0], : SHAPE[1], : SHAPE[2]]
    return ((k + j * j // 32 + i**3) % 65536).astype("uint16")


def main(folder):
    group = zarr.create_group(folder, overwrite=True)
    data = values()
    for name, options in {
        "raw": {"compressors": None},
        "blosc": {"compressors": BloscCodec(cname="lz4", clevel=5, shuffle="shuffle")},
        "zstd": {"compressors": ZstdCodec(level=3)},
        "gzip": {"compressors": GzipCodec(level=5)},
        "shard": {"chunks": (64,) * 3, "shards": (256,) * 3, "compressors": ZstdCodec(level=3)},
    }.items():
        options = {"chunks": CHUNKS, **options}
        group.create_array(name, shape=SHAPE, dtype="uint16", **options)[...] = data
        print("made", name, flush=True)


main(sys.argv[1])
