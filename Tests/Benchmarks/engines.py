"""usage: engines.py ENGINE WORK ARRAY [OUTPUT]

Does one piece of work with one program, once; prints its CPU seconds (the work's alone) and a value to compare with.

read    the array whole                   plane   [:, :, 5]
chunks  every chunk by itself             stride  [::16, ::16, ::16]
inner   4,096 inner chunks of the shards, one after another
write   the array, read beforehand, whole into OUTPUT, a new array with the same metadata
"""

import itertools
import json
import os
import resource
import sys

ENGINE, WORK, PATH = sys.argv[1:4]
INNER = 64
SELECTIONS = {
    "read": (slice(None),) * 3,
    "plane": (slice(None), slice(None), slice(5, 6)),
    "stride": (slice(None, None, 16),) * 3,
}


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def boxes(shape, chunks):
    """Where each chunk lies."""
    for corner in itertools.product(*(range(0, n, c) for n, c in zip(shape, chunks))):
        yield tuple(slice(at, at + c) for at, c in zip(corner, chunks))


class ZarrPython:
    def __init__(self):
        import zarr

        self.array = zarr.open_array(PATH, mode="r")

    def stored(self):
        return self.array.shards or self.array.chunks

    def select(self, selection):
        return self.array[selection]

    def output(self, folder):
        import shutil

        import zarr

        os.makedirs(folder)
        shutil.copy(os.path.join(PATH, "zarr.json"), folder)
        array = zarr.open_array(folder, mode="r+")

        def write(values):
            array[...] = values

        return write


class ZarrPythonZarrs(ZarrPython):
    def __init__(self):
        import zarr

        zarr.config.set({"codec_pipeline.path": "zarrs.ZarrsCodecPipeline"})
        super().__init__()


class TensorStore:
    def __init__(self):
        self.array = self.open(PATH)

    def open(self, path, **options):
        import tensorstore as ts

        driver = "zarr3" if os.path.exists(os.path.join(PATH, "zarr.json")) else "zarr"
        spec = {"driver": driver, "kvstore": {"driver": "file", "path": path}}
        return ts.open(spec, **(options or {"read": True})).result()

    def stored(self):
        return self.array.chunk_layout.write_chunk.shape

    def select(self, selection):
        return self.array[selection].read().result()

    def output(self, folder):
        array = self.open(folder, create=True, schema=self.array.schema, write=True)

        def write(values):
            array.write(values).result()

        return write


class Zarrs:
    def __init__(self):
        from zarrista import Array
        from zarrista.store import FilesystemStore

        self.array = Array.open(FilesystemStore(os.path.dirname(PATH)), "/" + os.path.basename(PATH))

    def stored(self):
        return self.array.chunk_shape([0] * len(self.array.shape))

    def select(self, selection):
        import numpy

        return numpy.asarray(self.array.retrieve_array_subset(selection))

    def output(self, folder):
        from zarrista import Array
        from zarrista.store import FilesystemStore

        with open(os.path.join(PATH, "zarr.json")) as file:
            metadata = json.load(file)
        os.makedirs(folder)
        array = Array.from_metadata(metadata, FilesystemStore(folder), "/")
        array.store_metadata()
        return lambda values: array.store_array_subset(..., values)


def work(engine):
    """The work, and how its probe comes from what it answers."""
    if WORK in SELECTIONS:
        return lambda: engine.select(SELECTIONS[WORK]), middle
    if WORK == "write":
        values = engine.select(SELECTIONS["read"])
        write = engine.output(sys.argv[4])
        return lambda: write(values) or values, middle
    side = (INNER,) * 3 if WORK == "inner" else tuple(engine.stored())
    places = list(boxes(engine.array.shape, side))
    if WORK == "inner":  # spread over the shards, as readers of many places would be
        places = [places[(n * 1531) % len(places)] for n in range(4096)]
    return lambda: sum(int(engine.select(place)[0, 0, 0]) for place in places), int


def middle(values):
    return int(values.reshape(-1)[values.size // 2 + min(12345, values.size // 3)])


chosen = {
    "zarr_python": ZarrPython, "zarr_python_zarrs": ZarrPythonZarrs, "tensorstore": TensorStore, "zarrs": Zarrs,
}  # fmt: skip
run, probe = work(chosen[ENGINE]())
before = cpu()
answer = run()
print(json.dumps({"cpu": cpu() - before, "probe": probe(answer)}))
