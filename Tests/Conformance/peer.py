"""usage: peer.py NAME     Carries out what lines of JSON on standard input ask of one program, and answers
each on a line: `["done", answer]`, `["refused", message]` where the program says no, or
`["fell", message]` where it panics."""

import json
import os
import resource
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def packed(values):
    """Elements in C order: hexadecimal bytes, little-endian, or a list."""
    values = np.asarray(values)
    if values.dtype.kind in "OT":
        return [
            (
                list(v)
                if isinstance(v, bytes)
                else v if isinstance(v, (list, dict, type(None))) else str(v)
            )
            for v in values.ravel()
        ]
    if values.dtype.kind == "b":
        # What is not false is true, whatever byte stands for it.
        return (values.view("u1") != 0).tobytes().hex()
    values = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False)
    return values.tobytes().hex()


def parent(folder, node):
    return os.path.join(folder, node.strip("/")) if node.strip("/") else folder


class ZarrPython:
    def __init__(self):
        import zarr

        self.zarr = zarr
        self.version = zarr.__version__

    def array(self, folder, node, mode="r"):
        return self.zarr.open_array(parent(folder, node), mode=mode)

    def read(self, folder, node):
        array = self.array(folder, node)
        return list(array.shape), packed(array[...])

    def children(self, folder, node):
        return [name for name, _ in self.zarr.open_group(parent(folder, node), mode="r").members()]

    def write(self, folder, node, box, values, shape):
        array = self.array(folder, node, "r+")
        data = np.frombuffer(bytes.fromhex(values), array.dtype).reshape(shape)
        array[tuple(slice(*ends) for ends in box)] = data

    def resize(self, folder, node, shape):
        self.array(folder, node, "r+").resize(tuple(shape))

    def attribute(self, folder, node, name, value):
        self.array(folder, node, "r+").attrs[name] = value


class TensorStore:
    def __init__(self):
        import importlib.metadata

        import tensorstore

        self.tensorstore = tensorstore
        self.version = importlib.metadata.version("tensorstore")

    def array(self, folder, node):
        path = parent(folder, node) + "/"
        driver = "zarr3" if os.path.exists(path + "zarr.json") else "zarr"
        spec = {"driver": driver, "kvstore": {"driver": "file", "path": path}}
        return self.tensorstore.open(spec, open=True).result()

    def read(self, folder, node):
        array = self.array(folder, node)
        return list(array.shape), packed(array.read().result())

    def write(self, folder, node, box, values, shape):
        array = self.array(folder, node)
        data = np.frombuffer(bytes.fromhex(values), array.dtype.numpy_dtype).reshape(shape)
        array[tuple(slice(*ends) for ends in box)].write(data).result()

    def resize(self, folder, node, shape):
        self.array(folder, node).resize(exclusive_max=shape).result()


class Zarrs:
    def __init__(self):
        import importlib.metadata

        import zarrista
        from zarrista.store import FilesystemStore

        self.zarrista = zarrista
        self.store = FilesystemStore
        self.version = "(zarrista " + importlib.metadata.version("zarrista") + ")"

    def array(self, folder, node):
        return self.zarrista.Array.open(self.store(folder), node)

    def read(self, folder, node):
        array = self.array(folder, node)
        tensor = array.retrieve_array_subset(...)
        if hasattr(tensor, "buffer") and "bool" not in str(tensor.dtype):
            return list(array.shape), bytes(tensor.buffer()).hex()
        return list(array.shape), packed(tensor)

    def children(self, folder, node):
        paths = self.zarrista.Group.open(self.store(folder), node).child_paths()
        return [str(path).rsplit("/", 1)[-1] for path in paths]

    def write(self, folder, node, box, values, shape):
        array = self.array(folder, node)
        data = self.zarrista.ArrayBytes(bytes.fromhex(values))
        array.store_array_subset(tuple(slice(*ends) for ends in box), data)

    def resize(self, folder, node, shape):
        self.array(folder, node).with_shape(shape).store_metadata()

    def attribute(self, folder, node, name, value):
        array = self.array(folder, node)
        array.with_attrs({**array.attrs, name: value}).store_metadata()


def main():
    program = {"zarr-python": ZarrPython, "TensorStore": TensorStore, "zarrs": Zarrs}[sys.argv[1]]()
    deeds = [d for d in ("read", "children", "write", "resize", "attribute") if hasattr(program, d)]
    for line in sys.stdin:
        deed, *arguments = json.loads(line)
        try:
            if deed == "hello":
                answer = ["done", [program.version, deeds]]
            else:
                answer = ["done", getattr(program, deed)(*arguments)]
        except Exception as error:
            answer = ["refused", f"{type(error).__name__}: {error}"]
        except BaseException as error:
            # What Rust throws when it panics.
            answer = ["fell", f"panics: {error}"]
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


main()
