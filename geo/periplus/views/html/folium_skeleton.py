"""What folium gives to the page: its skeleton, made from constants alone.

This is the one module that knows folium. Nothing that somebody wrote passes through here.

To import folium takes as long as all the rest of a map. So a command lets a process of its own
make the skeleton while it reads and draws; that process is
`python -m periplus.views.html.folium_skeleton`.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from functools import cache
from pathlib import Path

_TEMPLATE = Path(__file__).with_name("skeleton.html")
#: The process that was begun and whose skeleton nobody has asked for yet.
_begun: list[subprocess.Popen[str]] = []


def begin() -> None:
    """Let another process make the skeleton meanwhile; `skeleton` waits for it."""
    if not _begun and sys.executable:
        # -P: a folder that somebody works in may hold files called like modules of Python.
        command = [sys.executable, "-P", "-m", __name__]
        _begun.append(
            subprocess.Popen(  # noqa: S603 - this very program
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
        )


@cache
def skeleton() -> str:
    """Return the page as folium renders it, with placeholders for everything else."""
    if _begun:
        with _begun.pop() as process:
            made, _ = process.communicate()
        if process.returncode == 0:
            return made
    # Nobody began to; or what went wrong there goes wrong here too, and is told.
    return _rendered()


def _rendered() -> str:
    import folium
    from branca.element import Figure
    from jinja2 import Template

    figure = Figure()
    figure._template = Template(_TEMPLATE.read_text(encoding="utf-8"))  # noqa: SLF001 - no public way
    article = folium.Map(
        location=[0, 0],
        zoom_start=2,
        min_zoom=1,
        max_zoom=8,
        tiles=None,
        attribution_control=False,
        scroll_wheel_zoom=False,
        zoom_delta=0.5,
        zoom_snap=0.25,
    )
    article.default_js = article.default_css = []  # ten files on other hosts
    article._id = "periplus"  # noqa: SLF001 - folium draws ids at random
    figure.add_child(article)
    rendered: str = figure.render()
    return rendered


if __name__ == "__main__":
    gc.disable()
    # folium does without pandas where there is none. Nobody here uses it, and it takes a third of
    # the time to load.
    sys.modules["pandas"] = None  # type: ignore[assignment]  # so that its import says it is missing
    sys.stdout.write(_rendered())
    gc.freeze()  # or Python would end with a search for cycles in all that it imported
