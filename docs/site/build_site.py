"""Build the site of the documents, with every map: `make site`.

The documents stay as they are. This gathers them with the pages that the program tells and with
the maps of the corpus in one folder, leads their links to where things then are, and lets Zensical
make a site of it that asks nothing from elsewhere.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

import command_pages
import data_pages
import gallery_pages
import reference_pages
from periplus import case, case_names, compose, read_route, trace_route
from periplus.views import html
from periplus.views.picture.rendering import card

ROOT = Path(__file__).resolve().parents[2]

#: Documents that stand elsewhere in the project, and what they are called on the site.
ELSEWHERE = {
    "layers/README.md": "layers.md",
    "layers/boundaries/README.md": "boundaries.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "README.md": "index.md",
    "licenses/README.md": "licences.md",
}

#: Files that documents lead to, which go to the site as they are.
DATA = (
    "layers/jurisdictions.geojson",
    "layers/rules.toml",
    "layers/jurisdictions.qml",
    "LICENSE",
    "CITATION.cff",
)

#: Of which state the changes are told: that of which the shipped facts are.
TOWARDS = "RUS"

NAV: dict[str, str | dict[str, str]] = {
    "Home": "index.md",
    "Gallery": {"In English": "gallery.md", "По-русски": "gallery.ru.md"},
    "Tutorial": "tutorial.md",
    "How to": {
        "From what you have": "from-what-you-have.md",
        "Check a route": "checking.md",
        "In a newsroom: embed a map": "embedding.md",
        "Still pictures": "pictures.md",
        "The page": "page.md",
        "Languages": "languages.md",
        "QGIS and GDAL": "gis.md",
        "Layers of jurisdictions": "jurisdictions.md",
        "folium and notebooks": "folium.md",
        "Tables at scale, clusters": "scale.md",
        "Cite it": "citing.md",
    },
    "Reference": {
        "Overview": "reference.md",
        "Commands": "commands.md",
        "Fields of a route": "route-fields.md",
        "Fields of exports": "fields.md",
        "Data dictionary of the layers": "data-dictionary.md",
        "Faults": "faults.md",
        "Python API": "api.md",
        "Changelog": "changelog.md",
        "Facts that changed": "facts-changelog.md",
    },
    "Explanation": {
        "Method": "method.md",
        "Geodesy": "geodesy.md",
        "Withholding": "withholding.md",
        "Failure modes": "failure-modes.md",
        "The layers": "layers.md",
        "Boundaries": "boundaries.md",
        "How it is built": "contributing.md",
        "Security": "security.md",
        "Licences": "licences.md",
    },
}


def gather(folder: Path, *, maps: bool = True) -> None:
    """Put everything of which the site is made into an empty folder."""
    folder.mkdir(parents=True)
    for name, text in pages().items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for picture in (*ROOT.glob("docs/*.svg"), *ROOT.glob("docs/*.png"), *ROOT.glob("docs/*.ipynb")):
        shutil.copy(picture, folder)
    for name in DATA:
        _copy(name, folder)
    for name in case_names():
        _copy(f"maps/{name}/route.yaml", folder)
    shutil.copytree(ROOT / "layers" / "facts", folder / "layers" / "facts")
    shutil.copytree(ROOT / "docs" / "site" / "look", folder / "look")
    (folder / "facts.atom").write_bytes(data_pages.feed(TOWARDS))
    if maps:
        draw(folder / "gallery")


def _copy(name: str, folder: Path) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / name, folder / name)


def pages() -> dict[str, str]:
    """Return every page of the site by its file, with links that lead there."""
    documents = {path: _read(path) for path in written()}
    found = {placed(path): led(text, path) for path, text in documents.items()}
    home = _read("docs/site/home.md")
    return found | {
        "index.md": home,
        "commands.md": command_pages.document(),
        "route-fields.md": reference_pages.route_fields(),
        "faults.md": reference_pages.faults(),
        "api.md": reference_pages.api(),
        "facts-changelog.md": data_pages.changelog(TOWARDS),
        **{
            file: led(gallery_pages.document(language, live=True), f"docs/{file}")
            for language, file in gallery_pages.FILES.items()
        },
    }


def written() -> list[str]:
    """Return the documents of the project, by their paths in it."""
    docs = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*.md"))
    notes = [f"maps/{name}/NOTES.md" for name in case_names()]
    there = [note for note in notes if (ROOT / note).exists()]
    return [*docs, *there, *(path for path in ELSEWHERE if path != "README.md")]


def _read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def placed(path: str) -> str:
    """Return where on the site a file of the project stands."""
    name = ELSEWHERE.get(path, path.removeprefix("docs/"))
    return re.sub(r"NOTES\.md$", "notes.md", name)


#: A link or a picture of Markdown: its words, and where it leads.
_LINK = re.compile(r"(?<!`)(!?\[(?:[^\]\[]|\[[^\]]*\])*\])\(([^)\s]+)\)")


def led(text: str, path: str) -> str:
    """Lead the links of a document to where things are on the site.

    What is not there (the code of the program, folders) keeps its words alone: the site does not
    know where anybody hosts the code.
    """
    parts = re.split(r"(^```.*?^```|`[^`\n]+`(?!\]))", text, flags=re.MULTILINE | re.DOTALL)
    return "".join(
        part if n % 2 else _LINK.sub(lambda link: _lead(link, path), part)
        for n, part in enumerate(parts)
    )


def _lead(link: re.Match[str], path: str) -> str:
    words, target = link.groups()
    if re.match(r"[a-z]+:|#", target):
        return link[0]
    file, hash_, anchor = target.partition("#")
    wanted = normpath(str(PurePosixPath(path).parent / file))
    if not _on_site(wanted):
        return words.removeprefix("!")[1:-1]
    here = PurePosixPath(placed(path)).parent
    return f"{words}({relpath(placed(wanted), str(here))}{hash_}{anchor})"


def _on_site(path: str) -> bool:
    """Whether a file of the project is on the site."""
    made = re.fullmatch(r"docs/(gallery/.*|[\w.-]+\.(md|svg|png|ipynb))", path)
    kept = path in DATA or path in ELSEWHERE
    of_cases = re.fullmatch(r"maps/[\w-]+/(route\.yaml|NOTES\.md)|layers/facts/[\w-]+\.csv", path)
    return bool(made or kept or of_cases)


def draw(folder: Path) -> None:
    """Draw every case in both languages of the gallery: its page, and its card."""
    folder.mkdir()
    for name in case_names():
        route = read_route(case(name))
        for language in gallery_pages.FILES:
            scene = compose(trace_route(route), language=language)
            stem = name if language == "en" else f"{name}.{language}"
            (folder / f"{stem}.html").write_text(html.render(scene), encoding="utf-8")
            (folder / f"{stem}.png").write_bytes(card(scene))


def config(address: str) -> str:
    """Return the settings of Zensical: nothing of the site comes from elsewhere."""
    nav = ",\n".join(
        f"  {{ {json.dumps(name, ensure_ascii=False)} = {_nav(to)} }}" for name, to in NAV.items()
    )
    known = f"site_url = {json.dumps(address)}\n" if address else ""
    return _CONFIG.format(nav=nav, address=known)


def _nav(to: str | dict[str, str]) -> str:
    if isinstance(to, str):
        return json.dumps(to)
    inner = ", ".join(
        f"{{ {json.dumps(name, ensure_ascii=False)} = {json.dumps(page)} }}"
        for name, page in to.items()
    )
    return f"[{inner}]"


_CONFIG = """\
[project]
site_name = "Periplus"
site_description = "Map documented journeys: who says so, how certain is it, and under whose law?"
{address}docs_dir = "pages"
site_dir = "site"
use_directory_urls = false
extra_css = ["look/site.css"]
extra_javascript = ["look/site.js"]
nav = [
{nav}
]

[project.theme]
language = "en"
font = false
features = ["content.code.copy", "navigation.footer", "navigation.sections", "navigation.tabs",
  "navigation.top", "search.highlight"]

[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"
primary = "black"
toggle.icon = "lucide/sun"
toggle.name = "Dark"

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"
primary = "black"
toggle.icon = "lucide/moon"
toggle.name = "Light"

[project.plugins.offline]

[project.plugins.search]

[project.markdown_extensions]
attr_list = {{}}
md_in_html = {{}}
tables = {{}}
sane_lists = {{}}
toc.permalink = true
pymdownx.superfences = {{}}
pymdownx.highlight.pygments_lang_class = true
"""


#: What Zensical would have a site that is opened as files load from elsewhere.
_SHIM = re.compile(r"https://[^\"]*iframe-worker[^\"]*")


def keep_to_itself(site: Path) -> None:
    """Put our own script in the place of one that would be asked of elsewhere.

    A page for what is not found knows no address to begin its links with, and is left out.
    """
    (site / "404.html").unlink(missing_ok=True)
    for page in site.rglob("*.html"):
        if page.parent.name != "gallery":
            ours = relpath(site / "look" / "worker.js", page.parent)
            text = page.read_text(encoding="utf-8")
            page.write_text(_SHIM.sub(ours, text), encoding="utf-8")


def main(target: Path, address: str) -> None:
    """Build the site anew into `target/site`."""
    for name in ("source", "site"):
        shutil.rmtree(target / name, ignore_errors=True)
    source = target / "source"
    source.mkdir(parents=True)
    gather(source / "pages")
    (source / "zensical.toml").write_text(config(address), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("zensical")), "build", "--clean", "--strict"]
    subprocess.run(command, cwd=source, check=True)
    keep_to_itself(source / "site")
    (source / "site").rename(target / "site")
    print(target / "site" / "index.html")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "".join(sys.argv[2:]))
