"""usage: rectilinear.py OUT.zip

Arrays with chunks that differ in length, as zarr-python writes them; every element is its number in C order.
zarr-python has them behind a setting, in versions that need a newer Python than the other makers here: the
store lies beside this file as rectilinear.zip, made with Python 3.12 and

    pip install zarr==3.4.2
"""

import os
import sys
import tempfile
import zipfile

import numpy as np
import zarr

zarr.config.set({"array.rectilinear_chunks": True})


def make(group, name, shape, chunks, **options):
    array = group.create_array(name, shape=shape, chunks=chunks, dtype="int32", fill_value=-1, **options)
    array[...] = np.arange(np.prod(shape)).reshape(shape)
    return array


with tempfile.TemporaryDirectory() as folder:
    root = zarr.create_group(folder, zarr_format=3)
    make(root, "plain", (9, 10), [[2, 4, 3], [5, 5]])
    make(root, "runs", (12, 7), [[3, 3, 3, 1, 1, 1], [4, 2, 1]], compressors=None)
    make(root, "sharded", (12, 10), (2, 5), shards=[[4, 2, 6], [5, 5]])
    # What was written past the new end stays in its chunk, and the edge stays in the document.
    make(root, "shrunk", (9,), [[2, 4, 3]]).resize((5,))
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
        for parent, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                path = os.path.join(parent, name)
                member = zipfile.ZipInfo(os.path.relpath(path, folder))
                member.compress_type = zipfile.ZIP_DEFLATED
                with open(path, "rb") as file:
                    archive.writestr(member, file.read())
