"""What the scripts of a page draw, and the land that the page drew for them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from periplus.views.picture.frame import Frame


def data_of(page: str) -> dict[str, Any]:
    """Return what the scripts of a page draw."""
    found = re.search(r'id="periplus-data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def rings_of(page: str, frame: Frame) -> dict[str, list[NDArray[np.float64]]]:
    """Return the rings of each jurisdiction on the drawn map: longitudes and latitudes."""
    steps = data_of(page)["plane"]["steps"]
    drawn = re.findall(r'<path id="drawn-([\w-]+)" class="outline" d="([^"]*)"', page)
    return {
        code: [_degrees(ring / steps, frame) for ring in rings_in(path)] for code, path in drawn
    }


def rings_in(path: str) -> list[NDArray[np.float64]]:
    """Read path data in relative steps, as the scripts read it."""
    rings = (re.findall(r"-?\d+", ring) for ring in path.split("M")[1:])
    return [np.cumsum(np.array(ring, dtype=np.float64).reshape(-1, 2), axis=0) for ring in rings]


def _degrees(units: NDArray[np.float64], frame: Frame) -> NDArray[np.float64]:
    """Return what lies at points of a frame, each by itself: slow and plain."""
    return np.array([frame.position(x, y) for x, y in units.tolist()])
