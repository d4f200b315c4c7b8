"""What all processes of a machine share: importing this module loads it.

The server from which they are forked imports it once (`crews.Processes`).
"""

from __future__ import annotations

import gc
import os

# Arrow's own pool keeps what it once had, in every process. It is chosen as Arrow is loaded.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

from periplus import layers
from periplus.tagging import parts
from periplus.tagging.index import world_index

INDEX = world_index()
FACTS, RULES = layers.facts(), layers.rules()
WORK = parts.work

# The collector would touch, and so copy, the pages of all that was loaded in each process.
gc.collect()
gc.freeze()
