"""Arrays at random, each decided by its seed alone: a metadata document, what every element is, and
which chunks are absent. What a document says comes from the specifications, not from any program.
"""

import base64
import itertools
import math
import random

import numpy as np

from random_composed import Composed

INTEGERS = "int8 int16 int32 int64 uint8 uint16 uint32 uint64".split()
FLOATS = ["float16", "float32", "float64"]
# v3 name, or NumPy's code for v2, with how often it is taken.
KINDS = ["integer"] * 6 + ["float"] * 6 + ["complex"] * 2
KINDS += ["bool", "time", "time", "text", "bytes", "raw", "struct", "optional"]
# Types that NumPy has not, by the NumPy type of their packed bytes.
EXTENSIONS = {
    "bfloat16": "u2", "float8_e4m3": "u1", "float8_e5m2": "u1", "r16": "V2", "r24": "V3",
    "int4": "i1", "uint4": "u1", "int2": "i1", "uint2": "u1",
}  # fmt: skip
# Those of them that v2 has, by TensorStore's names.
EXTENSIONS_V2 = ["bfloat16", "float8_e5m2", "int2", "int4"]
UNITS = ["Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as"]
FIELDS = ["int8", "int16", "uint32", "int64", "float32", "float64", "bool", "complex64"]


class RandomArray(Composed):
    """One array: `document` (and `attributes` for v2), `values` as packed little-endian bytes or a list,
    and what a reader has to find."""

    def __init__(self, seed):
        self.seed = seed
        self.random = random.Random(seed)
        self.version = self.random.choice([2, 3, 3])
        self._shape()
        self._type()
        self._attributes()
        if self.version == 3:
            self._document_v3()
        else:
            self._document_v2()
        self._values()

    # -- shape -------------------------------------------------------------------------------------

    def _shape(self):
        pick = self.random
        rank = pick.choices([0, 1, 2, 3, 4], [1, 4, 5, 4, 1])[0]
        longest = {0: 0, 1: 40, 2: 14, 3: 8, 4: 5}[rank]
        self.shape = [0 if pick.random() < 0.03 else pick.randint(1, longest) for _ in range(rank)]
        self.levels = []
        self.edges = None
        self.chunks = [pick.randint(1, max(2, n // 2 + 1)) for n in self.shape]
        if self.version == 3 and rank and pick.random() < 0.45:
            # Shards, at times in shards: the innermost chunk first.
            self.levels = [self.chunks]
            for _ in range(pick.choices([1, 2], [4, 1])[0]):
                self.chunks = [n * pick.randint(1, 3) for n in self.chunks]
                self.levels.append(self.chunks)
            self.levels = self.levels[:-1][::-1]
        elif pick.random() < 0.1:
            self.chunks = [n + pick.randint(1, 9) for n in self.shape]
        elif self.version == 3 and rank and 0 not in self.shape and pick.random() < 0.25:
            self.edges = [self._cut(n) for n in self.shape]

    def _cut(self, length):
        """Lengths of chunks that differ, for a whole dimension."""
        lengths = []
        while sum(lengths) < length:
            longest = min(length - sum(lengths), length // 2 + 1)
            lengths += [self.random.randint(1, longest)] * self.random.choice([1, 1, 2, 3])
        while sum(lengths) > length:
            lengths[-1] -= min(lengths[-1], sum(lengths) - length)
            lengths = [n for n in lengths if n]
        return lengths

    @property
    def grid(self):
        if self.edges:
            return [len(lengths) for lengths in self.edges]
        return [-(-n // c) for n, c in zip(self.shape, self.chunks)]

    def box(self, index):
        """The elements of a stored chunk."""
        if self.edges:
            return tuple(slice(sum(e[:i]), sum(e[: i + 1])) for i, e in zip(index, self.edges))
        return tuple(slice(i * c, (i + 1) * c) for i, c in zip(index, self.chunks))

    def _grid_json(self):
        if not self.edges:
            return {"name": "regular", "configuration": {"chunk_shape": self.chunks}}
        dimensions = []
        for lengths in self.edges:
            runs = [[n, len(list(group))] for n, group in itertools.groupby(lengths)]
            short = [n if count == 1 else [n, count] for n, count in runs]
            dimensions.append(self.random.choice([lengths, short]))
        configuration = {"kind": "inline", "chunk_shapes": dimensions}
        return {"name": "rectilinear", "configuration": configuration}

    @property
    def inner(self):
        """The shape of the chunks in shards of the outer level, or None."""
        return self.levels[0] if self.levels else None

    # -- type and fill -----------------------------------------------------------------------------

    def _type(self):
        pick = self.random
        kind = pick.choice(KINDS)
        self.extension = self.value = None
        if kind == "integer":
            self.dtype = np.dtype(pick.choice(INTEGERS))
        elif kind == "float":
            self.dtype = np.dtype(pick.choice(FLOATS))
        elif kind == "complex":
            self.dtype = np.dtype(pick.choice(["complex64", "complex128"]))
        elif kind == "time":
            multiple = pick.choice([1, 1, 10, 25])
            self.dtype = np.dtype(f"{pick.choice('Mm')}8[{multiple}{pick.choice(UNITS)}]")
        elif kind == "text":
            self.dtype = np.dtype(f"U{pick.randint(1, 4)}") if pick.random() < 0.5 else None
        elif kind == "bytes":
            self.dtype = np.dtype(f"S{pick.randint(1, 5)}")
        elif kind == "raw" and self.version == 2 and pick.random() < 0.5:
            self.extension = pick.choice(EXTENSIONS_V2)
            self.dtype = np.dtype(EXTENSIONS[self.extension])
        elif kind == "raw" and self.version == 2:
            self.dtype = np.dtype(f"V{pick.randint(1, 5)}")
        elif kind == "raw":
            self.extension = pick.choice(sorted(EXTENSIONS))
            self.dtype = np.dtype(EXTENSIONS[self.extension])
        elif kind == "struct":
            names = [pick.choice(FIELDS) for _ in range(pick.randint(1, 4))]
            self.dtype = np.dtype([(f"f{i}", name) for i, name in enumerate(names)])
        elif kind == "optional" and self.version == 3:
            self.value = np.dtype(pick.choice(INTEGERS + FLOATS + ["bool"]))
            self.dtype = np.dtype(f"V{self.value.itemsize + 1}")
        else:
            self.dtype = np.dtype(bool)
        self.kind = "x" if self.extension else "O" if self.dtype is None else self.dtype.kind
        if self.kind == "V" and self.dtype.names:
            self.kind = "R"
        if self.value:
            self.kind = "Q"
        self.name = self._v3_name()
        self.fill, self.fill_json = self._fill()

    def _v3_name(self):
        if self.extension:
            return self.extension
        if self.kind == "O":
            return "string"
        if self.kind in "Mm":
            unit, multiple = np.datetime_data(self.dtype)
            name = {"M": "numpy.datetime64", "m": "numpy.timedelta64"}[self.kind]
            return {"name": name, "configuration": {"unit": unit, "scale_factor": multiple}}
        if self.kind == "R":
            types = ((name, self.dtype[name].name) for name in self.dtype.names)
            fields = [{"name": name, "data_type": type} for name, type in types]
            return {"name": "struct", "configuration": {"fields": fields}}
        if self.kind == "Q":
            value = {"name": self.value.name, "configuration": {}}
            return {"name": "zarrs.optional", "configuration": value}
        if self.kind == "U":
            size = {"length_bytes": self.dtype.itemsize}
            return {"name": "fixed_length_utf32", "configuration": size}
        if self.kind == "S":
            size = {"length_bytes": self.dtype.itemsize}
            return {"name": "null_terminated_bytes", "configuration": size}
        return self.dtype.name

    def _fill(self):
        """The fill value: one packed element (or a text), and its JSON."""
        pick = self.random
        size = 0 if self.dtype is None else self.dtype.itemsize
        if self.kind == "O":
            text = pick.choice(["", "gap", "é𝄞"])
            return text, text
        if self.extension:
            return self._extension_fill()
        if self.kind == "R":
            return self._struct_fill()
        if self.kind == "Q":
            if pick.random() < 0.5:
                return bytes(size), None
            value, text = self._plain(self.value)
            return value + b"\x01", [text]
        if self.kind in "iu":
            info = np.iinfo(self.dtype)
            value = pick.choice([0, 0, 1, info.max, info.min, pick.randint(info.min, info.max)])
            return np.array(value, self.dtype).tobytes(), int(value)
        if self.kind == "b":
            value = pick.random() < 0.3
            return bytes([value]), value
        if self.kind == "f":
            return self._float(self.dtype)
        if self.kind == "c":
            part = np.dtype("f4" if size == 8 else "f8")
            real, imaginary = self._float(part), self._float(part)
            return real[0] + imaginary[0], [real[1], imaginary[1]]
        if self.kind in "Mm":
            value = pick.choice([0, -1, pick.randint(-(2**40), 2**40), -(2**63)])
            return np.array(value, "<i8").tobytes(), value
        if self.kind == "U":
            text = pick.choice(["", "a", "é"])
            return np.array(text, self.dtype.newbyteorder("<")).tobytes(), text
        data = pick.choice([b"", b"x"]).ljust(size, b"\0")
        if self.kind == "V":
            data = pick.randbytes(size)
        return data, base64.standard_b64encode(data).decode()

    def _extension_fill(self):
        pick = self.random
        size = self.dtype.itemsize
        if self.extension[0] == "r":
            data = pick.randbytes(size)
            return data, list(data)
        if "int" in self.extension:
            value = pick.choice(self.range)
            return np.array(value, self.dtype).tobytes(), value
        value = pick.choice([0.0, 1.0, -2.0, "NaN"])
        bits = {
            "bfloat16": {0.0: 0, 1.0: 0x3F80, -2.0: 0xC000, "NaN": 0x7FC0},
            "float8_e4m3": {0.0: 0, 1.0: 0x38, -2.0: 0xC0, "NaN": 0x7C},
            "float8_e5m2": {0.0: 0, 1.0: 0x3C, -2.0: 0xC0, "NaN": 0x7E},
        }[self.extension][value]
        return bits.to_bytes(size, "little"), value

    @property
    def range(self):
        """The numbers that an integer of less than a byte has."""
        bits = int(self.extension[-1])
        return (
            range(1 << bits) if self.extension[0] == "u" else range(-(1 << bits - 1), 1 << bits - 1)
        )

    def _float(self, dtype):
        pick = self.random
        bits = dtype.itemsize * 8
        quiet = {16: 0x7E00, 32: 0x7FC00000, 64: 0x7FF8000000000000}[bits]
        value = pick.choice(
            [0, 0, "NaN", "Infinity", "-Infinity", "-0", 1.5, -2.0, "max", "payload"]
        )
        if value == "payload" and self.version == 3:
            pattern = quiet + pick.randint(1, 15) + (pick.randint(0, 1) << (bits - 1))
            digits = f"0x{pattern:0{bits // 4}x}"
            return pattern.to_bytes(bits // 8, "little"), digits
        if value in ("NaN", "payload"):
            return quiet.to_bytes(bits // 8, "little"), "NaN"
        number = {
            "Infinity": np.inf,
            "-Infinity": -np.inf,
            "-0": -0.0,
            "max": np.finfo(dtype).max,
        }.get(value, value)
        data = np.array(number, dtype.newbyteorder("<"))
        return data.tobytes(), value if value in ("Infinity", "-Infinity") else float(data)

    # -- attributes --------------------------------------------------------------------------------

    def _attributes(self):
        pick = self.random
        choices = {
            "title": "Zürich – 𝄞",
            "large": 9007199254740993,
            "list": [1, 2.5, None, {"deep": [True, []]}],
            "empty": {},
            "small": 1e-300,
            'key with "quotes" and \\': "\u0007\n",
        }
        names = pick.sample(sorted(choices), pick.randint(0, 4))
        self.attributes = {name: choices[name] for name in names}
        self.names = None
        if self.version == 3 and pick.random() < 0.4:
            self.names = [
                pick.choice([None, f"d{i}", "x" if i == 0 else f"é{i}"])
                for i in range(len(self.shape))
            ]

    # -- codecs ------------------------------------------------------------------------------------

    def _serializer(self):
        if self.kind == "O":
            return {"name": "vlen-utf8"}
        if self.kind == "S" or self.dtype.itemsize == 1 or (self.extension or "")[:1] == "r":
            return {"name": "bytes"}
        endian = self.random.choice(["little", "little", "big"])
        if self.kind == "Q":
            return self._optional_codec(endian)
        return {"name": "bytes", "configuration": {"endian": endian}}

    def _compressor(self):
        pick = self.random
        size = 1 if self.dtype is None or self.value else self.dtype.itemsize
        name = pick.choice(
            ["gzip", "zstd", "zstd", "blosc", "crc32c", "crc32c"] + ["numcodecs"] * 2
        )
        if name == "gzip":
            return {"name": "gzip", "configuration": {"level": pick.randint(0, 9)}}
        if name == "zstd":
            checksum = pick.random() < 0.5
            return {
                "name": "zstd",
                "configuration": {"level": pick.randint(-3, 9), "checksum": checksum},
            }
        if name == "crc32c":
            return {"name": "crc32c"}
        if name == "blosc":
            return {
                "name": "blosc",
                "configuration": {
                    "cname": pick.choice(["lz4", "lz4hc", "blosclz", "zstd", "zlib"]),
                    "clevel": pick.randint(0, 9),
                    "shuffle": pick.choice(["noshuffle", "shuffle", "bitshuffle"]),
                    "typesize": max(1, size),
                    "blocksize": pick.choice([0, 0, 256]),
                },
            }
        name = pick.choice(
            ["zlib", "bz2", "lzma", "lz4", "adler32", "crc32", "fletcher32", "shuffle"]
        )
        configuration = {
            "zlib": {"level": 1},
            "bz2": {"level": 1},
            "lzma": {"preset": 1, "format": 1, "check": -1, "filters": None},
            "lz4": {"acceleration": 1},
            "shuffle": {"elementsize": max(1, size)},
        }.get(name, {})
        return {"name": "numcodecs." + name, "configuration": configuration}

    def _chain(self, rank, outer=False):
        pick = self.random
        chain = []
        if not outer and rank > 1 and pick.random() < 0.3:
            order = list(range(rank))
            pick.shuffle(order)
            chain.append({"name": "transpose", "configuration": {"order": order}})
        if not outer:
            chain.append(self._serializer())
        # A shuffle moves the bytes of whole elements: it comes first or not at all.
        for place in range(pick.choices([0, 1, 2], [3, 5, 1])[0]):
            codec = self._compressor()
            if codec["name"] != "numcodecs.shuffle" or place == 0 and not outer:
                chain.append(codec)
        return chain

    def _document_v3(self):
        pick = self.random
        rank = len(self.shape)
        chain = self._chain(rank)
        for inner in reversed(self.levels):
            index = [{"name": "bytes", "configuration": {"endian": pick.choice(["little", "big"])}}]
            if pick.random() < 0.7:
                index.append({"name": "crc32c"})
            configuration = {"chunk_shape": inner, "codecs": chain, "index_codecs": index}
            location = pick.choice([None, "start", "end"])
            if location:
                configuration["index_location"] = location
            # The inner shape is of the array as the codecs before leave it: no transpose here.
            chain = [{"name": "sharding_indexed", "configuration": configuration}]
            if pick.random() < 0.1:
                chain += self._chain(rank, outer=True)
        style = pick.choice(["default", "default", "v2"])
        separator = pick.choice([None, "/", "."])
        encoding = {"name": style}
        if separator:
            encoding["configuration"] = {"separator": separator}
        self.encoding = ("c" if style == "default" else "") + (
            separator or {"default": "/", "v2": "."}[style]
        )
        self.document = {
            "zarr_format": 3,
            "node_type": "array",
            "shape": self.shape,
            "data_type": self.name,
            "chunk_grid": self._grid_json(),
            "chunk_key_encoding": encoding,
            "fill_value": self.fill_json,
            "codecs": chain,
            "attributes": self.attributes,
        }
        if self.names is not None:
            self.document["dimension_names"] = self.names

    def _document_v2(self):
        pick = self.random
        order = pick.choice("<>") if self.kind not in "bSVO" else "|"
        code = "|O" if self.dtype is None else order + self.dtype.str[1:]
        if self.kind == "R":
            code = self._struct_code()
        if self.extension:
            code = self.extension
        if self.kind in "iu" and self.dtype.itemsize == 1:
            code = self.dtype.str
        filters = [{"id": "vlen-utf8"}] if self.kind == "O" else []
        if self.kind in "iu" and pick.random() < 0.15:
            filters.append({"id": "delta", "dtype": code, "astype": code})
        if self.kind in "iufc" and pick.random() < 0.15:
            filters.append({"id": "shuffle", "elementsize": self.dtype.itemsize})
        if pick.random() < 0.1:
            filters.append({"id": pick.choice(["adler32", "crc32", "fletcher32"])})
        name = pick.choice([None, "zlib", "gzip", "bz2", "lzma", "lz4", "zstd", "blosc", "blosc"])
        compressor = {
            None: None,
            "lzma": {"id": "lzma", "format": 1, "check": -1, "preset": 1, "filters": None},
            "lz4": {"id": "lz4", "acceleration": 1},
            "zstd": {"id": "zstd", "level": 1} | pick.choice([{}, {"checksum": True}]),
            "blosc": {
                "id": "blosc",
                "cname": pick.choice(["lz4", "zstd", "blosclz", "zlib"]),
                "clevel": 5,
                "shuffle": pick.choice([0, 1, 2]),
                "blocksize": 0,
            },
        }.get(name, {"id": name, "level": 1})
        separator = pick.choice([None, ".", "/"])
        self.encoding = separator or "."
        self.document = {
            "zarr_format": 2,
            "shape": self.shape,
            "chunks": self.chunks,
            "dtype": code,
            "fill_value": None if pick.random() < 0.1 and self.kind in "biufc" else self.fill_json,
            "order": pick.choice("CF"),
            "filters": filters or None,
            "compressor": compressor,
        }
        if self.document["fill_value"] is None:
            self.fill = bytes(self.dtype.itemsize)
        if separator:
            self.document["dimension_separator"] = separator

    # -- values ------------------------------------------------------------------------------------

    def _values(self):
        """All elements, with some chunks left to the fill value."""
        pick = self.random
        count = math.prod(self.shape)
        data = np.random.default_rng(self.seed)
        if self.kind == "O":
            texts = ["", "plain", "naïve", "日本語", "𝄞 clef", "x" * 40]
            flat = np.array([pick.choice(texts) for _ in range(count)], object)
            fill = self.fill
        else:
            little = self.dtype.newbyteorder("<")
            flat = np.frombuffer(data.bytes(count * self.dtype.itemsize), little).copy()
            if self.extension and "int" in self.extension:
                flat = data.choice(np.array(self.range, self.dtype), count)
            elif self.kind == "b":
                flat = data.integers(0, 2, count).astype(bool)
            elif self.kind in "iu" and pick.random() < 0.5:
                flat = (np.arange(count) % 100).astype(self.dtype)
            elif self.kind == "U":
                flat = np.array([pick.choice(["", "a", "é𝄞", "zz"]) for _ in range(count)], little)
            elif self.kind == "S":
                flat = np.array(
                    [pick.choice([b"", b"a", b"bc", b"\xff"]) for _ in range(count)], little
                )
            elif self.kind == "R":
                flat = flat.copy()
                for name in (n for n in self.dtype.names if self.dtype[n].kind == "b"):
                    flat[name] = data.integers(0, 2, count).astype(bool)
            elif self.kind == "Q":
                flat = self._optional(data, count)
            fill = np.frombuffer(self.fill, little)[0] if self.dtype.itemsize else b""
        values = flat.reshape(self.shape)
        self.absent = []
        for index in np.ndindex(*self.grid):
            if pick.random() < 0.2:
                values[self.box(index)] = fill
                self.absent.append(list(index))
        if self.inner:
            for index in np.ndindex(*[-(-n // c) for n, c in zip(self.shape, self.inner)]):
                if pick.random() < 0.3:
                    box = tuple(slice(i * c, (i + 1) * c) for i, c in zip(index, self.inner))
                    values[box] = fill
        self.values = values

    @property
    def packed(self):
        """Every element in C order: bytes, or a list of texts."""
        if self.kind == "O":
            return [str(v) for v in self.values.ravel()]
        return np.ascontiguousarray(self.values).tobytes()

    def codec_names(self):
        """The names of all codecs, those in shards and of indexes included."""

        def names(chain):
            for codec in chain or []:
                name = codec if isinstance(codec, str) else codec.get("name") or codec.get("id")
                yield name
                configuration = {} if isinstance(codec, str) else codec.get("configuration") or {}
                yield from names(configuration.get("codecs"))
                yield from names(configuration.get("index_codecs"))

        if self.version == 3:
            return list(names(self.document["codecs"]))
        return list(
            names(
                (self.document["filters"] or [])
                + [self.document["compressor"]] * bool(self.document["compressor"])
            )
        )
