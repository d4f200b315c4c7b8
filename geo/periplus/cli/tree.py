"""An outline as a tree of the terminal: the one place that knows rich."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text
from rich.tree import Tree

if TYPE_CHECKING:
    from periplus.views.text.standing import Node

#: The level is always in the words too: colour only repeats it.
_STYLES = {
    "heading": "bold",
    "link": "dim",
    "warning": "yellow",
    "requesting_state": "bold magenta",
    "critical": "bold red",
    "high": "bold bright_red",
    "elevated": "bold yellow",
    "moderate": "bold cyan",
    "suspended": "bold",
    "unknown": "bold",
}


def tree(node: Node) -> Tree:
    """Return an outline as a tree. Its texts are never read as markup."""
    grown = Tree(_text(node), guide_style="dim")
    _grow(grown, node)
    return grown


def _grow(branch: Tree, node: Node) -> None:
    for child in node.children:
        _grow(branch.add(_text(child)), child)


def _text(node: Node) -> Text:
    style = Style.parse(_STYLES.get(node.style, ""))
    if node.style == "link":  # a terminal may wrap an address, and still follow it
        style += Style(link=node.text[node.text.rindex("http") :])
    return Text(node.text, style=style)
