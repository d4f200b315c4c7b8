"""How a page looks: theme, layer, detail, tiles, a newsroom's own fonts and colours."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText
from periplus.views.html.brand import Brand
from periplus.views.only import Only, shown
from periplus.world.layers import Detail

if TYPE_CHECKING:
    from periplus.scene.scene import Scene
    from periplus.views.html.tiles import Tiles


class PageTheme(StrEnum):
    """On what ground a page is drawn: as the reader's system asks, or always one of them."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Look:
    """How a page looks.

    Attributes
    ----------
    only
        The one layer that is shown; `None` for levels and the CSTO.
    detail
        `region`: borders fine near the route and coarse elsewhere; `world`: coarse everywhere.
    tiles
        The base map; `None`: our own land alone, and no request to anybody.
    brand
        A newsroom's fonts and colours.
    """

    theme: PageTheme = PageTheme.AUTO
    only: Only | None = None
    detail: Detail = Detail.REGION
    tiles: Tiles | None = None
    brand: Brand = field(default_factory=Brand)

    @property
    def shows_levels(self) -> bool:
        """Whether the tints of the levels are shown."""
        return self.only in (None, Only.LEVEL)

    @property
    def shows_csto(self) -> bool:
        """Whether the hatch of the CSTO is shown."""
        return self.only in (None, Only.CSTO)

    def of(self, scene: Scene) -> Look:
        """Return the look of a scene: of one that assesses nothing, land without tint or hatch."""
        return replace(self, only=shown(scene, self.only))

    @property
    def attribution(self) -> tuple[LocalizedText, ...]:
        """What is owed to whoever made the base map."""
        return (LocalizedText(self.tiles.attribution, "en"),) if self.tiles else ()
