"""Which formats of pictures there are."""

from __future__ import annotations

from periplus.file_format import FileFormat


class PictureFormat(FileFormat):
    """A format of pictures."""

    SVG = "svg", ".svg"
    PNG = "png", ".png"
    PDF = "pdf", ".pdf"
