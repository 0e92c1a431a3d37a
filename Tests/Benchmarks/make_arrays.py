"""usage: make_arrays.py FOLDER      Writes the arrays that the benchmarks read, with zarr-python."""

import os
import sys

import numpy as np
import zarr
from zarr.codecs import BloscCodec, BytesCodec, GzipCodec, TransposeCodec, ZstdCodec

LARGE = {  # 2 GiB each
    "raw": {"compressors": None},
    "blosc": {"compressors": BloscCodec(cname="lz4", clevel=5, shuffle="shuffle", typesize=2)},
    "zstd": {"compressors": ZstdCodec(level=3)},
    "gzip": {"compressors": GzipCodec(level=5)},
    "shard": {"chunks": (64,) * 3, "shards": (256,) * 3, "compressors": ZstdCodec(level=3)},
}
SMALL = {  # 268 MB each
    "c-order": {"compressors": None},
    "v2-f-order": {"compressors": None, "filters": None, "order": "F", "zarr_format": 2},
    "transpose": {"compressors": None, "filters": [TransposeCodec(order=(2, 1, 0))]},
    "big-endian": {"compressors": None, "serializer": BytesCodec(endian="big")},
    "chunks-32": {"chunks": (32,) * 3, "compressors": ZstdCodec(level=3)},
    "zstd-128": {"compressors": ZstdCodec(level=3)},
}


def values(side):
    """Smooth in the last axis, rougher in the others: compresses, but not to nothing."""
    i, j, k = np.ogrid[:side, :side, :side]
    return ((k + j * j // 32 + i**3) % 65536).astype("uint16")


def write(folder, side, chunk, arrays):
    group = zarr.open_group(folder, mode="a")
    data = values(side)
    for name, options in arrays.items():
        options = {"chunks": (chunk,) * 3, "zarr_format": 3, **options}
        group_format = options.pop("zarr_format")
        zarr.create_array(
            os.path.join(folder, name), shape=data.shape, dtype="uint16", zarr_format=group_format, **options
        )[...] = data
        print("made", name, file=sys.stderr, flush=True)


def tree(folder, groups=20, arrays=100):
    """Two thousand small arrays in twenty groups, with some attributes each."""
    root = zarr.create_group(folder, overwrite=True)
    for g in range(groups):
        group = root.create_group(f"group{g:02}")
        for a in range(arrays):
            group.create_array(
                f"array{a:02}", shape=(1000, 1000), chunks=(100, 100), dtype="float32",
                attributes={"units": "m s-1", "long_name": f"array {a} of group {g}", "valid_range": [0, 400]},
            )  # fmt: skip


write(sys.argv[1], 1024, 256, LARGE)
write(sys.argv[1], 512, 128, SMALL)
tree(os.path.join(sys.argv[1], "tree"))
