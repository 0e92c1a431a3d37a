"""What probe stores are made of. Each deviates from a plain array in one thing that implementations are known to get
wrong, and the specifications say what has to come of it. Nothing but the standard library makes them.

A probe belongs to one item of the checklist. It has a store (keys and what is under them), steps that
change it, and an expectation:

    values      reading the node gives these elements (packed and little-endian, or texts)
    refused     opening or reading it fails, with an error
    either      one or the other: the specification lets a reader choose
    children    the group at the node has these children, and no fewer
    files       after the steps these keys hold these bytes, or are absent
"""

import json
import os
import struct

ITEMS = {}
PROBES = []

FILL = 7
VALUES = list(range(16))


def item(number, title):
    ITEMS[number] = title


class Probe:
    def __init__(self, number, name, store, **expected):
        self.item = number
        self.name = name
        self.store = store
        self.node = expected.pop("node", "/")
        self.steps = expected.pop("steps", [])
        self.issue = expected.pop("issue", None)
        self.info = expected.pop("info", None)
        self.census = expected.pop("census", None)
        self.links = expected.pop("links", {})
        self.expected = expected
        PROBES.append(self)

    @property
    def id(self):
        return f"{self.item:02}-{self.name}"

    def make(self, root):
        """Writes the store below `root` and answers where it is."""
        folder = os.path.join(root, self.id)
        os.makedirs(folder)
        for key, value in self.store.items():
            path = os.path.join(folder, key)
            if key.endswith("/"):
                os.makedirs(path, exist_ok=True)
                continue
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if isinstance(value, (dict, list)):
                value = json.dumps(value)
            if isinstance(value, str):
                value = value.encode()
            with open(path, "wb") as file:
                file.write(value)
        for key, target in self.links.items():
            os.symlink(target, os.path.join(folder, key))
        return folder


# -- what stores are made of -------------------------------------------------------------------------


def pack(code, values, order="<"):
    return struct.pack(f"{order}{len(values)}{code}", *values)


def codec(name, **configuration):
    return {"name": name, "configuration": configuration}


LITTLE = codec("bytes", endian="little")
BIG = codec("bytes", endian="big")
CRC = {"name": "crc32c"}


def v3(**changes):
    """A plain array: 4 × 4 of uint16 in chunks of 2 × 2. A member that is `...` is left out."""
    document = {
        "zarr_format": 3,
        "node_type": "array",
        "shape": [4, 4],
        "data_type": "uint16",
        "chunk_grid": codec("regular", chunk_shape=[2, 2]),
        "chunk_key_encoding": codec("default", separator="/"),
        "fill_value": FILL,
        "codecs": [LITTLE],
        "attributes": {},
    }
    chunks = changes.pop("chunks", None)
    if chunks is not None:
        document["chunk_grid"] = codec("regular", chunk_shape=chunks)
    document.update(changes)
    return {key: value for key, value in document.items() if value is not ...}


def v2(**changes):
    document = {
        "zarr_format": 2,
        "shape": [4, 4],
        "chunks": [2, 2],
        "dtype": "<u2",
        "fill_value": FILL,
        "order": "C",
        "filters": None,
        "compressor": None,
    }
    document.update(changes)
    return {key: value for key, value in document.items() if value is not ...}


FIELDS = [{"name": "a", "data_type": "int16"}, {"name": "b", "data_type": "float32"}]
GROUP = {"zarr_format": 3, "node_type": "group", "attributes": {}}


def chunks(
    keys=("c/0/0", "c/0/1", "c/1/0", "c/1/1"), encode=lambda data: data, code="H", order="<"
):
    """The four chunks of the plain array that holds 0 to 15."""
    tiles = [[0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15]]
    return {key: encode(pack(code, tile, order)) for key, tile in zip(keys, tiles)}


V2_KEYS = ("0.0", "0.1", "1.0", "1.1")
PLAIN = {"values": pack("H", VALUES), "shape": [4, 4]}


def line(count=4, type="uint16", chunk=None, **changes):
    """One dimension of `count` elements in one chunk."""
    return v3(shape=[count], chunks=[chunk or count], data_type=type, **changes)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


EMPTY = 2**64 - 1


def shard(inner, order="<", checksum=True, start=False, size=None, gap=b""):
    """A shard of encoded inner chunks, `None` for one that is not there; entries may be given as
    (offset, length), and then `inner` is a pair of the bytes and the entries."""
    words = 2 * (size or len(inner if not isinstance(inner, tuple) else inner[1]))
    room = 8 * words + (4 if checksum else 0) if start else 0
    if isinstance(inner, tuple):
        body, entries = inner
    else:
        body, entries = b"", []
        for data in inner:
            if data is None:
                entries.append((EMPTY, EMPTY))
                continue
            body += gap
            entries.append((room + len(body), len(data)))
            body += data
    index = struct.pack(f"{order}{words}Q", *[word for entry in entries for word in entry])
    if checksum:
        index += struct.pack("<I", crc32c(index))
    return index + body if start else body + index


def sharding(inner, codecs=(LITTLE,), index=(LITTLE, CRC), **more):
    return codec(
        "sharding_indexed",
        chunk_shape=list(inner),
        codecs=list(codecs),
        index_codecs=list(index),
        **more,
    )


def one_shard(data, configuration=None, **changes):
    """A 4 × 4 array in one shard of four inner chunks."""
    document = v3(chunks=[4, 4], codecs=[configuration or sharding([2, 2])], **changes)
    return {"zarr.json": document, "c/0/0": data}


TILES = list(chunks().values())

# A zstd frame of one raw block, with and without the size of what is in it.


def zstd_frame(data, sized=True):
    header = b"\x28\xb5\x2f\xfd" + (bytes([0x20, len(data)]) if sized else b"\x00\x58")
    return header + struct.pack("<I", len(data) << 3 | 1)[:3] + data


def lz4_block(data):
    """numcodecs' lz4: the length, then one literal."""
    assert 15 <= len(data) < 270
    return struct.pack("<I", len(data)) + bytes([0xF0, len(data) - 15]) + data


def blosc_copy(data, typesize=2, flags=0x02):
    """A blosc frame that holds its bytes as they are."""
    return (
        struct.pack("<BBBBIII", 2, 1, flags, typesize, len(data), len(data), len(data) + 16) + data
    )


def blosc_snappy(data):
    """A blosc frame of one block of one snappy literal, not split."""
    block = bytes([len(data), (len(data) - 1) << 2]) + data
    size = 16 + 4 + 4 + len(block)
    head = struct.pack("<BBBBIII", 2, 1, 0x50, 1, len(data), len(data), size)
    return head + struct.pack("<II", 20, len(block)) + block


BLOSC = {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1, "blocksize": 0}


def fletcher32(data):
    one = two = 0
    for (word,) in struct.iter_unpack(">H", data):
        one = (one + word) % 65535
        two = (two + one) % 65535
    return data + struct.pack("<I", two << 16 | one)


def texts(*items):
    """vlen-utf8, vlen-bytes."""
    data = struct.pack("<I", len(items))
    for text in items:
        text = text.encode() if isinstance(text, str) else text
        data += struct.pack("<I", len(text)) + text
    return data
