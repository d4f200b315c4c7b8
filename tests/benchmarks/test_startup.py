"""How long the command line takes to start, against what it cannot do without.

Each pair runs in turn, A B A B, and the ratios of the least stand in `extra_info`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

PERIPLUS = [str(Path(sys.executable).with_name("periplus"))]
PYTHON = [sys.executable, "-c"]
ROUNDS = 12

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


#: Runs a command and prints the peak of its largest process. Whatever starts a process lends it
#: its own peak, so that a test which has read much itself would find that.
WATCH = """
import os, sys
nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=nowhere)
print(os.wait4(child, 0)[2].ru_maxrss / 1024)
"""


@dataclass(frozen=True)
class Cost:
    """Of a whole command with every process that it starts, in seconds."""

    waited: float
    computed: float


def cost(command: list[str]) -> Cost:
    """Run a command, and let the system account for it."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    waited = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Cost(waited, used.ru_utime + used.ru_stime)


def peak(command: list[str]) -> float:
    """Return the peak of the largest process of a command, in MiB."""
    watch = [sys.executable, "-S", "-c", WATCH, *command]
    return float(subprocess.run(watch, capture_output=True, check=True, text=True).stdout)


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS)
def test_startup(benchmark: BenchmarkFixture, pair: str) -> None:
    """Measure the command, and say how many times its yardstick it costs.

    How long one waits, at best; and what all cores compute.
    """
    command, yardstick = PAIRS[pair]
    ours: list[Cost] = []
    theirs: list[Cost] = []

    def both() -> None:
        ours.append(cost(command))
        theirs.append(cost(yardstick))

    benchmark.pedantic(both, rounds=ROUNDS, warmup_rounds=1)  # type: ignore[no-untyped-call]  # it has no types
    told = []
    for name in ("waited", "computed"):
        mine, its = (min(getattr(each, name) for each in costs) for costs in (ours, theirs))
        benchmark.extra_info[name] = round(mine / its, 2)
        told.append(f"{name} {mine / its:.2f} times ({mine:.3f} s against {its:.3f} s)")
    print(f"\n{pair}: {', '.join(told)}, at most {peak(command):.0f} MiB")
