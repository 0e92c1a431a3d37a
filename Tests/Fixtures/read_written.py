"""usage: read_written.py PROGRAM STORE NODE=EXPECTED.npy...

Reads the arrays of STORE with PROGRAM (zarr, tensorstore or zarrs) and compares them with what the files hold,
bit by bit. Prints what differs; ends with 1 where something does.
"""

import os
import sys

import numpy as np


def zarr(store, node):
    import zarr

    return zarr.open_array(store, path=node.strip("/"), mode="r")[...]


def tensorstore(store, node):
    import tensorstore as ts

    path = os.path.join(store, node.strip("/"))
    driver = "zarr3" if os.path.exists(os.path.join(path, "zarr.json")) else "zarr"
    array = ts.open({"driver": driver, "kvstore": {"driver": "file", "path": path}}).result()
    return array.read().result()


def zarrs(store, node):
    import zarrista
    from zarrista.store import FilesystemStore

    array = zarrista.Array.open(FilesystemStore(store), "/" + node.strip("/"))
    return np.asarray(array.retrieve_array_subset(...))


def bits(values):
    values = np.ascontiguousarray(values)
    if values.dtype.kind in "OT":
        return [str(value) for value in values.ravel().tolist()]
    if values.dtype.names is None and values.dtype.byteorder == ">":
        values = values.astype(values.dtype.newbyteorder("<"))
    if values.dtype.names is not None:
        return values.ravel().tolist()
    return values.tobytes()


def problem(program, store, node, expected):
    """What is wrong with the array, or None."""
    try:
        values = globals()[program](store, node)
    except Exception as error:  # every program has exceptions of its own
        return f"{type(error).__name__}: {error}"
    wanted = np.load(expected)
    if wanted.dtype.kind == "U" and values.dtype.kind in "OT":
        wanted = wanted.astype(object)
    if values.shape != wanted.shape:
        return f"the shape is {values.shape}, not {wanted.shape}"
    if bits(values) != bits(wanted):
        return f"the values differ: {str(values)[:200]}"


def main(program, store, *arrays):
    problems = {}
    for array in arrays:
        node, expected = array.split("=")
        found = problem(program, store, node, expected)
        if found:
            problems[node] = found
    for node, found in problems.items():
        print(f"{node}: {found}")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main(*sys.argv[1:])
