"""Reads the stores that zscope wrote of the random arrays with every program that knows what is in
them. Prints how many each has read, as JSON; what differs goes to standard error, with status 1.

usage: random_check.py OUT STORES      (OUT as of random_stores.py; STORES/N is array N)
"""

import json
import os
import sys
import warnings

import peers
from random_arrays import RandomArray

warnings.simplefilter("ignore")


def differences(array, attributes, read):
    """What is not as it was written."""
    if read.shape != array.shape:
        yield f"shape {read.shape}"
    if read.values != array.packed:
        yield "values"
    expected = {
        "attributes": attributes,
        "names": array.names,
        "chunks": array.chunks,
        "fill": array.fill.encode() if isinstance(array.fill, str) else array.fill,
    }
    for fact, value in read.facts.items():
        # Programs say in different ways that there are no names, chunks or fill value.
        if value and value != expected[fact]:
            yield f"{fact} {value!r}"


def main():
    out, stores = sys.argv[1:]
    with open(os.path.join(out, "random", "manifest.json")) as file:
        entries = json.load(file)
    counts = {peer.name: 0 for peer in peers.ALL}
    failures = 0
    for entry in entries:
        array = RandomArray(entry["seed"])
        for peer in peers.ALL:
            if not peer.knows(array):
                continue
            try:
                read = peer.read(os.path.join(stores, str(entry["id"])))
                wrong = list(differences(array, entry["document"]["attributes"], read))
            except BaseException as error:
                wrong = [str(error)[:300]]
            if wrong:
                failures += 1
                document = json.dumps({**array.document, "attributes": array.attributes})
                print(
                    f"seed {array.seed}: {peer.name}: {'; '.join(wrong)}\n{document}",
                    file=sys.stderr,
                )
            counts[peer.name] += 1
    print(json.dumps(counts))
    sys.exit(min(failures, 1))


main()
