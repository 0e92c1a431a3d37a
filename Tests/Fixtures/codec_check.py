"""usage: codec_check.py ZSCOPE [SUITE]

What `zscope codec encode` makes of arrays is decoded by numcodecs and compared, and the other way round. With
the folder of numcodecs' own fixtures, every file in it is decoded and compared with the array beside it. Prints
how many of each were the same; anything else ends it with a message.
"""

import base64
import json
import math
import os
import subprocess
import sys
import tempfile

import numcodecs
import numpy as np

zscope = sys.argv[1]
suite = sys.argv[2] if len(sys.argv) > 2 else None
scratch = tempfile.TemporaryDirectory()


def path(name):
    return os.path.join(scratch.name, name)


def run(*arguments):
    done = subprocess.run([zscope, "codec", *arguments], capture_output=True)
    if done.returncode != 0:
        sys.exit(f"zscope codec {' '.join(arguments)}: {done.stderr.decode()}")
    return done.stdout


def config_file(config):
    with open(path("config.json"), "w") as file:
        json.dump(config, file)
    return path("config.json")


def packed(array):
    array = np.ascontiguousarray(array)
    return array.astype(array.dtype.newbyteorder("<")).tobytes()


def arrays():
    random = np.random.default_rng(7)
    yield np.arange(1000, dtype="i4")
    yield np.linspace(1000, 1001, 1000, dtype="f8").reshape(100, 10)
    yield random.normal(1000, 1, (5, 10, 20)).astype("f4")
    yield random.integers(0, 2**63, (10, 10, 10), dtype="u8")
    yield random.integers(0, 2**16, 300).astype("u2").reshape(3, 100)
    yield random.integers(0, 2, (7, 9)).astype(bool)
    yield np.zeros((20, 20), dtype="i8")


BYTES = [
    {"id": "zlib", "level": 1}, {"id": "gzip", "level": 9}, {"id": "bz2", "level": 1}, {"id": "zstd", "level": 1},
    {"id": "zstd", "level": 22, "checksum": True}, {"id": "lz4", "acceleration": 1}, {"id": "lz4", "acceleration": 9},
    {"id": "lzma", "format": 1, "check": 4, "preset": 1}, {"id": "lzma", "format": 2, "check": -1, "preset": 0},
    {"id": "lzma", "format": 3, "check": -1, "filters": [{"id": 3, "dist": 4}, {"id": 33, "preset": 1}]},
    {"id": "blosc", "cname": "lz4", "clevel": 1, "shuffle": 0}, {"id": "blosc", "cname": "zstd", "clevel": 5, "shuffle": 1},
    {"id": "blosc", "cname": "blosclz", "clevel": 9, "shuffle": 2}, {"id": "blosc", "cname": "zlib", "shuffle": 1},
    {"id": "blosc", "cname": "lz4hc", "clevel": 3, "shuffle": -1}, {"id": "shuffle", "elementsize": 4},
    {"id": "crc32"}, {"id": "crc32", "location": "end"}, {"id": "crc32c", "location": "end"},
    {"id": "crc32c", "location": "start"}, {"id": "adler32"}, {"id": "fletcher32"},
    {"id": "jenkins_lookup3", "initval": 3}, {"id": "base64"},
]  # fmt: skip


def numbers(array):
    """The codecs that look at what an array holds, and the array that they are for."""
    kind, size = array.dtype.kind, array.dtype.itemsize
    name = array.dtype.str
    if kind in "iu":
        yield {"id": "delta", "dtype": name}
        if name != "<u8":  # numcodecs adds those as floats
            yield {"id": "delta", "dtype": name, "astype": "<i8"}
        yield {"id": "astype", "encode_dtype": "<f8", "decode_dtype": name}
    if kind == "f":
        yield {"id": "delta", "dtype": name}
        yield {"id": "astype", "encode_dtype": "<f4", "decode_dtype": name}
        yield {"id": "bitround", "keepbits": 5}
        yield {"id": "quantize", "digits": 2, "dtype": name, "astype": "<f4"}
        yield {"id": "fixedscaleoffset", "offset": 1000, "scale": 100, "dtype": name, "astype": "<i2"}
    if kind == "b":
        yield {"id": "packbits"}
    if kind in "if" and size >= 4:
        yield {"id": "zfpy", "mode": 4, "tolerance": -1, "rate": -1, "precision": -1}
    if kind == "f":
        for mode in [{"mode": 4, "tolerance": 0.01}, {"mode": 2, "rate": 9.5}, {"mode": 3, "precision": 17}]:
            yield {"id": "zfpy", "tolerance": -1, "rate": -1, "precision": -1, **mode}


def round_trips():
    count = 0
    for array in arrays():
        np.save(path("array.npy"), array)
        for config in BYTES + list(numbers(array)):
            if config["id"] in ("shuffle", "fletcher32") and array.nbytes % 4:
                continue
            codec = numcodecs.get_codec(dict(config))
            theirs = bytes(codec.encode(array))
            expected = packed(np.frombuffer(np.ascontiguousarray(codec.decode(theirs)), array.dtype))
            file = config_file(config)
            ours = run("encode", "--config", file, path("array.npy"))
            decoded = np.ascontiguousarray(codec.decode(ours)).tobytes()
            if decoded != expected:
                sys.exit(f"numcodecs decodes what {config} made of {array.dtype}{array.shape} to something else")
            with open(path("theirs"), "wb") as out:
                out.write(theirs)
            shape = ",".join(map(str, array.shape))
            back = run("decode", "--config", file, "--dtype", array.dtype.str, "--shape", shape, path("theirs"))
            if back != expected:
                sys.exit(f"{config} of {array.dtype}{array.shape} decodes to something else")
            count += 1
    return count


OBJECTS = [
    ({"id": "vlen-utf8"}, ["", "a", "Zürich", "東京"]),
    ({"id": "vlen-bytes"}, [b"", b"\0", b"\xff\xfe", b"abc"]),
    ({"id": "vlen-array", "dtype": "<i4"}, [[1, 2], [], [-3], [4, 5, 6]]),
    ({"id": "json2"}, ["a", None, 1.5, {"b": [True, {}]}]),
    ({"id": "msgpack2"}, ["a", None, 1.5, {"b": [True, 7]}]),
    ({"id": "categorize", "labels": ["a", "b"], "dtype": "|O", "astype": "|u1"}, ["b", "", "a", "a"]),
]


LISTS = ("json", "json2", "msgpack", "msgpack2")


def plain(value):
    """A value as JSON has it."""
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, np.ndarray):
        return [plain(v) for v in value.tolist()]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


def objects():
    count = 0
    for config, values in OBJECTS:
        array = np.empty(4, dtype=object)
        for place, value in enumerate(values):
            array[place] = np.array(value, dtype="i4") if config["id"] == "vlen-array" else value
        codec = numcodecs.get_codec(dict(config))
        file = config_file(config)
        given = [base64.b64encode(v).decode() if isinstance(v, bytes) else v for v in values]
        with open(path("given.json"), "w") as out:
            json.dump(given, out)
        ours = run("encode", "--config", file, path("given.json"))
        if [plain(v) for v in codec.decode(ours)] != [plain(v) for v in values]:
            sys.exit(f"numcodecs decodes what {config} made of {values} to something else")
        with open(path("theirs"), "wb") as out:
            out.write(codec.encode(array))
        back = json.loads(run("decode", "--config", file, "--shape", "4", "--format", "json", path("theirs")))
        if back["values"] != [plain(v) for v in values]:
            sys.exit(f"{config} of {values} decodes to {back['values']}")
        count += 1
    return count


def fixtures():
    """Every encoded file beside an array; and how many files of each codec are not read, with the reason."""
    listed = json.loads(run("list", "--json"))
    reasons = {name: codec["summary"] for codec in listed if not codec["read"] for name in codec["v2"]}
    same, unread = 0, {}
    for folder, _, files in sorted(os.walk(suite)):
        for name in sorted(f for f in files if f.endswith(".dat")):
            with open(os.path.join(folder, "config.json")) as file:
                config = json.load(file)
            if config["id"] in reasons:
                unread[config["id"]] = unread.get(config["id"], 0) + 1
                continue
            number = name.removeprefix("encoded.").removesuffix(".dat")
            array = np.load(os.path.join(folder, "..", f"array.{number}.npy"), allow_pickle=True)
            same += fixture(os.path.join(folder, name), config, array)
    return same, unread


def fixture(encoded, config, array):
    arguments = ["--config", os.path.join(os.path.dirname(encoded), "config.json")]
    if array.dtype == object or config["id"] in LISTS:
        shape = ",".join(map(str, array.shape))
        text = run("decode", *arguments, "--shape", shape, "--format", "json", encoded)
        # Lists are nested as the array is; the others take elements as they lie in memory.
        order = "C" if config["id"] in LISTS else "A"
        values, wanted = json.loads(text)["values"], [plain(v) for v in array.ravel(order)]
        if config["id"] == "categorize":
            wanted = [v if v in config["labels"] else "" for v in wanted]
        if not same_objects(values, wanted):
            sys.exit(f"{encoded} decodes to {values[:5]}, not {wanted[:5]}")
        return 1
    with open(encoded, "rb") as file:
        content = file.read()
    try:
        expected = numcodecs.get_codec(config).decode(content)
        expected = np.ascontiguousarray(expected).reshape(-1).view(array.dtype)
    except RuntimeError:
        # A sum that an older version put before the bytes is not found by this one.
        expected = array.ravel("A")
    order = ["--dtype", array.dtype.str] if array.dtype.kind != "O" else []
    decoded = run("decode", *arguments, *order, "--shape", str(array.size), encoded)
    if decoded != packed(expected):
        sys.exit(f"{encoded} decodes to something else")
    return 1


def same_objects(values, wanted):
    return json.dumps(values, sort_keys=True) == json.dumps(wanted, sort_keys=True)


if suite is None:
    print(json.dumps({"round_trips": round_trips(), "objects": objects()}))
else:
    same, unread = fixtures()
    print(json.dumps({"fixtures": same, "unread": unread}))
