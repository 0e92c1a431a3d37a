"""usage: documents.py OUT

Metadata documents that deviate from the specification in one way or two, or not at all, with what the package
zarr-metadata says of them: OUT/documents.json is a list of

    version         2 or 3
    text            the document
    deviations      what was changed in a document that is right
    valid           whether zarr-metadata finds nothing wrong, and knows every name in it
    problems        what it finds
"""

import copy
import json
import os
import random
import sys

from zarr_metadata import MetadataValidationError, ZarrV2ArrayMetadata, ZarrV3ArrayMetadata

OUT = sys.argv[1]
RANDOM = random.Random(20261122)
LITTLE = {"name": "bytes", "configuration": {"endian": "little"}}
BYTES = {"name": "bytes"}
SHARDS = {
    "name": "sharding_indexed",
    "configuration": {
        "chunk_shape": [2, 2],
        "codecs": [LITTLE],
        "index_codecs": [LITTLE, {"name": "crc32c"}],
        "index_location": "end",
    },
}
ABSENT = object()


class Bare:
    """A number that is written as this text."""

    def __init__(self, text):
        self.text = text


def named(name, **configuration):
    return {"name": name, "configuration": configuration}


def v3(data_type="int32", fill_value=0, codecs=(LITTLE,), **more):
    document = {
        "zarr_format": 3,
        "node_type": "array",
        "shape": [8, 6],
        "data_type": data_type,
        "chunk_grid": named("regular", chunk_shape=[4, 2]),
        "chunk_key_encoding": named("default", separator="/"),
        "fill_value": fill_value,
        "codecs": list(codecs),
        "attributes": {"units": "K", "deep": {"list": [1, None, True]}},
    }
    return document | more


def v2(dtype="<i4", fill_value=0, **more):
    document = {
        "zarr_format": 2,
        "shape": [8, 6],
        "chunks": [4, 2],
        "dtype": dtype,
        "compressor": {"id": "zlib", "level": 1},
        "fill_value": fill_value,
        "order": "C",
        "filters": None,
        "dimension_separator": ".",
    }
    return document | more


BASES_V3 = [
    v3(),
    v3("bool", False, [BYTES]),
    v3("uint8", 255, [BYTES, named("gzip", level=5)]),
    v3("float32", "NaN", [LITTLE, named("zstd", level=3, checksum=True)]),
    v3("float64", "-Infinity", [named("bytes", endian="big"), {"name": "crc32c"}]),
    v3("float16", 0.5),
    v3("complex64", [1, "NaN"]),
    v3("int64", -(2**63), dimension_names=["y", None]),
    v3("uint64", 2**64 - 1, storage_transformers=[]),
    v3("r24", [1, 2, 3], [BYTES]),
    v3("int16", 7, [named("transpose", order=[1, 0]), LITTLE]),
    v3(
        "int32",
        1,
        [LITTLE, named("blosc", cname="lz4", clevel=5, shuffle="shuffle", typesize=4, blocksize=0)],
    ),
    v3("int32", 1, [SHARDS], chunk_grid=named("regular", chunk_shape=[4, 2])),
    v3("int8", -1, ["bytes"], chunk_key_encoding="v2"),
    v3(chunk_grid=named("rectilinear", kind="inline", chunk_shapes=[[[2, 2], 4], 3])),
    v3(named("numpy.datetime64", unit="s", scale_factor=1), "NaT"),
]
BASES_V2 = [
    v2(),
    v2("|b1", True, compressor=None),
    v2(">f4", "NaN", order="F"),
    v2("<f8", -0.5, dimension_separator="/"),
    v2("|u1", None, compressor={"id": "zstd", "level": 3}),
    v2("<c8", [0.0, 1.0], compressor={"id": "gzip", "level": 1}),
    v2("<M8[ns]", 0),
    v2("|S4", "AAAAAA==", compressor={"id": "bz2", "level": 1}),
    v2(
        "<i2", 3, compressor={"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1, "blocksize": 0}
    ),
    v2([["a", "<i2"], ["b", "<f4"]], "AAAAAAAA"),
    v2(filters=[{"id": "delta", "dtype": "<i4"}]),
]


def put(*path):
    """A deviation: sets what stands at the path before the last word, or takes it away."""
    *keys, value = path

    def change(document):
        place = document
        for key in keys[:-1]:
            place = place[key]
        if value is ABSENT:
            del place[keys[-1]]
        else:
            place[keys[-1]] = value

    return change


def codecs(*chain):
    return put("codecs", list(chain))


def grid(*lengths):
    return put("chunk_grid", named("regular", chunk_shape=list(lengths)))


def runs(*shapes):
    return put("chunk_grid", named("rectilinear", kind="inline", chunk_shapes=list(shapes)))


def fill(data_type, value, *chain):
    def change(document):
        document.update(data_type=data_type, fill_value=value, codecs=list(chain) or [LITTLE])

    return change


def dtype(value, fill_value=None, **more):
    def change(document):
        document.update(dtype=value, fill_value=fill_value, **more)

    return change


BLOSC = {"cname": "lz4", "clevel": 5, "shuffle": "shuffle", "typesize": 4, "blocksize": 0}
DEVIATIONS_V3 = {
    "nothing": lambda document: None,
    "no shape": put("shape", ABSENT),
    "no data_type": put("data_type", ABSENT),
    "no chunk_grid": put("chunk_grid", ABSENT),
    "no chunk_key_encoding": put("chunk_key_encoding", ABSENT),
    "no fill_value": put("fill_value", ABSENT),
    "no codecs": put("codecs", ABSENT),
    "no node_type": put("node_type", ABSENT),
    "no zarr_format": put("zarr_format", ABSENT),
    "no attributes": put("attributes", ABSENT),
    "zarr_format 2": put("zarr_format", 2),
    "zarr_format text": put("zarr_format", "3"),
    "zarr_format 3.0": put("zarr_format", Bare("3.0")),
    "node_type group": put("node_type", "Array"),
    "shape negative": put("shape", [-8, 6]),
    "shape fraction": put("shape", [Bare("8.5"), 6]),
    "shape 8.0": put("shape", [Bare("8.0"), 6]),
    "shape text": put("shape", ["8", 6]),
    "shape true": put("shape", [True, 6]),
    "shape number": put("shape", 8),
    "shape null": put("shape", None),
    "shape zero": put("shape", [0, 6]),
    "shape other rank": put("shape", [8, 6, 4]),
    "chunk_shape zero": grid(0, 2),
    "chunk_shape negative": grid(4, -2),
    "chunk_shape other rank": grid(4),
    "chunk_shape fraction": grid(4, Bare("2.5")),
    "chunk_shape larger than shape": grid(400, 200),
    "chunk_shape absent": put("chunk_grid", named("regular")),
    "grid name alone": put("chunk_grid", "regular"),
    "grid without name": put("chunk_grid", {"configuration": {"chunk_shape": [4, 2]}}),
    "grid null": put("chunk_grid", None),
    "grid unknown": put("chunk_grid", named("hexagonal", chunk_shape=[4, 2])),
    "grid must_understand false": put(
        "chunk_grid", named("regular", chunk_shape=[4, 2]) | {"must_understand": False}
    ),
    "grid extra member": put("chunk_grid", named("regular", chunk_shape=[4, 2]) | {"more": 1}),
    "grid extra configuration": put("chunk_grid", named("regular", chunk_shape=[4, 2], more=1)),
    "runs": runs([[4, 2]], [2, 2, 2]),
    "runs too short": runs([4], [2, 2, 2]),
    "runs past the end": runs([[4, 5]], [2, 2, 2]),
    "runs zero": runs([[4, 0]], 2),
    "runs length zero": runs([0, 8], 2),
    "runs of three": runs([[4, 2, 1]], 2),
    "runs other rank": runs([[4, 2]]),
    "runs without kind": put("chunk_grid", named("rectilinear", chunk_shapes=[4, 2])),
    "runs other kind": put("chunk_grid", named("rectilinear", kind="outline", chunk_shapes=[4, 2])),
    "keys by name": put("chunk_key_encoding", "default"),
    "keys v2": put("chunk_key_encoding", named("v2", separator=".")),
    "keys without configuration": put("chunk_key_encoding", {"name": "default"}),
    "keys separator": put("chunk_key_encoding", named("default", separator="-")),
    "keys separator null": put("chunk_key_encoding", named("default", separator=None)),
    "keys unknown": put("chunk_key_encoding", "flat"),
    "keys must_understand false": put(
        "chunk_key_encoding", {"name": "default", "must_understand": False}
    ),
    "fill null": put("fill_value", None),
    "fill object": put("fill_value", {"a": 1}),
    "fill int 1.0": fill("int32", Bare("1.0")),
    "fill int 1e2": fill("int32", Bare("1e2")),
    "fill int 1.5": fill("int32", Bare("1.5")),
    "fill int text": fill("int32", "1"),
    "fill int true": fill("int32", True),
    "fill int8 300": fill("int8", 300, BYTES),
    "fill int8 -129": fill("int8", -129, BYTES),
    "fill uint8 -1": fill("uint8", -1, BYTES),
    "fill uint64 2^64": fill("uint64", 2**64),
    "fill uint64 2^64 - 1": fill("uint64", 2**64 - 1),
    "fill bool 0": fill("bool", 0, BYTES),
    "fill bool text": fill("bool", "true", BYTES),
    "fill float text": fill("float32", "1.0"),
    "fill float nan": fill("float32", "nan"),
    "fill float +Infinity": fill("float32", "+Infinity"),
    "fill float bits": fill("float32", "0x7fc00001"),
    "fill float few bits": fill("float32", "0x7fc0"),
    "fill float capital bits": fill("float64", "0X7FF8000000000000"),
    "fill float true": fill("float32", True),
    "fill float 1e400": fill("float64", Bare("1e400")),
    "fill float whole": fill("float64", 7),
    "fill complex": fill("complex128", [1.5, "Infinity"]),
    "fill complex of one": fill("complex128", [1.5]),
    "fill complex number": fill("complex128", 1.5),
    "fill complex text": fill("complex128", ["1", 2]),
    "fill r16": fill("r16", [1, 2], BYTES),
    "fill r16 short": fill("r16", [1], BYTES),
    "fill r16 large": fill("r16", [1, 256], BYTES),
    "fill time text": fill(named("numpy.datetime64", unit="s", scale_factor=1), "2020-01-01"),
    "fill time fraction": fill(named("numpy.datetime64", unit="s", scale_factor=1), Bare("1.5")),
    "type unknown": put("data_type", "int128"),
    "type r7": fill("r7", [1], BYTES),
    "type r0": fill("r0", [], BYTES),
    "type object": fill({"name": "int32"}, 1),
    "type null": put("data_type", None),
    "type v2": put("data_type", "<i4"),
    "type must_understand false": fill({"name": "int32", "must_understand": False}, 1),
    "type time unit": fill(named("numpy.datetime64", unit="parsec", scale_factor=1), 0),
    "type time scale 0": fill(named("numpy.datetime64", unit="s", scale_factor=0), 0),
    "type time no scale": fill(named("numpy.datetime64", unit="s"), 0),
    "codecs empty": codecs(),
    "codecs object": put("codecs", LITTLE),
    "codecs null": put("codecs", None),
    "codecs without bytes": codecs(named("gzip", level=5)),
    "codecs bytes twice": codecs(LITTLE, LITTLE),
    "codecs gzip first": codecs(named("gzip", level=5), LITTLE),
    "codecs transpose last": codecs(LITTLE, named("transpose", order=[1, 0])),
    "codecs unknown": codecs(LITTLE, {"name": "mystery"}),
    "codecs unknown, not to be understood": codecs(
        LITTLE, {"name": "mystery", "must_understand": False}
    ),
    "codec without name": codecs(LITTLE, {"configuration": {}}),
    "codec null": codecs(LITTLE, None),
    "codec number": codecs(LITTLE, 5),
    "codec by name": codecs(LITTLE, "crc32c"),
    "codec empty configuration": codecs(LITTLE, named("crc32c")),
    "codec configuration null": codecs(LITTLE, {"name": "crc32c", "configuration": None}),
    "codec configuration list": codecs(LITTLE, {"name": "crc32c", "configuration": []}),
    "bytes without endian, int32": fill("int32", 0, BYTES),
    "bytes without endian, uint8": fill("uint8", 0, BYTES),
    "bytes endian middle": fill("int32", 0, named("bytes", endian="middle")),
    "bytes endian null": fill("int32", 0, named("bytes", endian=None)),
    "bytes endian of uint8": fill("uint8", 0, LITTLE),
    "gzip without level": codecs(LITTLE, named("gzip")),
    "gzip level 10": codecs(LITTLE, named("gzip", level=10)),
    "gzip level text": codecs(LITTLE, named("gzip", level="5")),
    "zstd without checksum": codecs(LITTLE, named("zstd", level=3)),
    "zstd without level": codecs(LITTLE, named("zstd", checksum=False)),
    "zstd level 99": codecs(LITTLE, named("zstd", level=99, checksum=False)),
    "zstd checksum 1": codecs(LITTLE, named("zstd", level=3, checksum=1)),
    "transpose by letter": codecs(named("transpose", order="F"), LITTLE),
    "transpose twice 0": codecs(named("transpose", order=[0, 0]), LITTLE),
    "transpose short": codecs(named("transpose", order=[0]), LITTLE),
    "transpose out of range": codecs(named("transpose", order=[0, 2]), LITTLE),
    "transpose without order": codecs(named("transpose"), LITTLE),
    "blosc without typesize": codecs(
        LITTLE, named("blosc", **{k: v for k, v in BLOSC.items() if k != "typesize"})
    ),
    "blosc noshuffle without typesize": codecs(
        LITTLE, named("blosc", cname="lz4", clevel=5, shuffle="noshuffle", blocksize=0)
    ),
    "blosc shuffle 1": codecs(LITTLE, named("blosc", **(BLOSC | {"shuffle": 1}))),
    "blosc clevel 10": codecs(LITTLE, named("blosc", **(BLOSC | {"clevel": 10}))),
    "blosc cname": codecs(LITTLE, named("blosc", **(BLOSC | {"cname": "lz5"}))),
    "blosc without clevel": codecs(
        LITTLE, named("blosc", **{k: v for k, v in BLOSC.items() if k != "clevel"})
    ),
    "blosc blocksize negative": codecs(LITTLE, named("blosc", **(BLOSC | {"blocksize": -1}))),
    "shards": codecs(SHARDS),
    "dimension_names": put("dimension_names", ["y", "x"]),
    "dimension_names null": put("dimension_names", None),
    "dimension_names short": put("dimension_names", ["y"]),
    "dimension_names number": put("dimension_names", [1, None]),
    "dimension_names text": put("dimension_names", "yx"),
    "dimension_names twice": put("dimension_names", ["x", "x"]),
    "attributes null": put("attributes", None),
    "attributes list": put("attributes", []),
    "attributes NaN": put("attributes", {"a": Bare("NaN")}),
    "storage_transformers": put("storage_transformers", [{"name": "mystery"}]),
    "storage_transformers, not to be understood": put(
        "storage_transformers", [{"name": "mystery", "must_understand": False}]
    ),
    "storage_transformers null": put("storage_transformers", None),
    "storage_transformers object": put("storage_transformers", {}),
    "extra": put("extra", 1),
    "extra to be understood": put("extra", {"must_understand": True}),
    "extra not to be understood": put("extra", {"must_understand": False}),
    "extra named, not to be understood": put("extra", {"name": "x", "must_understand": False}),
}


def shards(**changes):
    configuration = {**SHARDS["configuration"], **changes}
    configuration = {key: value for key, value in configuration.items() if value is not ABSENT}
    shard = {"name": "sharding_indexed", "configuration": configuration}

    def change(document):
        document.update(data_type="int32", fill_value=0, codecs=[shard])
        document["chunk_grid"] = named("regular", chunk_shape=[4, 2])

    return change


DEVIATIONS_V3 |= {
    "shards that do not divide": shards(chunk_shape=[3, 2]),
    "shards of another rank": shards(chunk_shape=[2]),
    "shards of zero": shards(chunk_shape=[0, 2]),
    "shards larger than chunks": shards(chunk_shape=[8, 2]),
    "shards without codecs": shards(codecs=ABSENT),
    "shards with no codec": shards(codecs=[]),
    "shards without index_codecs": shards(index_codecs=ABSENT),
    "shards with a compressed index": shards(index_codecs=[LITTLE, named("gzip", level=5)]),
    "shards at start": shards(index_location="start"),
    "shards in the middle": shards(index_location="middle"),
    "shards without index_location": shards(index_location=ABSENT),
    "shards without bytes inside": shards(codecs=[named("gzip", level=5)]),
    "shards with bytes without endian": shards(codecs=[BYTES]),
}

DEVIATIONS_V2 = {
    "v2 nothing": lambda document: None,
    **{f"v2 no {key}": put(key, ABSENT) for key in v2() if key != "attributes"},
    "v2 zarr_format 3": put("zarr_format", 3),
    "v2 shape negative": put("shape", [-8, 6]),
    "v2 shape text": put("shape", ["8", 6]),
    "v2 shape fraction": put("shape", [Bare("8.5"), 6]),
    "v2 chunks zero": put("chunks", [0, 2]),
    "v2 chunks short": put("chunks", [4]),
    "v2 chunks negative": put("chunks", [4, -2]),
    "v2 chunks true": put("chunks", True),
    "v2 chunks null": put("chunks", None),
    "v2 order K": put("order", "K"),
    "v2 order null": put("order", None),
    "v2 order c": put("order", "c"),
    "v2 separator": put("dimension_separator", "-"),
    "v2 separator null": put("dimension_separator", None),
    "v2 filters empty": put("filters", []),
    "v2 filters object": put("filters", {"id": "delta", "dtype": "<i4"}),
    "v2 filter without id": put("filters", [{"dtype": "<i4"}]),
    "v2 filter unknown": put("filters", [{"id": "mystery"}]),
    "v2 filter null": put("filters", [None]),
    "v2 compressor without id": put("compressor", {"level": 1}),
    "v2 compressor text": put("compressor", "zlib"),
    "v2 compressor list": put("compressor", []),
    "v2 compressor unknown": put("compressor", {"id": "mystery"}),
    "v2 zlib without level": put("compressor", {"id": "zlib"}),
    "v2 zlib level 99": put("compressor", {"id": "zlib", "level": 99}),
    "v2 blosc shuffle -1": put(
        "compressor", {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": -1, "blocksize": 0}
    ),
    "v2 blosc shuffle text": put(
        "compressor", {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": "shuffle"}
    ),
    "v2 blosc cname": put("compressor", {"id": "blosc", "cname": "lz5", "clevel": 5, "shuffle": 1}),
    "v2 dtype without order": dtype("i4", 0),
    "v2 dtype int32": dtype("int32", 0),
    "v2 dtype <i1": dtype("<i1", 0),
    "v2 dtype |i4": dtype("|i4", 0),
    "v2 dtype <i3": dtype("<i3", 0),
    "v2 dtype <f2": dtype("<f2", 0.0),
    "v2 dtype number": dtype(4, 0),
    "v2 dtype empty list": dtype([], None),
    "v2 dtype field without type": dtype([["a"]], None),
    "v2 dtype sub-array": dtype([["a", "<i2", [2]]], None),
    "v2 dtype nested": dtype([["a", [["b", "<i2"]]]], None),
    "v2 dtype same field twice": dtype([["a", "<i2"], ["a", "<i2"]], None),
    "v2 dtype time": dtype("<m8[10ms]", 0),
    "v2 dtype time without unit": dtype("<M8", 0),
    "v2 dtype time unit": dtype("<M8[parsec]", 0),
    "v2 dtype text": dtype("<U4", ""),
    "v2 dtype object": dtype("|O", "", filters=[{"id": "vlen-utf8"}]),
    "v2 dtype object without codec": dtype("|O", ""),
    "v2 dtype void": dtype("|V3", "AAAA"),
    "v2 dtype S0": dtype("|S0", None),
    "v2 fill null": put("fill_value", None),
    "v2 fill int fraction": dtype("<i4", Bare("1.5")),
    "v2 fill int 1.0": dtype("<i4", Bare("1.0")),
    "v2 fill int text": dtype("<i4", "1"),
    "v2 fill int8 300": dtype("|i1", 300),
    "v2 fill float NaN": dtype("<f4", "NaN"),
    "v2 fill float nan": dtype("<f4", "nan"),
    "v2 fill float bare NaN": dtype("<f4", Bare("NaN")),
    "v2 fill float bits": dtype("<f4", "0x7fc00000"),
    "v2 fill bool 0": dtype("|b1", 0),
    "v2 fill S text": dtype("|S4", "ab*"),
    "v2 fill S short": dtype("|S4", "AAA="),
    "v2 fill S long": dtype("|S2", "AAAAAA=="),
    "v2 fill struct number": dtype([["a", "<i2"]], 0),
    "v2 fill struct short": dtype([["a", "<i2"]], "AA=="),
    "v2 fill object": dtype("<i4", {"a": 1}),
    "v2 extra": put("extra", 1),
    "v2 node_type": put("node_type", "array"),
}


def text(value):
    """The JSON text, with bare numbers as they are."""
    if isinstance(value, Bare):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(text(v) for v in value) + "]"
    return json.dumps(value)


def problems(version, document):
    """What zarr-metadata finds wrong, and names that it does not know."""
    reader = ZarrV3ArrayMetadata if version == 3 else ZarrV2ArrayMetadata
    try:
        read = reader.from_json(json.loads(document))
    except MetadataValidationError as error:
        return str(error)
    unknown = [".".join(map(str, place)) for place in read.unclaimed_fields]
    return "not known: " + ", ".join(unknown) if unknown else ""


def made(version, base, names, deviations):
    document = copy.deepcopy(base)
    for name in names:
        try:
            deviations[name](document)
        except (KeyError, TypeError, IndexError):
            return None
    whole = text(document)
    found = problems(version, whole)
    return {
        "version": version,
        "text": whole,
        "deviations": names,
        "valid": not found,
        "problems": found,
    }


entries = []
for version, bases, deviations in (3, BASES_V3, DEVIATIONS_V3), (2, BASES_V2, DEVIATIONS_V2):
    entries += [made(version, base, [], deviations) for base in bases]
    for name in deviations:
        entries += [made(version, base, [name], deviations) for base in RANDOM.sample(bases, 3)]
    for _ in range(150):
        pair = RANDOM.sample(list(deviations), 2)
        entries.append(made(version, RANDOM.choice(bases), pair, deviations))
entries = [entry for entry in entries if entry]
with open(os.path.join(OUT, "documents.json"), "w") as file:
    json.dump(entries, file, indent=1)
