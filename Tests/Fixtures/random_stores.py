"""Random arrays, written by zarr-python, TensorStore and zarrs in turn.

usage: random_stores.py OUT COUNT [SEED]

OUT/random/stores/N is array N, OUT/random/values/N the elements in C order (packed bytes, or JSON of
texts), and OUT/random/manifest.json has for each array:

    seed        what `RandomArray` makes the array of
    document    the metadata that was asked for, with attributes (v2 too)
    writer      who wrote it
    total, present, absent, inner_total, inner_present    what a census has to count
"""

import json
import math
import os
import shutil
import struct
import sys
import warnings

import numpy as np

import peers
from fixture import key
from random_arrays import RandomArray

warnings.simplefilter("ignore")


def index_of(shard, codec, count):
    """The words of a shard's index, read by hand."""
    configuration = codec["configuration"]
    chain = configuration["index_codecs"]
    size = 16 * count + (4 if len(chain) > 1 else 0)
    start = configuration.get("index_location") == "start"
    data = shard[:size] if start else shard[-size:]
    order = {"little": "<", "big": ">"}[chain[0]["configuration"]["endian"]]
    return struct.unpack(f"{order}{2 * count}Q", data[: 16 * count])


def census(array, folder):
    """What is stored, counted from the files."""
    paths = {i: os.path.join(folder, key(i, array.encoding)) for i in np.ndindex(*array.grid)}
    present = [i for i, path in paths.items() if os.path.isfile(path)]
    counts = {
        "total": math.prod(array.grid),
        "present": len(present),
        "absent": [list(i) for i in paths if i not in set(present)],
    }
    codecs = array.document.get("codecs", [])
    if array.inner and len(codecs) == 1:
        # Inner chunks past the array's edge are in the index, and are none of the array's.
        inside = [s // i for s, i in zip(array.chunks, array.inner)]
        whole = [-(-n // i) for n, i in zip(array.shape, array.inner)]
        stored = 0
        for chunk in present:
            with open(paths[chunk], "rb") as file:
                words = index_of(file.read(), codecs[0], math.prod(inside))
            for number, place in enumerate(np.ndindex(*inside)):
                holds = all(c * n + p < w for c, n, p, w in zip(chunk, inside, place, whole))
                stored += holds and words[2 * number : 2 * number + 2] != (2**64 - 1,) * 2
        counts["inner_total"] = math.prod(whole)
        counts["inner_present"] = stored
    return counts


def main():
    out, count = os.path.join(sys.argv[1], "random"), int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    for folder in ("stores", "values"):
        os.makedirs(os.path.join(out, folder), exist_ok=True)
    entries, written = [], {peer.name: 0 for peer in peers.ALL}
    for number in range(count):
        array = RandomArray(first + number)
        document = {**array.document, "attributes": array.attributes}
        entry = {"id": number, "seed": array.seed, "document": document, "writer": None}
        with open(os.path.join(out, "values", str(number)), "wb") as file:
            values = array.packed
            file.write(values if isinstance(values, bytes) else json.dumps(values).encode())
        folder = os.path.join(out, "stores", str(number))
        # Each in turn, and the next one where one does not know a codec or a type.
        for peer in peers.ALL[number % 3 :] + peers.ALL[: number % 3]:
            if not peer.knows(array):
                continue
            os.makedirs(folder)
            peer.write(array, folder)
            if peer.read(folder).values != values:
                # It does not even read it itself: somebody else's mistake, said at the end.
                print(
                    f"seed {array.seed}: {peer.name} reads other values than it wrote",
                    file=sys.stderr,
                )
                shutil.rmtree(folder)
                continue
            if peer.name == "zarrs":
                # It signs its arrays.
                name = {2: ".zattrs", 3: "zarr.json"}[array.version]
                with open(os.path.join(folder, name)) as file:
                    found = json.load(file)
                document["attributes"] = found if array.version == 2 else found["attributes"]
            entry.update(writer=peer.name, **census(array, folder))
            written[peer.name] += 1
            break
        entries.append(entry)
    with open(os.path.join(out, "manifest.json"), "w") as file:
        json.dump(entries, file, indent=1)
    print("random stores:", ", ".join(f"{n} by {name}" for name, n in written.items()))


main()
