"""How alike two pictures look, whatever drew them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: References are so wide, in pixels.
WIDTH = 400


def opened(picture: bytes) -> Image.Image:
    """Open the bytes of a picture."""
    return Image.open(io.BytesIO(picture)).convert("RGB")


def small(picture: Image.Image) -> Image.Image:
    """Reduce a picture to the width of the references."""
    size = (WIDTH, round(picture.height * WIDTH / picture.width))
    return picture.resize(size, Image.Resampling.LANCZOS)


def reference(picture: Image.Image) -> bytes:
    """Return a small picture as a palette PNG, to be kept."""
    file = io.BytesIO()
    few = small(picture).quantize(
        128, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE
    )
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return how far two pictures differ, in CIE L*a*b* after a slight blur.

    Returns
    -------
    mean, share
        The mean distance, and the share of the pixels that differ by more than 20: far more
        than the edges of the same shapes, smoothed in two ways.
    """
    distance = _distance(one, other)
    return float(distance.mean()), float((distance > 20).mean())


def worst(one: Image.Image, other: Image.Image, side: int = 16) -> float:
    """Return the mean distance in that square of `side` pixels where two pictures differ most.

    Unlike a mean over all, it finds the small thing that is gone, or elsewhere.
    """
    distance = _distance(one, other)
    rows, columns = (length // side for length in distance.shape)
    squares = distance[: rows * side, : columns * side].reshape(rows, side, columns, side)
    return float(squares.mean(axis=(1, 3)).max())


def _distance(one: Image.Image, other: Image.Image) -> NDArray[np.float64]:
    distance: NDArray[np.float64] = np.linalg.norm(_lab(one) - _lab(other), axis=2)
    return distance


def _lab(picture: Image.Image) -> NDArray[np.float64]:
    """Return the colours of a picture, in CIE L*a*b* under D65 (CIE 15:2018)."""
    blurred = picture.filter(ImageFilter.GaussianBlur(1))
    encoded = np.asarray(blurred, dtype=np.float64) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    relative = linear @ to_xyz.T / [0.95047, 1.0, 1.08883]
    cube = np.where(relative > 216 / 24389, np.cbrt(relative), (24389 / 27 * relative + 16) / 116)
    x, y, z = cube[..., 0], cube[..., 1], cube[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=2)
