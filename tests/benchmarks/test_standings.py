"""How long a standing takes: as a whole process, start included, and once the facts are read.

No time is asserted: machines differ. The ratio of all to one stands in `extra_info`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from periplus.law.shipped_law import facts, rules
from periplus.law.standing import Standing, assess

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

PERIPLUS = str(Path(sys.executable).with_name("periplus"))
ROUNDS = 9


def seconds(*arguments: str) -> float:
    """Run a command and return how long the whole process took."""
    start = time.perf_counter()
    subprocess.run([PERIPLUS, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def standing(jurisdiction: str) -> Standing:
    """Assess a jurisdiction towards Russia."""
    day = date(2024, 6, 30)
    return assess(jurisdiction, day, towards="RUS", facts=facts(), rules=rules("RUS"))


def test_one_against_all(benchmark: BenchmarkFixture) -> None:
    """Measure the command for one country and for all on a day, in turn."""
    one: list[float] = []
    every: list[float] = []

    def both() -> None:
        one.append(seconds("standing", "KAZ", "--on", "2024-06-30", "--towards", "RUS"))
        every.append(seconds("standing", "--all", "--on", "2024-06-30", "--towards", "RUS"))

    benchmark.pedantic(both, rounds=ROUNDS, warmup_rounds=1)  # type: ignore[no-untyped-call]
    ratio = statistics.median(every) / statistics.median(one)
    benchmark.extra_info["seconds of one"] = round(statistics.median(one), 3)
    benchmark.extra_info["seconds of all"] = round(statistics.median(every), 3)
    benchmark.extra_info["ratio"] = round(ratio, 2)
    print(
        f"\nall against one: {ratio:.2f} times "
        f"({statistics.median(every):.3f} s against {statistics.median(one):.3f} s)"
    )


def test_one_standing(benchmark: BenchmarkFixture) -> None:
    """One standing, once the facts are read."""
    assert benchmark(standing, "KAZ").level == "critical"


def test_all_standings(benchmark: BenchmarkFixture) -> None:
    """All 250 countries on one day, once the facts are read."""
    assert len(benchmark(lambda: [standing(code) for code in facts().countries])) == 250
