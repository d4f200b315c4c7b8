"""The borders of a page, read as its scripts read them, in Python: see `views/html/encoding.py`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Ring = list[tuple[float, float]]

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"


def data_of(page: str) -> dict[str, Any]:
    """Return what the scripts of a page draw."""
    found = re.search(r'id="periplus-data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def rings_of(page: str) -> dict[str, list[list[Ring]]]:
    """Return, by unit, its polygons as rings of longitudes and latitudes in degrees."""
    borders = data_of(page)["borders"]
    arcs = list(arcs_of(borders["arcs"], *borders["steps"]))
    mentioned = 0
    units: dict[str, list[list[Ring]]] = {}
    for code, text in borders["units"].items():
        units[code] = []
        for polygon in text.split():
            units[code].append([])
            for ring in polygon.split("."):
                parts = []
                for number in _numbers(ring):
                    arc = arcs[mentioned - number // 2]
                    mentioned += number < 2
                    parts.append(arc[::-1] if number % 2 else arc)
                units[code][-1].append(
                    [vertex for number, part in enumerate(parts) for vertex in part[bool(number) :]]
                )
    return units


def arcs_of(text: str, fine: int, coarse: int) -> Iterator[Ring]:
    """Yield the arcs of a text, in degrees; the grids are given in steps of a degree."""
    lon = lat = 0
    for mark, digits in re.findall(r"([ .,;])([^ .,;]+)", text):
        times = fine // coarse if mark in ".;" else 1
        flat = [-(n + 1) // 2 if n % 2 else n // 2 for n in _numbers(digits)]
        lon, lat = (lon + times // 2) // times, (lat + times // 2) // times
        steps = []
        for east, north in zip(flat[::2], flat[1::2], strict=True):
            lon, lat = lon + east, lat + north
            steps.append((lon * times, lat * times))
        if mark in ",;":
            steps.append(steps[0])
        lon, lat = steps[-1]
        yield [(east / fine, north / fine) for east, north in steps]


def _numbers(text: str) -> Iterator[int]:
    number = shift = 0
    for letter in text:
        digit = _DIGITS.index(letter)
        number += (digit & 31) << shift
        shift += 5
        if digit < 32:
            yield number
            number = shift = 0
