"""Stores that zarr-python 2 writes: format 2 with every compressor, filter, order and separator."""

import itertools

import numcodecs
import numpy as np
import zarr

from fixture import Recorder, ramp

recorder = Recorder("zarr2", f"zarr-python {zarr.__version__}")


def v2(group, name, values, chunks, absent=(), lossy=False, **options):
    """One v2 array; `absent` chunks are deleted after they were written."""
    folder = group.store.path.rpartition("/")[2]
    encoding = options.get("dimension_separator", ".")
    fill = options.pop("fill_value", "" if values.dtype.kind == "O" else 0)
    array = group.create_dataset(
        name,
        shape=values.shape,
        chunks=chunks or False,
        dtype=options.pop("dtype", values.dtype),
        fill_value=fill,
        **options,
    )
    array[...] = values
    values = (array[...] if lossy else values).copy()
    for index in absent:
        recorder.remove(folder, name, index, encoding)
        box = tuple(slice(i * c, (i + 1) * c) for i, c in zip(index, chunks))
        values[box] = np.zeros((), values.dtype) if fill is None else fill
    recorder.record(folder, name, values, chunks, encoding)


def group(name):
    store = zarr.DirectoryStore(recorder.path(name))
    return zarr.group(store, overwrite=True)


store = group("types-v2.zarr")
store.attrs["title"] = "types"
for name in "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16 S5 U7 V3 M8[s] M8[ns] m8[ms]".split():
    file = name.replace("[", "-").replace("]", "")
    fill = b"\x07\x08\x09" if name == "V3" else 0
    fill = {"S": b"gap", "U": "gap"}.get(name[0], fill)
    values = ramp((7, 5), name)
    v2(store, file, values, (3, 2), absent=[(1, 1)], compressor=None, fill_value=fill)
    if name[0] in "iufcUMm" and name[1:] != "1":
        v2(store, file + "-big", ramp((7, 5), ">" + name), (3, 2), compressor=numcodecs.Zlib())
strings = ramp((7,), "O")
v2(store, "strings", strings, (3,), dtype=object, object_codec=numcodecs.VLenUTF8())
for name, shape, chunks in [
    ("scalar", (), ()),
    ("empty", (0, 4), (2, 2)),
    ("oversized", (3, 2), (10, 10)),
    ("five", (3, 2, 4, 2, 3), (2, 1, 3, 2, 2)),
]:
    v2(store, name, ramp(shape, "i4"), chunks)
for name, dtype, fill in [
    ("none", "i4", None),
    ("nan", "f4", np.nan),
    ("infinity", "f8", -np.inf),
    ("largest", "u8", 2**64 - 1),
    ("true", "b1", True),
]:
    v2(store, "fill-" + name, ramp((6,), dtype), (2,), absent=[(0,), (2,)], fill_value=fill)

store = group("codecs-v2.zarr")
values = ramp((12, 10), "u2")
for cname, shuffle in itertools.product("blosclz lz4 lz4hc zlib zstd".split(), range(3)):
    codec = numcodecs.Blosc(cname=cname, clevel=5, shuffle=shuffle)
    v2(store, f"blosc-{cname}-{shuffle}", ramp((64, 40), "f4"), (40, 40), compressor=codec)
for name, codec in {
    "none": None,
    "zlib": numcodecs.Zlib(6),
    "gzip": numcodecs.GZip(6),
    "bz2": numcodecs.BZ2(),
    "lzma": numcodecs.LZMA(),
    "lzma-alone": numcodecs.LZMA(format=2),
    "zstd": numcodecs.Zstd(3),
    "lz4": numcodecs.LZ4(),
}.items():
    v2(store, name, values, (5, 4), absent=[(1, 2)], compressor=codec)
for order, separator, compressor in itertools.product(
    "CF", "./", [None, numcodecs.Blosc(cname="lz4")]
):
    name = f"order-{order}-{'dot' if separator == '.' else 'slash'}-{'raw' if not compressor else 'blosc'}"
    options = {"order": order, "dimension_separator": separator, "compressor": compressor}
    v2(store, name, ramp((7, 6, 5), ">i4"), (3, 4, 2), absent=[(1, 1, 1)], **options)

store = group("filters-v2.zarr")
floats = (np.linspace(-3, 3, 120).reshape(12, 10) * 10).astype("f4")
small = (np.arange(120).reshape(12, 10) % 200).astype("i8")
for name, data, filters in [
    ("delta", values, [numcodecs.Delta("<u2")]),
    ("delta-narrow", small, [numcodecs.Delta("<i8", astype="<i2")]),
    ("shuffle", values, [numcodecs.Shuffle(2)]),
    ("delta-shuffle", values, [numcodecs.Delta("<u2"), numcodecs.Shuffle(2)]),
    ("fixedscaleoffset", floats, [numcodecs.FixedScaleOffset(-30, 100, "<f4", "<u2")]),
    ("astype", small, [numcodecs.AsType(encode_dtype="<i2", decode_dtype="<i8")]),
    ("bitround", floats, [numcodecs.BitRound(8)]),
    ("quantize", floats, [numcodecs.Quantize(digits=2, dtype="<f4")]),
    ("packbits", ramp((12, 10), "b1"), [numcodecs.PackBits()]),
]:
    for order in "CF":
        options = {"filters": filters, "order": order, "compressor": numcodecs.Zlib(1)}
        v2(store, f"{name}-{order}", data, (5, 4), lossy=True, **options)

store = group("hierarchy-v2.zarr")
for name in ("a", "a/b"):
    store.create_group(name).attrs["path"] = name
for node in ("a/one", "a/b/two"):
    v2(store, node, ramp((4, 4), "i2"), (2, 2))
zarr.consolidate_metadata(recorder.path("hierarchy-v2.zarr"))
recorder.close()
