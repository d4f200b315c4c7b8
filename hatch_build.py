"""Put the layers and the shipped cases inside the package when a wheel is built.

In a checkout they stand in `layers/`, `licenses/` and `maps/`, where people open them;
`periplus.world.layers` finds them in either place. An editable install needs no copy.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = (
    "layers/boundaries/*.geojson",
    "layers/boundaries/*.npz",  # the program reads these alone, not the same as TopoJSON
    "layers/facts/*.csv",
    "layers/labels/*",
    "layers/rules.toml",
    "licenses/leaflet.txt",  # stands in every page
    "maps/*/route.yaml",
)


class ShippedData(BuildHookInterface[Any]):
    """Adds the shipped data to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """List every file with the place it takes in the wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        files = sorted(file for pattern in SHIPPED for file in root.glob(pattern))
        names = [file.relative_to(root).as_posix() for file in files]
        build_data["force_include"].update({name: f"periplus/{name}" for name in names})
