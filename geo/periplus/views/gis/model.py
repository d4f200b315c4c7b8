"""The table model that every format is written from: layers, their fields, and their rows.

What a field is called, means and is measured in is said once, here; the writers, the
fidelity contract, the documents and the data frames all follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from periplus.world.extent import Extent

#: The version of the table model. The first number changes when a field is renamed or dropped,
#: the second when one is added.
SCHEMA_VERSION = "2.0"

#: What a cell can hold, by the kind of its field. `None`: nothing is known, or nothing applies.
Cell: TypeAlias = "str | int | float | bool | date | tuple[str, ...] | dict[str, Any] | None"

Item = TypeVar("Item")


class FieldKind(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    BOOLEAN = "boolean"
    DATE = "date"
    LIST = "list"
    """Texts in their order."""
    JSON = "json"
    """A record with records in it."""


class Shape(StrEnum):
    """The one geometry type of a layer."""

    POINT = "Point"
    LINES = "MultiLineString"
    POLYGONS = "MultiPolygon"


class Row(NamedTuple):
    """One feature: where it is, on WGS 84 with longitude first, and what is said of it."""

    geometry: BaseGeometry | None
    cells: tuple[Cell, ...]
    """One for each field of the layer, in its order."""


@dataclass(frozen=True, slots=True)
class Field(Generic[Item]):
    """A column.

    Attributes
    ----------
    name
        In `snake_case`; a unit stands at its end (`length_m`).
    alias
        What people read at the head of the column.
    value
        Gives the cell of an item.
    unit
        Of a number, as a symbol; empty where there is none.
    """

    name: str
    kind: FieldKind
    alias: str
    description: str
    value: Callable[[Item], Cell]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Layer(Generic[Item]):
    """A table: features of one geometry type, or attributes alone.

    Attributes
    ----------
    shape
        `None`: a table without geometry.
    where
        Gives the geometry of an item; `None` where nothing may or can be drawn.
    """

    name: str
    alias: str
    description: str
    fields: tuple[Field[Item], ...]
    shape: Shape | None = None
    where: Callable[[Item], BaseGeometry | None] = lambda _item: None

    def row(self, item: Item) -> Row:
        """Make the row of an item."""
        return Row(self.where(item), tuple(_plain(field.value(item)) for field in self.fields))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in their order."""
        return tuple(field.name for field in self.fields)


def _plain(cell: Cell) -> Cell:
    """Return a cell whose texts are no more than texts: a format knows no languages."""
    if isinstance(cell, str):
        return str.__str__(cell)
    if isinstance(cell, tuple):
        return tuple(str.__str__(text) for text in cell)
    return cell


@dataclass(frozen=True, slots=True)
class About:
    """What is said of an export as a whole.

    Attributes
    ----------
    as_of
        The day of the standings; it also dates the file, for there is no clock.
    extent
        The part of the world that a map of it shows; `None`: all of it.
    """

    title: str
    description: str
    as_of: date
    attribution: tuple[str, ...]
    licence: str
    method: str
    extent: Extent | None = None
