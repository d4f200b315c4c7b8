"""A drawing as a PNG: its SVG, rendered by resvg; title and description as text inside it.

References
----------
Portable Network Graphics, third edition, https://www.w3.org/TR/png-3/
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from periplus.errors import UsageError
from periplus.views.picture.files import svg
from periplus.views.picture.typesetting import LETTERS

if TYPE_CHECKING:
    from periplus.views.palette import Theme
    from periplus.views.picture.primitives import Drawing

#: Pixels in all: more take gigabytes of memory.
_MOST = 120_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Bytes of a chunk beside its content, and of the signature with the first chunk, IHDR.
_AROUND, _HEAD = 12, 8 + 12 + 13


def written(drawing: Drawing, theme: Theme, scale: float = 1.0) -> bytes:
    """Return a drawing as the bytes of a PNG file.

    Raises
    ------
    UsageError
        If it would have too many pixels.
    """
    width, height = round(drawing.width * scale), round(drawing.height * scale)
    if width * height > _MOST or min(width, height) < 1:
        message = f"a PNG of {width} by {height} pixels cannot be made: choose another --scale"
        raise UsageError(message)
    import resvg_py

    picture = resvg_py.svg_to_bytes(
        svg_string=svg.written(drawing, theme).decode(),
        width=width,
        height=height,
        skip_system_fonts=True,
    )
    texts = {
        "Title": drawing.title,
        "Description": drawing.description,
        "Copyright": LETTERS,
        "Software": "Periplus",
    }
    chunks = b"".join(_text(key, value) for key, value in texts.items())
    return picture[:_HEAD] + chunks + picture[_HEAD:]


def _text(key: str, text: str) -> bytes:
    """Return a chunk of international text, UTF-8."""
    content = key.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    kind = b"iTXt"
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )
