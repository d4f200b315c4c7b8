"""How a page looks: theme, layer, detail, tiles, a newsroom's own fonts and colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from periplus.layers import Detail


class PageTheme(StrEnum):
    """On what ground a page is drawn: as the reader's system asks, or always one of them."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Only(StrEnum):
    """The one layer of facts that is shown."""

    LEVEL = "level"
    CSTO = "csto"


@dataclass(frozen=True, slots=True)
class Look:
    """How a page looks.

    Attributes
    ----------
    only
        The one layer that is shown; `None` for levels and the CSTO.
    detail
        `region`: borders fine near the route and coarse elsewhere; `world`: coarse everywhere.
    """

    theme: PageTheme = PageTheme.AUTO
    only: Only | None = None
    detail: Detail = Detail.REGION

    @property
    def shows_levels(self) -> bool:
        """Whether the tints of the levels are shown."""
        return self.only is not Only.CSTO

    @property
    def shows_csto(self) -> bool:
        """Whether the hatch of the CSTO is shown."""
        return self.only is not Only.LEVEL

    @property
    def attribution(self) -> tuple[str, ...]:
        """What is owed to whoever made a base map."""
        return ()
