"""What keeps the text of authors text: in JSON, in HTML, in CSS, and by the policy of the page."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from periplus.views.html.elements import element

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree import ElementTree as ET

#: A string of JSON, and what in it could end a script, begin a template, or mean something to a
#: program that takes the page for text of its own. Outside strings JSON holds nothing of it that
#: could: after a brace that opens comes a quotation mark, or the brace that closes.
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_MEANT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'{}`$"}
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
#: What the policy knows of a page. What somebody wrote holds no such tag: its `<` are escaped.
_SCRIPT = re.compile(r'<script(?: type="text/plain"[^>]*)?>(.*?)</script>', re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def as_json(value: Any) -> str:  # noqa: ANN401 - JSON
    """Write JSON, in ASCII, that can end no element and begin no template."""
    text = json.dumps(value, allow_nan=False, separators=(",", ":"))
    return _STRING.sub(lambda string: string[0].translate(_MEANT), text)


def without_templates(html: str) -> str:
    """Write the braces of HTML as entities: no template begins without one."""
    return html.replace("{", "&#123;")


def ascii_style(style: str) -> str:
    """Write CSS in ASCII: a policy knows it by its bytes, however a host serves the page."""
    return _BEYOND_ASCII.sub(lambda found: f"\\{ord(found[0]):x} ", style)


def policy(page: str, later_styles: Iterable[str], image_hosts: Iterable[str] = ()) -> ET.Element:
    """Return the policy that lets a page run its own scripts and style, and fetch nothing.

    Parameters
    ----------
    later_styles
        The style sheets that its scripts put in.
    image_hosts
        Whom it may ask for pictures: those of a base map, where one was asked for.
    """
    images = " ".join(["data:", *image_hosts])
    scripts = _SCRIPT.findall(page)
    styles = [*_STYLE.findall(page), *later_styles]
    told = (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        f"img-src {images}; base-uri 'none'; form-action 'none'"
    )
    return element("meta", http_equiv="Content-Security-Policy", content=told)


def _hashes(contents: Iterable[str]) -> str:
    """Return the hashes by which a policy knows scripts or style sheets."""
    digests = [hashlib.sha256(content.encode()).digest() for content in contents]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
