"""Take a picture of every page of a folder in every mode, and write the index: `make gallery`."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from rich.progress import track

from browsing import QUIET, chromium
from periplus.views.embed.pages import read_page
from screens import MODES, shoot

if TYPE_CHECKING:
    from collections.abc import Iterator

STYLE = """
  body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; font: 1rem/1.4 system-ui, sans-serif;
    background: Canvas; color: CanvasText; color-scheme: light dark }
  section { margin-block: 2.5rem }
  div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start }
  figure { margin: 0 }
  img { max-height: 20rem; max-width: 100%; width: auto; height: auto; border: 1px solid GrayText }
"""


def index(pages: list[Path]) -> Iterator[str]:
    """Yield the lines of the index: a section for each page, with its pictures."""
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield "<title>The maps of the corpus</title>"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>The maps of the corpus</h1>"
    yield f"<p>{len(pages)} cases, each in {', '.join(MODES)}.</p>"
    for page in pages:
        read = read_page(page)
        title = f'<a href="{page.name}">{escape(read.title)}</a>'
        yield f'<section>\n<h2 lang="{escape(read.language)}">{title}</h2>\n<div>'
        for name, mode in MODES.items():
            yield (
                f'<figure><img src="{page.stem}-{name}.png" alt="{escape(read.title)}: {name}" '
                f'width="{mode.width // 2}" height="{mode.height // 2}" loading="lazy">'
                f"<figcaption>{name}</figcaption></figure>"
            )
        yield "</div>\n</section>"
    yield "</body>\n</html>"


def main(folder: Path) -> None:
    """Look at every page of the folder."""
    pages = sorted(page for page in folder.glob("*.html") if page.name != "index.html")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        for page in track(pages, "looking", disable=not sys.stderr.isatty()):
            for name, mode in MODES.items():
                picture = shoot(browser, page.resolve().as_uri(), mode)
                (folder / f"{page.stem}-{name}.png").write_bytes(picture)
        browser.close()
    (folder / "index.html").write_text("\n".join(index(pages)) + "\n", encoding="utf-8")
    print(folder / "index.html")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
