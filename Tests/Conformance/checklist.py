"""The 41 items that implementations are known to get wrong, and probes of each, in order."""

# isort: skip_file
import items_metadata  # noqa: F401
import items_chunks  # noqa: F401
import items_shards  # noqa: F401
import items_files  # noqa: F401
from parts import ITEMS, PROBES  # noqa: F401
