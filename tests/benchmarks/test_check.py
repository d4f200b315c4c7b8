"""How long the checker takes, against what it cannot do without: pydantic and ruamel.yaml.

Each pair runs in turn, A B A B, and the ratio of the medians stands in `extra_info`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from periplus.shipped import case, case_names, shipped

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

CHECK = [str(Path(sys.executable).with_name("periplus")), "check"]
YARDSTICK = [sys.executable, "-c", "import pydantic, ruamel.yaml"]
ROUNDS = 9
INPUTS = {
    "no position to look up": [str(shipped("tests", "golden", "checks", "light.yaml"))],
    "one case": [str(case("the-deserter"))],
    "all cases": [str(case(name)) for name in case_names()],
}


def seconds(command: list[str]) -> float:
    """Run a command and return how long the whole process took."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


@pytest.mark.parametrize("what", INPUTS)
def test_check(benchmark: BenchmarkFixture, what: str) -> None:
    """Measure the command, and say how many times its yardstick it costs."""
    command = [*CHECK, *INPUTS[what]]
    ours: list[float] = []
    theirs: list[float] = []

    def both() -> None:
        ours.append(seconds(command))
        theirs.append(seconds(YARDSTICK))

    benchmark.pedantic(both, rounds=ROUNDS, warmup_rounds=1)  # type: ignore[no-untyped-call]  # it has no types
    extra = statistics.median(ours) - statistics.median(theirs)
    ratio = statistics.median(ours) / statistics.median(theirs)
    benchmark.extra_info["ratio"] = round(ratio, 2)
    benchmark.extra_info["milliseconds a case"] = round(1000 * extra / len(INPUTS[what]))
    print(
        f"\n{what}: {ratio:.2f} times "
        f"({statistics.median(ours):.3f} s against {statistics.median(theirs):.3f} s)"
    )
