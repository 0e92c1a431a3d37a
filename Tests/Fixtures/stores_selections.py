"""Selections of every kind, drawn by a seed, with what zarr-python, TensorStore or NumPy read for them.

Each entry of OUT/manifest-selections.json: id, store, node, the arguments of `zscope read` behind the locator
({out} stands for OUT), and the shape and values (in fill-value JSON form) of the result.
"""

import json
import os
import random
import sys

import numpy as np
import tensorstore
import zarr
import zarr.codecs as codecs

from fixture import elements, ramp

OUT = sys.argv[1]
STORE = "stores/selections/all.zarr"
FOLDER = os.path.join(OUT, STORE)
random.seed(20261122)
entries = []
os.makedirs(os.path.join(OUT, "masks"), exist_ok=True)


def record(node, kind, arguments, values):
    values = np.asarray(values)
    entries.append(
        {
            "id": f"{node}/{kind}-{len(entries)}",
            "store": STORE,
            "node": "/" + node,
            "arguments": arguments,
            "shape": list(values.shape),
            "values": elements(values),
        }
    )


def saved(array):
    name = f"masks/{len(entries)}.npy"
    np.save(os.path.join(OUT, name), array)
    return "{out}/" + name


def positions(length, count):
    return [random.randrange(-length, length) for _ in range(count)]


def item(length, steps):
    """One dimension's selection: as Python takes it, and as the command line does."""
    kind = random.randrange(5)
    if kind == 0:
        index = random.randrange(-length, length)
        return index, str(index)
    if kind == 1:
        flags = [random.random() < 0.5 for _ in range(length)]
        return np.array(flags), "[" + ",".join(str(flag).lower() for flag in flags) + "]"
    if kind == 2:
        start, stop = sorted(positions(length, 2), key=lambda i: i % length)
        step = random.choice(steps)
        if step < 0:
            start, stop = stop, start
        return slice(start, stop, step), f"{start}:{stop}:{step}"
    chosen = positions(length, random.randrange(1, length + 3))
    return np.array(chosen), str(chosen).replace(" ", "")


def orthogonal(node, array, values):
    parts = [item(n, [1, 2, 3]) for n in array.shape]
    text = "[" + ", ".join(part[1] for part in parts) + "]"
    record(node, "orthogonal", [text], array.oindex[tuple(part[0] for part in parts)])


def backwards(node, array, values):
    box = tuple(
        slice(*bounds, random.choice([-3, -2, -1, 1, 2])) if random.random() < 0.8 else bounds[0]
        for bounds in (positions(n, 2) for n in array.shape)
    )
    text = [f"{b.start}:{b.stop}:{b.step}" if isinstance(b, slice) else str(b) for b in box]
    record(node, "backwards", ["[" + ", ".join(text) + "]"], values[box])


def points(node, array, values):
    chosen = np.array([[random.randrange(-n, n) for n in array.shape] for _ in range(random.randrange(1, 30))])
    text = ";".join(",".join(map(str, point)) for point in chosen)
    found = array.vindex[tuple(chosen.T)]
    record(node, "points", ["--points", text], found)
    record(node, "points-file", ["--points", saved(chosen)], found)


def mask(node, array, values):
    flags = np.random.default_rng(len(entries)).random(array.shape) < random.choice([0, 0.05, 0.5, 1])
    if random.random() < 0.5:
        flags = np.asfortranarray(flags)
    record(node, "mask", ["--mask", saved(flags)], array.vindex[flags])


def blocks(node, array, values, chunks):
    grid = [-(-n // c) for n, c in zip(array.shape, chunks)]
    box, text = [], []
    for count in grid:
        if random.random() < 0.5:
            box.append(random.randrange(-count, count))
            text.append(str(box[-1]))
        else:
            start = random.randrange(count)
            box.append(slice(start, random.randrange(start, count + 2)))
            text.append(f"{box[-1].start}:{box[-1].stop}")
    record(node, "blocks", ["--blocks", ",".join(text)], array.blocks[tuple(box)])


def fields(node, array, values):
    for name in ["a", "b", "c.u", "c.v"]:
        # Whole elements, since zarr-python 3 cannot put one field of several into a result.
        part = array[...]
        for step in name.split("."):
            part = part[step]
        record(node, "field", ["--field", name], part)
        record(node, "field", ["[::2]", "--field", name], part[::2])
        record(node, "field", ["[[3,0,3]]", "--field", name], part[[3, 0, 3]])
        record(node, "field", ["--field", name, "--points", "5;1"], part[[5, 1]])


group = zarr.create_group(FOLDER, zarr_format=3, overwrite=True)
cube = ramp((11, 7, 9), "int32")
for name, options, stored in [
    ("plain", {"chunks": (4, 3, 5), "compressors": None}, None),
    ("zstd", {"chunks": (4, 3, 5), "compressors": [codecs.ZstdCodec()]}, None),
    ("big", {"chunks": (4, 7, 2), "serializer": codecs.BytesCodec(endian="big")}, None),
    ("transposed", {"chunks": (5, 3, 4), "filters": [codecs.TransposeCodec(order=(2, 0, 1))]}, None),
    ("sharded", {"chunks": (2, 3, 2), "shards": (6, 3, 4)}, (6, 3, 4)),
    ("gaps", {"chunks": (2, 1, 3), "shards": (4, 4, 9), "fill_value": -1}, (4, 4, 9)),
]:
    array = group.create_array(name, shape=cube.shape, dtype=cube.dtype, **options)
    array[...] = cube
    if name == "gaps":
        os.remove(os.path.join(FOLDER, name, "c/1/0/0"))
        array[0:3, 2:5, 0:4] = -1
    values = array[...]
    spec = {"driver": "zarr3", "kvstore": {"driver": "file", "path": os.path.join(FOLDER, name)}}
    other = tensorstore.open(spec, read=True).result()
    assert (other[::-1, 5:1:-2, :].read().result() == values[::-1, 5:1:-2, :]).all()
    for _ in range(4):
        orthogonal(name, array, values)
        backwards(name, array, values)
        points(name, array, values)
        mask(name, array, values)
        blocks(name, array, values, stored or options["chunks"])

old = zarr.create_array(
    os.path.join(FOLDER, "old"), shape=cube.shape, chunks=(4, 3, 5), dtype=cube.dtype, zarr_format=2, order="F"
)
old[...] = cube
for _ in range(4):
    orthogonal("old", old, cube)
    backwards("old", old, cube)
    points("old", old, cube)
    blocks("old", old, cube, (4, 3, 5))

texts = np.array([f"text {n}" * (n % 3) for n in range(40)], dtype=object).reshape(8, 5)
words = zarr.create_array(os.path.join(FOLDER, "words"), shape=(8, 5), chunks=(3, 2), dtype="string")
words[...] = texts
for _ in range(3):
    orthogonal("words", words, texts)
    points("words", words, texts)

kind = np.dtype([("a", ">i2"), ("b", "<f8"), ("c", [("u", "u1"), ("v", "<i4")])])
rows = np.zeros(13, kind)
rows["a"], rows["b"], rows["c"]["u"], rows["c"]["v"] = ramp((13,), "i2"), ramp((13,), "f8"), range(13), ramp((13,), "i4")
structured = zarr.create_array(os.path.join(FOLDER, "rows"), shape=(13,), chunks=(4,), dtype=kind, zarr_format=2)
structured[...] = rows
fields("rows", structured, rows)

with open(os.path.join(OUT, "manifest-selections.json"), "w") as file:
    json.dump(entries, file)
