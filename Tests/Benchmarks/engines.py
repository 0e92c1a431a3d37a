"""usage: engines.py ENGINE ARRAY      Reads an array whole, once; prints the CPU seconds of the reading alone."""

import json
import os
import resource
import sys


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def zarr_python(path):
    import zarr

    array = zarr.open_array(path, mode="r")
    return lambda: array[...]


def zarr_python_zarrs(path):
    import zarr

    zarr.config.set({"codec_pipeline.path": "zarrs.ZarrsCodecPipeline"})
    array = zarr.open_array(path, mode="r")
    return lambda: array[...]


def tensorstore(path):
    import tensorstore as ts

    spec = {"driver": "zarr3", "kvstore": {"driver": "file", "path": path}}
    array = ts.open(spec, read=True).result()
    return lambda: array.read().result()


def zarrs(path):
    import numpy
    from zarrista import Array
    from zarrista.store import FilesystemStore

    array = Array.open(FilesystemStore(os.path.dirname(path)), "/" + os.path.basename(path))
    return lambda: numpy.asarray(array.retrieve_array_subset(...))


read = globals()[sys.argv[1]](sys.argv[2])
before = cpu()
values = read()
after = cpu()
probe = int(values.reshape(-1)[values.size // 2 + 12345])
print(json.dumps({"cpu": after - before, "probe": probe}))
