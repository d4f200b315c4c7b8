"""What all processes of a machine share: importing this module loads it.

The server from which they are forked imports it once (`pools`).
"""

from __future__ import annotations

from periplus.law import shipped_law
from periplus.tagging import index

index.world_index(), shipped_law.facts(), shipped_law.rulebook()
