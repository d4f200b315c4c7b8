"""Make parts on a cluster of Dask: the same function as on one machine, on other machines.

The workers read the input and write the parts themselves, under the paths that they have here:
both must stand on storage that all machines share. Work that a dying worker leaves behind is
given to another one; a part that is made twice is the same to the last byte, and counts once.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from periplus import distribution
from periplus.errors import OutputError, UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from typing import Any, Protocol

    class Client(Protocol):
        """What is used of `distributed.Client`."""

        def nthreads(self) -> Any: ...  # noqa: ANN401, D102 - Dask has no types

        def run(self, function: Any, *given: Any) -> Any: ...  # noqa: ANN401, D102 - the same

        def get_executor(self, *, pure: bool) -> Any: ...  # noqa: ANN401, D102 - the same


_INSTALL = f"tagging on a cluster needs Dask: {distribution.install('cluster')}"
#: Parts that wait at each thread of the cluster, so that none is ever idle.
_WAITING = 2


def connect(address: str) -> Client:
    """Connect to the scheduler of a cluster, such as `tcp://10.0.0.1:8786`.

    Raises
    ------
    UsageError
        If Dask is not installed, or nothing answers.
    """
    try:
        from distributed import Client as Dask
    except ImportError:
        raise UsageError(_INSTALL) from None
    try:
        return Dask(address, timeout="5s", set_as_default=False)  # type: ignore[no-untyped-call]  # Dask has no types
    except (OSError, ValueError, TimeoutError) as error:
        message = (
            f"no scheduler answers at {address}: {error}. docs/scale.md shows how to start one"
        )
        raise UsageError(message) from None


class Cluster:
    """The workers of a cluster make the parts."""

    def __init__(self, client: Client) -> None:
        """Take the workers that the client knows."""
        self._client = client
        self._threads: int = sum(client.nthreads().values())
        if not self._threads:
            message = "the cluster has no workers: start some with `dask worker ADDRESS`"
            raise UsageError(message)

    @property
    def size(self) -> int:
        """How many parts are handed out at one time."""
        return _WAITING * self._threads

    def executor(self) -> Executor:
        """Return what hands work to the workers. Dask itself sees to those that die."""
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def prepare(self, folder: Path, source: Path) -> None:
        """Make sure that every worker has the same program and data, and sees the files.

        Raises
        ------
        UsageError
            If they differ; the worker is named.
        OutputError
            If a worker does not see the folder of parts, or the input.
        """
        from periplus.tagging.running import data_digest

        token = folder / f"{uuid4().hex}.tmp"
        token.touch()
        try:
            seen = self._client.run(_look, str(token), str(source))
        except Exception as error:  # noqa: BLE001 - whatever went wrong on another machine
            message = f"the workers cannot run Periplus: {error}. Install the same version on each"
            raise UsageError(message) from None
        finally:
            with suppress(OSError):
                token.unlink()
        expected = (data_digest(), True, source.stat().st_size)
        for worker, answer in seen.items():
            if answer[0] != expected[0]:
                message = (
                    f"{worker} has another version of Periplus or of its data: install this one"
                )
                raise UsageError(message)
            if tuple(answer) != expected:
                path = source if answer[1] else folder
                message = (
                    f"{worker} does not see {path}: put the input and the output on storage that "
                    "all machines share under the same path (docs/scale.md)"
                )
                raise OutputError(message)

    def close(self) -> None:
        """Leave the cluster as it is: it belongs to whoever started it."""


def _look(token: str, source: str) -> tuple[str, bool, int]:
    """Tell from a worker what it has and sees."""
    from periplus.tagging.running import data_digest

    size = Path(source).stat().st_size if Path(source).exists() else -1
    return data_digest(), Path(token).exists(), size
