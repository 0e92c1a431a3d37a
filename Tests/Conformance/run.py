"""Runs the checklist: makes its probe stores, shows each to zscope and, unless told otherwise, to
zarr-python, TensorStore and zarrs, and compares what comes of it with what the specifications say.

usage: run.py ZSCOPE [--peers PYTHON] [--table FILE]

ZSCOPE is the program; PYTHON one that has the others. Without --table it prints what differs, as JSON:
`{"items": [{"item", "title", "probes": [id], "failures": [{"probe", "what"}]}]}`; status 1 for a failure of zscope.
"""

import argparse
import collections
import json
import os
import re
import shutil
import sys
import tempfile

from checklist import ITEMS, PROBES
from engines import Fell, Peer, Refused, Zscope

HERE = os.path.dirname(os.path.abspath(__file__))


class Result:
    """What a program made of a probe: `passed` is None where it has no such deed."""

    def __init__(self, passed, what):
        self.passed = passed
        self.what = what


def needs(probe):
    """The deeds that a probe asks for."""
    deeds = {step[0] for step in probe.steps}
    if "children" in probe.expected:
        deeds.add("children")
    if any(word in probe.expected for word in ("values", "refused")):
        deeds.add("read")
    return deeds


def attempt(engine, probe, root):
    if not needs(probe) <= engine.deeds:
        return Result(None, "has no such thing")
    folder = probe.make(os.path.join(root, engine.name))
    expected = probe.expected
    try:
        refusal = None
        try:
            for deed, *arguments in probe.steps:
                getattr(engine, deed)(folder, probe.node, *arguments)
            wrong = list(reading(engine, probe, folder))
        except Refused as error:
            if "refused" not in expected:
                return Result(False, "refuses")
            refusal, wrong = str(error), []
        if "refused" in expected and "values" not in expected and refusal is None:
            return Result(False, "reads it")
        wrong += files(probe, folder)
        if refusal is None:
            wrong += said(engine, probe, folder)
    except Fell as error:
        return Result(False, str(error).split("\n")[0][:60])
    if wrong:
        return Result(False, "; ".join(wrong))
    return Result(True, "refuses" if refusal else "right")


def reading(engine, probe, folder):
    """What is wrong with what is read. Raises `Refused` where the program says no."""
    expected = probe.expected
    if "children" in expected:
        good, broken = engine.children(folder, probe.node)
        if sorted(good) != sorted(expected["children"]):
            # A child with a document that cannot be read may be told by its name alone.
            if sorted(good) != sorted(expected["children"] + expected.get("broken", [])):
                yield f"lists {', '.join(sorted(good)) or 'nothing'}"
        if engine.name == "zscope" and sorted(broken) != sorted(expected.get("broken", [])):
            yield f"tells of {', '.join(broken) or 'nothing'} as broken"
    if "values" in expected or "refused" in expected:
        texts = isinstance(expected.get("values"), list)
        answer = engine.read(folder, probe.node, texts)
        if "values" in expected:
            if answer.shape != expected["shape"]:
                yield f"shape {answer.shape}"
            elif answer.values == expected["values"]:
                pass
            elif engine.name == "zscope" or answer.values != expected.get("accepted"):
                yield "other values"


def files(probe, folder):
    """What is wrong with what lies in the store."""
    wrong = []
    for key, data in probe.expected.get("files", {}).items():
        path = os.path.join(folder, key)
        found = open(path, "rb").read() if os.path.isfile(path) else None
        if found != data:
            wrong.append(f"{key} is {'absent' if found is None else 'not as it should be'}")
    if "attributes" in probe.expected:
        with open(os.path.join(folder, "zarr.json")) as file:
            found = json.load(file)["attributes"]
        found.pop("_zarrs", None)
        if list(found.items()) != list(probe.expected["attributes"].items()):
            wrong.append("attributes changed")
    return wrong


def said(engine, probe, folder):
    """What zscope, which is asked for more than values, does not say as it should."""
    wrong = []
    if engine.name != "zscope":
        return wrong
    if probe.issue:
        issues = engine.info(folder, probe.node)["issues"]
        if not any(probe.issue in issue["where"] + issue["message"] for issue in issues):
            wrong.append(f"says nothing of {probe.issue}")
    for key, value in (probe.info or {}).items():
        found = engine.info(folder, probe.node).get(key)
        if found != value:
            wrong.append(f"{key} is {found}")
    if probe.census:
        census = engine.census(folder, probe.node)
        states = collections.Counter(chunk["state"] for chunk in census["chunks"])
        for key, count in probe.census.items():
            found = census.get(key, states.get(key))
            found = len(found) if isinstance(found, list) else found
            if found != count:
                wrong.append(f"counts {found} {key}")
    return wrong


def unit_tests():
    """The tests that name an item: {item: [sentence]}."""
    tests = collections.defaultdict(list)
    for folder, _, names in sorted(os.walk(os.path.join(HERE, ".."))):
        for name in sorted(n for n in names if n.endswith(".swift")):
            with open(os.path.join(folder, name)) as file:
                text = re.sub(r"\s+", " ", file.read())
            for number, sentence in re.findall(r"func `checklist (\d+): ([^`]+)`", text):
                tests[int(number)].append(sentence)
    return tests


def summary(results):
    """One cell: a program's results of one item."""
    counted = [r for r in results if r.passed is not None]
    if not counted:
        return "–"
    wrong = collections.Counter(short(r.what) for r in counted if not r.passed)
    if not wrong:
        return "✓"
    return "✗ " + ", ".join(f"{what} {count} of {len(counted)}" for what, count in wrong.items())


def short(what):
    return (
        what
        if what in ("refuses", "reads it")
        else "wrong" if not what.startswith(("dies", "panics")) else "dies"
    )


def cell(result):
    if result.passed is None:
        return "–"
    return {True: "", False: "**✗** "}[result.passed] + result.what.replace("|", "\\|")


def wanted(probe):
    expected = probe.expected
    words = []
    if "children" in expected:
        words.append("all listed")
    if "values" in expected:
        words.append("read")
    if "refused" in expected:
        words.append("refused")
    text = " or ".join(words)
    return text or "stored so"


def table(engines, outcomes, path):
    tests = unit_tests()
    heads = " | ".join(f"{e.name} {e.version}" for e in engines)
    lines = [
        "# Conformance",
        "",
        f"Made by `make conformance`: {len(PROBES)} probe stores, shown to each program in one run. Do not edit;",
        "run the command again. The probes are in `Tests/Conformance`.",
        "",
        "Every item is something that implementations of Zarr are known to get wrong. Each of its probes is a store",
        "that deviates from a plain one in one thing; what has to come of it is what the specifications say, and",
        "where they leave it open, what loses nothing in silence. Elements are compared bit for bit. ✓ all probes",
        'came out right; – the program has no such thing (TensorStore knows no groups). "Refuses": an error where',
        'something should have been read. "Reads it": values where there should have been an error. "Wrong": other',
        "values, other files, or siblings left out. Refusing a type or a codec that a program does not have is no",
        "mistake of that program: the table says what can be read.",
        "",
        "zscope is run from its command line and has to say besides what is odd about a document.",
        "",
        f"| | item | {heads} |",
        "|---|---|" + "---|" * len(engines),
    ]
    for number, title in ITEMS.items():
        cells = [summary([r for p, r in outcomes[e.name] if p.item == number]) for e in engines]
        lines.append(f"| {number} | {title} | " + " | ".join(cells) + " |")
    counts = []
    for engine in engines:
        counted = [r for _, r in outcomes[engine.name] if r.passed is not None]
        counts.append(f"{sum(r.passed for r in counted)} of {len(counted)}")
    lines.append("| | probes that came out right | " + " | ".join(counts) + " |")
    lines += ["", "## Tests", ""]
    lines.append(
        "`ConformanceTests` runs every item's probes in `make test`; `ChecklistTests` state single rules besides."
    )
    lines += ["", "| item | test |", "|---|---|"]
    for number in ITEMS:
        sentences = (
            "; ".join(tests[number])
            or f"every probe of an item comes out as the specifications say ({number})"
        )
        lines.append(f"| {number} | {sentences} |")
    lines += ["", "## Probes", "", f"| probe | should be | {' | '.join(e.name for e in engines)} |"]
    lines.append("|---|---|" + "---|" * len(engines))
    for place, probe in enumerate(PROBES):
        cells = [cell(outcomes[e.name][place][1]) for e in engines]
        lines.append(f"| {probe.id} | {wanted(probe)} | " + " | ".join(cells) + " |")
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("zscope")
    parser.add_argument("--peers")
    parser.add_argument("--table")
    arguments = parser.parse_args()
    engines = [Zscope(arguments.zscope)]
    if arguments.peers:
        engines += [Peer(arguments.peers, name) for name in ("zarr-python", "TensorStore", "zarrs")]
    root = tempfile.mkdtemp(prefix="zscope-conformance-")
    try:
        outcomes = {e.name: [(p, attempt(e, p, root)) for p in PROBES] for e in engines}
    finally:
        shutil.rmtree(root)
    if arguments.table:
        table(engines, outcomes, arguments.table)
    items = []
    for number, title in ITEMS.items():
        own = [(p, r) for p, r in outcomes["zscope"] if p.item == number]
        failures = [{"probe": p.id, "what": r.what} for p, r in own if not r.passed]
        items.append(
            {"item": number, "title": title, "probes": [p.id for p, _ in own], "failures": failures}
        )
    if not arguments.table:
        json.dump({"items": items}, sys.stdout)
    for failure in (f for i in items for f in i["failures"]):
        print(f"zscope: {failure['probe']}: {failure['what']}", file=sys.stderr)
    sys.exit(any(i["failures"] for i in items))


main()
