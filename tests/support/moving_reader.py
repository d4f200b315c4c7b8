"""Read files with MovingPandas, in a process of its own: it warns when it is imported.

`python moving_reader.py FILE...` prints JSON: for each file its trajectories by their ids, each
a list of a time and a position.
"""

import json
import sys
from typing import Any

import movingpandas


def trajectories(path: str) -> dict[str, list[tuple[str, list[float]]]]:
    """Return what MovingPandas finds in a file."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - a reader of its own
        read = json.load(file)
    return {feature["id"]: halts(feature) for feature in read["features"]}


def halts(feature: dict[str, Any]) -> list[tuple[str, list[float]]]:
    """Return when and where a moving feature was."""
    trajectory = movingpandas.read_mf_dict(feature, feature["id"])
    rows = zip(trajectory.df.index, trajectory.df.geometry, strict=True)
    return [(when.isoformat(), [place.x, place.y]) for when, place in rows]


if __name__ == "__main__":
    json.dump({path: trajectories(path) for path in sys.argv[1:]}, sys.stdout)
