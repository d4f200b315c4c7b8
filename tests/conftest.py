"""What all tests share."""

from __future__ import annotations

import os
import signal
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

import periplus
from periplus.shipped import case
from rendered import route_of, scene_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_benchmark.fixture import BenchmarkFixture

    from periplus.route.route import Route
    from periplus.scene.scene import Scene

#: The browser is started once, for all the files that ask for it; each test says what it needs.
pytest_plugins = ["browsing", "folium_files", "needs"]

ROOT = Path(__file__).parents[1]

# What a shell starts in the background ignores Ctrl-C, and so would all that a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples on every run: a gate that fails by chance teaches nothing.
settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", parent=settings.get_profile("ci"), max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Load the whole package before the first example is made.

    Hypothesis draws on the constants of those of our modules that are loaded by then: which they
    are would depend on the tests before, and on how they are divided among processes.
    """
    if any(item.get_closest_marker("hypothesis") for item in session.items):
        for module in walk_packages(periplus.__path__, "periplus."):
            if not module.name.endswith("__main__"):
                import_module(module.name)


@pytest.fixture(scope="session", autouse=True)
def noted_outputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what commands note of their outputs out of the home folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def deserter_file() -> Path:
    """Return the route file of The Deserter."""
    return case("the-deserter")


@pytest.fixture(scope="session")
def deserter() -> Route:
    """Return the route of The Deserter."""
    return route_of("the-deserter")


@pytest.fixture(scope="session")
def deserter_scene() -> Scene:
    """Return the scene of The Deserter."""
    return scene_of("the-deserter")


@pytest.fixture
def heavy(benchmark: BenchmarkFixture) -> BenchmarkFixture:
    """Skip a benchmark that takes long unless it is to be measured."""
    if benchmark.disabled:
        benchmark(list)  # a fixture that is not used is a fault
        pytest.skip("only with --benchmark-enable")
    return benchmark
