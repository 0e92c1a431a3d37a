"""usage: big_store.py FOLDER [SEPARATOR]

A group with one 4-D array of 100 x 10 x 32 x 32 chunks, 1,024,000 files of which four are deleted. zarr-python
writes the metadata and one chunk; the other files are copies of that chunk, since all hold the same values.
"""

import multiprocessing
import os
import sys

GRID = (100, 10, 32, 32)
ABSENT = [(3, 7, 30, 1), (41, 0, 0, 31), (77, 5, 16, 16), (99, 9, 31, 31)]


def fill(work):
    """Writes every chunk whose first index is in `indices`."""
    root, separator, chunk, indices = work
    for t in indices:
        for z in range(GRID[1]):
            for y in range(GRID[2]):
                stem = os.path.join(root, separator.join(map(str, ("c", t, z, y))))
                if separator == "/":
                    os.makedirs(stem, exist_ok=True)
                for x in range(GRID[3]):
                    file = os.open(f"{stem}{separator}{x}", os.O_CREAT | os.O_WRONLY, 0o644)
                    os.write(file, chunk)
                    os.close(file)


def main(folder, separator="/"):
    import zarr

    shape = tuple(2 * n if axis > 1 else n for axis, n in enumerate(GRID))
    group = zarr.create_group(folder, overwrite=True)
    array = group.create_array(
        "data",
        shape=shape,
        chunks=(1, 1, 2, 2),
        dtype="uint16",
        compressors=None,
        chunk_key_encoding={"name": "default", "separator": separator},
        dimension_names=["t", "z", "y", "x"],
    )
    array[0, 0, :2, :2] = 7
    root = os.path.join(folder, "data")
    with open(os.path.join(root, separator.join("c0000")), "rb") as file:
        chunk = file.read()
    parts = [(root, separator, chunk, range(start, GRID[0], 8)) for start in range(8)]
    with multiprocessing.Pool(2) as pool:
        pool.map(fill, parts)
    for index in ABSENT:
        os.remove(os.path.join(root, separator.join(map(str, ("c", *index)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
