"""What stands in every page: Leaflet's program, our own scripts and style sheets."""

from __future__ import annotations

import re
from functools import cache
from importlib import metadata, resources

from periplus.errors import DataError
from periplus.shipped import shipped

#: Declarations of Leaflet's style sheet that would fetch a file, or that only Internet
#: Explorer read: `behavior: url(...)` and the images of controls that the page does not use.
_FETCHING = re.compile(r"[\w-]+\s*:[^;{}]*url\([^;{}]*;?|behavior\s*:[^;{}]*;?")
_COMMENT = re.compile(r"^\s*(?:/\*.*?\*/|//[^\n]*)\s*$", re.MULTILINE | re.DOTALL)
#: What a script takes from others and gives them: in a page all stand in one module.
_IMPORT = re.compile(r'^import [^;]+ from "[^"]+";\n|^export \{[^}]*\};\n', re.MULTILINE)
#: Of which type a value is: TypeScript asks, and no browser.
_CAST = re.compile(r"/\*\* @type \{[^\n]+?\} \*/ ")
#: What a formatter puts at the ends of lines, where nothing hangs on a new line.
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_BROKEN = re.compile(r"(?<=[{};,(\[])\n|\n(?=[})\]])")
#: In the comment that Leaflet begins with.
_COPYRIGHT = re.compile(r"^ \* (\(c\) .+)$", re.MULTILINE)
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+\s*$")


@cache
def leaflet_js() -> str:
    """Return Leaflet's program, from the installed package, after its licence."""
    licence = shipped("licenses", "leaflet.txt").read_text(encoding="utf-8")
    return f"/*\n{licence}*/\n{_SOURCE_MAP.sub('', _leaflet('leaflet.js'))}"


@cache
def leaflet_copyright() -> str:
    """Return whose Leaflet is, and since when, as the head of its program tells."""
    if found := _COPYRIGHT.search(_leaflet("leaflet.js")):
        return found[1].replace("(c)", "©")
    message = "leaflet.js of XStatic-Leaflet does not say whose it is: install it again"
    raise DataError(message)


@cache
def leaflet_css() -> str:
    """Return Leaflet's style sheet, without what would fetch a file."""
    return _slim(_FETCHING.sub("", _leaflet("leaflet.css")))


@cache
def asset(name: str) -> str:
    """Return a file of this folder: a template, a script or a style sheet."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def slim(name: str) -> str:
    """Return a script or style sheet without imports, indents, and comments on their own lines."""
    return _slim(_CAST.sub("", alone(asset(name))))


def alone(script: str) -> str:
    """Return a script without its imports and exports: others stand in one program with it."""
    return _IMPORT.sub("", script)


def _slim(text: str) -> str:
    return _BROKEN.sub("", _INDENT.sub("", _COMMENT.sub("", text)))


def _leaflet(name: str) -> str:
    """Read a file of the distribution XStatic-Leaflet, without importing its old loader."""
    for file in metadata.files("XStatic-Leaflet") or ():
        if file.name == name:
            return file.read_text(encoding="utf-8")
    message = f"{name} is missing from XStatic-Leaflet: install it again"
    raise DataError(message)
