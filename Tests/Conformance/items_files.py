"""Items 40 and 41: what lies beside, and what is left. `parts.py` has the words."""

from parts import *  # noqa: F403

item(40, "files that are no part of the store")
FOREIGN = {
    ".DS_Store": "x",
    "c/0/0.1234.partial": "x",
    ".xzarrguard/x": "x",
    "attributes.json": "{}",
    "x.gmac": "x",
}
Probe(
    40,
    "beside",
    {"zarr.json": v3(), **chunks(), **FOREIGN},
    **PLAIN,
    census={"present": 4, "missing": 0, "foreign": 5},
)
Probe(
    40,
    "in-a-group",
    {"zarr.json": GROUP, "a/zarr.json": v3(), ".DS_Store": "x", "notes.txt": "x"},
    children=["a"],
)
Probe(
    40,
    "folder-for-a-chunk",
    {"zarr.json": v3(), **{k: d for k, d in chunks().items() if k != "c/1/1"}, "c/1/1/": None},
    refused=True,
    census={"present": 3, "unreadable": 1},
)
Probe(
    40,
    "link-to-itself",
    {"zarr.json": v3(), **{k: d for k, d in chunks().items() if k != "c/1/1"}},
    links={"c/1/1": "1"},
    refused=True,
)

item(41, "shrinking and growing again")
BEFORE = {
    "zarr.json": v3(shape=[4], chunks=[2]),
    "c/0": pack("H", [1, 2]),
    "c/1": pack("H", [3, 4]),
}
Probe(41, "shrunk", BEFORE, steps=[("resize", [2])], values=pack("H", [1, 2]), shape=[2])
Probe(
    41,
    "no-return",
    BEFORE,
    steps=[("resize", [2]), ("resize", [4])],
    values=pack("H", [1, 2, FILL, FILL]),
    shape=[4],
)
Probe(
    41,
    "within-a-chunk",
    BEFORE,
    steps=[("resize", [3]), ("resize", [4])],
    values=pack("H", [1, 2, 3, FILL]),
    shape=[4],
)
