"""How long the command line takes to start, against what it cannot do without.

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

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

PERIPLUS = [str(Path(sys.executable).with_name("periplus"))]
PYTHON = [sys.executable, "-c"]
ROUNDS = 9

PAIRS = {
    "help against import typer": ([*PERIPLUS, "--help"], [*PYTHON, "import typer"]),
    "show against import pydantic": (
        [*PERIPLUS, "show", "the-deserter"],
        [*PYTHON, "import pydantic"],
    ),
    "map against import folium": (
        [*PERIPLUS, "map", "the-deserter", "-o", "-"],
        [*PYTHON, "import folium"],
    ),
}


def seconds(command: list[str]) -> float:
    """Run a command and return how long the whole process took."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


@pytest.mark.parametrize("pair", PAIRS)
def test_startup(benchmark: BenchmarkFixture, pair: str) -> None:
    """Measure the command, and say how many times its yardstick it costs."""
    command, yardstick = PAIRS[pair]
    ours: list[float] = []
    theirs: list[float] = []

    def both() -> None:
        ours.append(seconds(command))
        theirs.append(seconds(yardstick))

    benchmark.pedantic(both, rounds=ROUNDS, warmup_rounds=1)  # type: ignore[no-untyped-call]  # it has no types
    ratio = statistics.median(ours) / statistics.median(theirs)
    benchmark.extra_info["ratio"] = round(ratio, 2)
    print(
        f"\n{pair}: {ratio:.2f} times "
        f"({statistics.median(ours):.3f} s against {statistics.median(theirs):.3f} s)"
    )
