"""What the benchmarks share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture


@pytest.fixture
def heavy(benchmark: BenchmarkFixture) -> BenchmarkFixture:
    """Skip what takes long unless it is to be measured."""
    if benchmark.disabled:
        benchmark(list)  # a fixture that is not used is a fault
        pytest.skip("only with --benchmark-enable")
    return benchmark
