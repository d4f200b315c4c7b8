"""What the writers of all formats have in common: they take rows and leave files in a folder."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from periplus.views.gis.model import About, Cell, Layer, Row


@dataclass(frozen=True, slots=True)
class ExportJob:
    """What is to be written.

    Attributes
    ----------
    folder
        An empty folder of its own: all that lies in it in the end is the result.
    stem
        What the files are called, before the first dot.
    layers
        Those that are wanted, in their order; each gets a table even if it has no row.
    combined
        Whether all features go into one collection, where the format leaves the choice.
    """

    folder: Path
    stem: str
    layers: tuple[Layer[Any], ...]
    combined: bool = False

    def path(self, *parts: str) -> Path:
        """Return the path of a file of the result, such as `NAME.gpkg`."""
        return self.folder / ".".join((self.stem, *parts))

    def of(self, layer: Layer[Any], *parts: str) -> Path:
        """Return the path of a file of one layer: `NAME.stops.csv`, `NAME.csv` if it is alone."""
        alone = len(self.layers) == 1
        return self.path(*parts) if alone else self.path(layer.name, *parts)


class Writer(ABC):
    """Writes the tables of one format.

    Rows come in batches, layer by layer and route by route, so that what is kept in memory
    does not grow with the number of routes where the format allows that.
    """

    def __init__(self, job: ExportJob) -> None:
        self.job = job

    @abstractmethod
    def put(self, layer: Layer[Any], rows: Iterable[Row]) -> None:
        """Write rows of a layer."""

    @abstractmethod
    def finish(self, about: About) -> None:
        """Complete the files."""

    def close(self) -> None:  # noqa: B027 - most writers keep nothing open
        """Let go of what is open, whether the files are complete or not."""


class LayerFiles(Writer):
    """A writer that has one text file open for each layer."""

    def __init__(self, job: ExportJob) -> None:
        super().__init__(job)
        self.files: dict[str, IO[str]] = {}

    def open(self, name: str, path: Path) -> IO[str]:
        """Open a file of the result; line ends are written as they are given."""
        self.files[name] = path.open("w", encoding="utf-8", newline="")
        return self.files[name]

    def close(self) -> None:
        """Close every file."""
        for file in self.files.values():
            file.close()


def cells(layer: Layer[Any], row: Row) -> dict[str, Cell]:
    """Return the cells of a row by the names of their fields."""
    return dict(zip(layer.names, row.cells, strict=True))


def flat(cell: Cell) -> str | int | float | bool | date | None:
    """Return a cell for a format without lists and records: joined by `; `, or as JSON text."""
    if isinstance(cell, tuple):
        return "; ".join(cell) or None
    return compact(cell) if isinstance(cell, dict) else cell


def compact(value: Any) -> str:  # noqa: ANN401 - JSON
    """Return JSON on one line. There is no NaN in it."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_json
    )


def _json(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    message = f"{type(value).__name__} is no JSON"
    raise TypeError(message)


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield rows in lists of a size, the last one shorter."""
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
