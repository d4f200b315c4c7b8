"""What all processes of a machine share: importing this module loads it.

The server from which they are forked imports it once (`forkserver.serve`).
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from threading import Thread

#: How long Python lets one thread go on while another waits, in seconds; 0.005 is usual. NumPy,
#: which indexes, has many short steps to take between imports.
_TURN = 1e-4


def _load() -> None:
    """Load what tags points and lines: the index is built while the rest is imported."""
    from periplus.tagging.index import world_index

    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    indexing = Thread(target=world_index)
    indexing.start()
    from periplus.law import shipped_law

    shipped_law.facts(), shipped_law.rulebook()
    indexing.join()
    sys.setswitchinterval(usual)


# Arrow's own pool keeps what it once had, in every process. It is chosen as Arrow is loaded.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
# Nothing of this is ever garbage. To look for some would take time here, and would later touch,
# and so copy, the pages of all of it in each process.
gc.disable()
_load()
gc.freeze()
gc.enable()
# The server has nothing to tidy up, and who reads what processes write waits until it has ended.
atexit.register(os._exit, 0)
