"""The other programs, each behind one face: write an array that a document describes, and read one."""

import importlib.metadata
import itertools
import json
import os

import numpy as np
import tensorstore
import zarr
import zarrista
from zarr.core.array import AsyncArray
from zarr.core.metadata import ArrayV2Metadata, ArrayV3Metadata
from zarr.core.sync import sync
from zarr.storage import LocalStore, StorePath
from zarrista.store import FilesystemStore


class Read:
    """What a program says of an array: its elements packed and in C order, and its metadata."""

    def __init__(self, shape, values, **facts):
        self.shape = list(shape)
        self.values = values
        self.facts = facts


def packed(values):
    """Elements in C order: little-endian bytes, or a list of texts."""
    values = np.asarray(values)
    if values.dtype.kind in "OT":
        return [str(v) if isinstance(v, str) else list(bytes(v)) for v in values.ravel()]
    if values.dtype.names is not None or values.dtype.kind != "V":
        values = values.astype(values.dtype.newbyteorder("<"), copy=False)
    return np.ascontiguousarray(values).tobytes()


class ZarrPython:
    name = "zarr-python"
    version = zarr.__version__
    codecs = {
        "bytes", "transpose", "gzip", "zstd", "blosc", "crc32c", "sharding_indexed", "vlen-utf8",
        "vlen-bytes", "zlib", "bz2", "lzma", "lz4", "delta", "shuffle", "adler32", "crc32", "fletcher32",
    }  # fmt: skip

    def knows(self, array):
        # The payload of a NaN is lost where it is a fill value.
        payload = "0x" in json.dumps(array.fill_json)
        names = array.codec_names()
        known = all(n.removeprefix("numcodecs.") in self.codecs for n in names)
        # Texts come out in the wrong order.
        turned = array.kind == "O" and "transpose" in names
        # The one text of an array without dimensions comes out with its bytes swapped, or cut off.
        swapped = array.kind in "US" and not array.shape
        # Of v3's structures it knows an older form, of grids the regular one.
        strange = array.edges or array.kind == "Q" or array.kind == "R" and array.version == 3
        if strange:
            return False
        return known and not array.extension and not payload and not turned and not swapped

    def write(self, array, folder):
        if array.version == 3:
            metadata = ArrayV3Metadata.from_dict(json.loads(json.dumps(array.document)))
        else:
            document = {**array.document, "attributes": array.attributes}
            metadata = ArrayV2Metadata.from_dict(json.loads(json.dumps(document)))
        path = StorePath(LocalStore(folder))
        # Any NaN counts as the fill value there, and would be left out.
        config = {"write_empty_chunks": "NaN" in json.dumps(array.fill_json)}
        inner = AsyncArray(metadata, path, config=config)
        sync(inner._save_metadata(metadata, ensure_parents=False))
        outer = zarr.Array(inner)
        values = array.values
        if array.kind == "O":
            values = values.astype(outer.dtype)
        outer[...] = values

    def read(self, folder):
        array = zarr.open_array(folder, mode="r")
        values = array[...]
        fill = array.fill_value
        names = getattr(array.metadata, "dimension_names", None)
        return Read(
            array.shape,
            packed(values),
            attributes=array.attrs.asdict(),
            names=None if names is None else list(names),
            fill=(
                None
                if fill is None or isinstance(fill, str)
                else packed(np.asarray(fill, array.dtype))
            ),
            chunks=list(array.shards or array.chunks),
        )


class TensorStore:
    name = "TensorStore"
    version = importlib.metadata.version("tensorstore")
    v3 = {"bytes", "transpose", "gzip", "zstd", "blosc", "crc32c", "sharding_indexed"}
    v2 = {"zlib", "gzip", "blosc", "bz2", "zstd"}
    # Of the types that NumPy has not.
    extensions = {"bfloat16", "int2", "int4", "float8_e5m2"}

    def knows(self, array):
        names = array.codec_names()
        document = array.document
        has_type = array.kind in "biufc" or array.extension in self.extensions
        if array.version == 2:
            # Fixed text and bytes have another rank there.
            known = has_type and "checksum" not in (document["compressor"] or {})
            return known and not document["filters"] and set(names) <= self.v2
        known = has_type and not array.edges
        return known and set(names) <= self.v3 and not self.has_wrapped_shards(document["codecs"])

    def has_wrapped_shards(self, codecs):
        """Whether a codec stands around shards, which is refused."""
        for codec in codecs:
            if codec["name"] == "sharding_indexed":
                return len(codecs) > 1 or self.has_wrapped_shards(codec["configuration"]["codecs"])
        return False

    def spec(self, folder, version):
        return {
            "driver": {2: "zarr", 3: "zarr3"}[version],
            "kvstore": {"driver": "file", "path": folder},
        }

    def write(self, array, folder):
        metadata = {k: v for k, v in array.document.items() if k not in ("dimension_separator",)}
        spec = self.spec(folder + "/", array.version)
        if array.version == 2:
            spec["metadata"] = {**metadata, "dimension_separator": array.encoding}
            if len(array.shape) < 2:
                del spec["metadata"]["order"]
        else:
            spec["metadata"] = metadata
        store = tensorstore.open(spec, create=True).result()
        values = array.values
        if array.extension:
            values = values.view(store.dtype.numpy_dtype)
        store.write(values).result()
        if array.version == 2 and array.attributes:
            with open(os.path.join(folder, ".zattrs"), "w") as file:
                json.dump(array.attributes, file)

    def read(self, folder):
        version = 3 if os.path.exists(os.path.join(folder, "zarr.json")) else 2
        store = tensorstore.open(self.spec(folder + "/", version), open=True).result()
        fill = store.fill_value
        metadata = store.spec().to_json().get("metadata", {})
        names = metadata.get("dimension_names")
        return Read(
            store.shape,
            packed(store.read().result()),
            names=names,
            fill=None if fill is None else packed(fill),
            chunks=list(store.chunk_layout.write_chunk.shape or []),
        )


class Zarrs:
    name = "zarrs"
    version = f"zarrista {importlib.metadata.version('zarrista')}"
    v3 = {
        "bytes", "transpose", "gzip", "zstd", "blosc", "crc32c", "sharding_indexed", "vlen-utf8",
        "vlen-bytes", "zarrs.optional",
    }  # fmt: skip
    v2 = {"gzip", "blosc", "zstd", "vlen-utf8"}

    def knows(self, array):
        names = array.codec_names()
        document = array.document
        if array.version == 2:
            known = "checksum" not in (document["compressor"] or {})
            if array.kind == "c" and document["fill_value"] is None:
                known = False
            if array.kind == "O" and (document["order"] == "F" or len(array.shape) > 1):
                known = False
            return known and array.kind in "biufcO" and set(names) <= self.v2
        if array.kind == "O" and ("transpose" in names or array.levels or len(array.shape) > 2):
            # Texts come out in the wrong order, and the edges of chunks beside others.
            return False
        if array.kind == "Q" and not set(names) <= {"zarrs.optional", "gzip", "zstd", "crc32c"}:
            return False
        known = array.kind in "biufcOMmUxQ" and set(names) <= self.v3
        return known and not self.has_late_blosc(document["codecs"])

    def has_late_blosc(self, codecs):
        """Whether blosc is made of something else than plain elements: parts of that are read wrongly."""
        names = [codec["name"] for codec in codecs if codec["name"] != "transpose"]
        if "blosc" in names and names[names.index("blosc") - 1] != "bytes":
            return True
        inner = [c["configuration"]["codecs"] for c in codecs if c["name"] == "sharding_indexed"]
        return any(self.has_late_blosc(chain) for chain in inner)

    def write(self, array, folder):
        document = array.document
        if array.version == 2:
            document = {**document, "attributes": array.attributes}
        written = zarrista.Array.from_metadata(document, FilesystemStore(folder), "/")
        written.store_metadata()
        values = array.packed
        if array.kind == "Q":
            parts = np.frombuffer(values, np.uint8).reshape(-1, array.dtype.itemsize)
            data, mask = parts[:, :-1].tobytes(), parts[:, -1].tobytes()
            elements = zarrista.ArrayBytes(data, mask=mask)
        elif isinstance(values, bytes):
            elements = zarrista.ArrayBytes(values)
        else:
            texts = [text.encode() for text in values]
            ends = itertools.accumulate((len(text) for text in texts), initial=0)
            elements = zarrista.ArrayBytes(b"".join(texts), offsets=list(ends))
        written.store_array_subset(..., elements)

    def read(self, folder):
        array = zarrista.Array.open(FilesystemStore(folder), "/")
        tensor = array.retrieve_array_subset(...)
        if isinstance(tensor, zarrista.OptionalFixedLengthTensor):
            return Read(
                array.shape,
                self.optional(tensor),
                attributes=array.attrs,
                names=array.dimension_names,
            )
        values = bytes(tensor.buffer()) if hasattr(tensor, "buffer") else packed(tensor)
        return Read(
            array.shape,
            values,
            attributes=array.attrs,
            names=array.dimension_names,
            fill=bytes(array.fill_value.as_bytes()),
        )


    @staticmethod
    def optional(tensor):
        """Each value with its mark behind it; zeros where there is none."""
        mask = np.frombuffer(bytes(tensor.mask.buffer()), np.uint8)
        data = np.frombuffer(bytes(tensor.data.buffer()), np.uint8)
        data = data.reshape(len(mask), -1) if len(mask) else data.reshape(0, 1)
        return np.hstack([data * mask[:, None], mask[:, None]]).tobytes()


ALL = [ZarrPython(), TensorStore(), Zarrs()]
