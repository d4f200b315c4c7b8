"""How long the first look-up of a name takes in a new process, beyond the import.

No time is asserted: machines differ.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

PROGRAM = (
    "import time; from periplus.world import gazetteer; start = time.perf_counter();"
    "gazetteer.look_up('Kharkiv'); print(time.perf_counter() - start)"
)


def test_a_first_look_up(benchmark: BenchmarkFixture) -> None:
    """Measure whole processes; `extra_info` holds what the look-up took of each."""
    taken: list[float] = []

    def once() -> None:
        done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)
        taken.append(float(done.stdout))

    benchmark.pedantic(once, rounds=5)  # type: ignore[no-untyped-call]
    assert taken
    benchmark.extra_info["look-up, least"] = f"{min(taken):.3f} s"
