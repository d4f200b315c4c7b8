"""Renew the reference pictures: `make references`. Look at each before it is committed."""

from __future__ import annotations

from test_picture import KEPT

from likeness import opened, reference
from periplus.shipped import shipped
from periplus.views.picture.formats import PictureFormat
from periplus.views.picture.rendering import picture
from periplus.views.picture.sizes import Preset
from rendered import scene_of

if __name__ == "__main__":
    folder = shipped("tests", "golden", "pictures")
    for name in KEPT:
        for preset in Preset:
            drawn = opened(picture(scene_of(name), PictureFormat.PNG, preset.size, scale=0.5))
            (folder / f"{name}-{preset}.png").write_bytes(reference(drawn))
