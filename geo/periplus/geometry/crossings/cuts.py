"""What cutting gives: the crossings of many paths, as flat arrays or one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from periplus.geometry.geodesy import LonLat

if TYPE_CHECKING:
    from periplus.geometry.crossings.arrays import Floats, Ints

#: Stands for no jurisdiction where jurisdictions are numbers: outside every polygon.
OUTSIDE = -1


class Cut(NamedTuple):
    """Where a path goes from one jurisdiction into another.

    Attributes
    ----------
    position
        On the border, and within a millimetre on the path.
    at
        Metres from the start of the path.
    left, entered
        The jurisdictions; `None`: outside every polygon, such as at sea.
    """

    position: LonLat
    at: float
    left: str | None
    entered: str | None


@dataclass(frozen=True, slots=True)
class Cuts:
    """The crossings of many paths, as flat arrays.

    The crossings of path `i` are those from `first[i]` to `first[i + 1]`, in their order.

    Attributes
    ----------
    lengths
        Of the paths, in metres.
    starts
        For each path, the jurisdiction at its start, as an index of `names`; -1: outside.
    first
        One more than there are paths.
    lon, lat
        Of each crossing, in degrees.
    at
        Of each crossing, metres from the start of its path.
    entered
        The jurisdiction behind each crossing, as an index of `names`; -1: outside.
    settled
        How many paths were settled by a second path, because no crossing told where they
        start, or because their crossings did not fit each other.
    """

    names: tuple[str, ...]
    lengths: Floats
    starts: Ints
    first: Ints
    lon: Floats
    lat: Floats
    at: Floats
    entered: Ints
    settled: int

    def crossings(self, path: int) -> list[Cut]:
        """Return the crossings of one path in their order."""
        here = slice(self.first[path], self.first[path + 1])
        places = zip(self.lon[here].tolist(), self.lat[here].tolist(), strict=True)
        behind = [self._name(key) for key in self.entered[here].tolist()]
        before = [self.start(path), *behind][:-1]
        along = self.at[here].tolist()
        return [
            Cut(LonLat(*place), at, left, entered)
            for place, at, left, entered in zip(places, along, before, behind, strict=True)
        ]

    def start(self, path: int) -> str | None:
        """Return the jurisdiction in which a path starts; `None`: outside."""
        return self._name(int(self.starts[path]))

    def _name(self, key: int) -> str | None:
        return None if key == OUTSIDE else self.names[key]
