"""What every maker of stores shares: writing down what a reader has to find in them.

A maker writes its stores into OUT/stores/WRITER and, for each array, one entry of OUT/manifest-WRITER.json:

    id          WRITER/NAME, unique
    store       the store's folder or zip file, relative to OUT
    node        the array's path in the store
    writer      program and version
    shape, dtype    as numpy names them (dtype of the values, little-endian)
    json        file with every element in C order, in the fill-value form of `zscope read --format json`
    npy         the same as .npy, or null where numpy has no type for the elements
    total, present, absent      the census: stored objects, and the indices of those that are not there
    inner_total, inner_present  the same of the chunks inside shards (of the outer level), or null
    damaged     indices of stored objects that cannot be decoded; a read of the whole array must fail
"""

import itertools
import json
import math
import os
import sys
import zipfile

import numpy as np


def element(value):
    """One element in Zarr v3 fill-value JSON form."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes | np.void):
        return list(bytes(value))
    if isinstance(value, np.bool_ | bool):
        return bool(value)
    if isinstance(value, np.datetime64 | np.timedelta64):
        return int(value.astype("i8"))
    if isinstance(value, np.complexfloating):
        return [element(value.real), element(value.imag)]
    if isinstance(value, np.floating | float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return float(np.format_float_scientific(value, unique=True))
    return int(value)


def elements(values):
    """Every element in C order. Fixed bytes come without the zeros that pad them, as NumPy gives them."""
    return [element(v) for v in values.ravel()]


def key(index, encoding):
    """The stored key of a chunk: encoding is "c/", "c.", "/" or "."."""
    separator = encoding[-1]
    parts = (["c"] if encoding[0] == "c" else []) + [str(i) for i in index]
    return separator.join(parts) or "0"


def chunk_count(length, chunk):
    """How many chunks of one length, or of the lengths listed, hold a part of an axis."""
    if isinstance(chunk, int):
        return -(-length // chunk)
    return sum(start < length for start in itertools.accumulate(chunk[:-1], initial=0))


class Recorder:
    def __init__(self, name, version):
        self.out = sys.argv[1]
        self.name = name
        self.writer = version
        self.entries = []
        self.stores = os.path.join(self.out, "stores", name)
        self.expected = os.path.join(self.out, "expected", name)
        os.makedirs(self.stores)
        os.makedirs(self.expected)

    def path(self, store):
        return os.path.join(self.stores, store)

    def record(self, store, node, values, chunks, encoding, inner=None, damaged=(), dtype="string"):
        """Writes down what `node` holds, and counts which of its stored objects are there. `dtype` names
        values that NumPy has only as objects."""
        values = np.asarray(values)
        if values.dtype.kind not in "OT":
            values = np.asarray(values, dtype=values.dtype.newbyteorder("<"))
        folder = os.path.join(self.path(store), node)
        grid = [chunk_count(n, c) for n, c in zip(values.shape, chunks)]
        present = [
            index
            for index in np.ndindex(*grid)
            if os.path.exists(os.path.join(folder, key(index, encoding)))
        ]
        absent = [list(i) for i in np.ndindex(*grid) if i not in set(present)]
        name = f"{store.removesuffix('.zarr')}-{node.replace('/', '-')}"
        with open(os.path.join(self.expected, name + ".json"), "w") as file:
            json.dump(elements(values), file)
        npy = None
        if values.dtype.kind not in "OT":
            npy = f"expected/{self.name}/{name}.npy"
            np.save(os.path.join(self.out, npy), values)
        self.entries.append(
            {
                "id": f"{self.name}/{name}",
                "store": f"stores/{self.name}/{store}",
                "node": "/" + node,
                "writer": self.writer,
                "shape": list(values.shape),
                "dtype": dtype if npy is None else values.dtype.str,
                "json": f"expected/{self.name}/{name}.json",
                "npy": npy,
                "total": math.prod(grid),
                "present": len(present),
                "absent": absent,
                "inner_total": inner[0] if inner else None,
                "inner_present": inner[1] if inner else None,
                "damaged": [list(i) for i in damaged],
            }
        )

    def pack(self, store, archive, root="", compression=zipfile.ZIP_STORED, zip64=False):
        """The same store again as a zip file, with the store's keys below `root`; its arrays are recorded twice."""
        folder = self.path(store)
        with zipfile.ZipFile(self.path(archive), "w", compression) as file:
            for parent, _, names in sorted(os.walk(folder)):
                for name in sorted(names):
                    path = os.path.join(parent, name)
                    member = zipfile.ZipInfo(root + os.path.relpath(path, folder))
                    member.compress_type = compression
                    with open(path, "rb") as data, file.open(member, "w", force_zip64=zip64) as out:
                        out.write(data.read())
        for entry in [e for e in self.entries if e["store"].endswith("/" + store)]:
            name = archive + "-" + entry["node"].strip("/").replace("/", "-")
            packed = {"id": f"{self.name}/{name}", "store": f"stores/{self.name}/{archive}"}
            self.entries.append({**entry, **packed})

    def remove(self, store, node, index, encoding):
        os.remove(os.path.join(self.path(store), node, key(index, encoding)))

    def damage(self, store, node, index, encoding, change):
        """Rewrites a stored object: `change` turns its bytes into others."""
        path = os.path.join(self.path(store), node, key(index, encoding))
        with open(path, "rb") as file:
            data = file.read()
        with open(path, "wb") as file:
            file.write(change(data))

    def close(self):
        with open(os.path.join(self.out, f"manifest-{self.name}.json"), "w") as file:
            json.dump(self.entries, file, indent=1)
        print(f"{self.writer}: {len(self.entries)} arrays")


def ramp(shape, dtype):
    """Values that differ from neighbour to neighbour, in any type that numpy has."""
    dtype = np.dtype(dtype)
    count = math.prod(shape)
    steps = np.arange(count, dtype="i8")
    if dtype.kind == "b":
        flat = steps % 3 == 0
    elif dtype.kind in "iu":
        info = np.iinfo(dtype)
        flat = (steps * 37 + 5) % (int(info.max) + 1 if info.bits < 64 else 2**62)
        flat = flat.astype(dtype)
        if count > 2:
            flat[0], flat[1] = info.max, info.min
    elif dtype.kind == "f":
        flat = ((steps - count // 2) * 0.37).astype(dtype)
        if count > 4:
            flat[:4] = [np.nan, np.inf, -np.inf, -0.0]
    elif dtype.kind == "c":
        flat = (steps * 0.1 - 1j * steps).astype(dtype)
    elif dtype.kind in "Mm":
        flat = (steps * 1_000_003 - 7).astype(dtype)
        if count > 1:
            flat[1] = np.array("NaT", dtype)
    elif dtype.kind == "S":
        flat = np.array([f"s{i:03}"[: dtype.itemsize].encode() for i in range(count)], dtype)
    elif dtype.kind == "U":
        flat = np.array([("é" * (i % 3)) + str(i) + "𝄞" for i in range(count)], dtype)
    elif dtype.kind == "V":
        flat = np.frombuffer(bytes(i % 251 for i in range(count * dtype.itemsize)), dtype)
    else:
        flat = np.array(
            ["", "plain", "naïve", "日本語", "𝄞 clef", "x" * 300] * (count // 6 + 1), dtype
        )[:count]
    return flat.reshape(shape)
