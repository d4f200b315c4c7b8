"""Whether all outputs have the same bytes with the oldest and the newest Babel: `make same-bytes`.

Both are installed into folders of their own; the gate has only one. Each makes the page, the
text, the picture and the exports of every case in several languages, the layer of jurisdictions,
and the words of every language of the CLDR.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import babel

from periplus import compose, read_route, trace_route
from periplus.dates import Edtf
from periplus.language.cldr import tags
from periplus.language.text import LocalizedText
from periplus.language.translator import languages, translator
from periplus.shipped import case, case_names
from periplus.views import html
from periplus.views.gis.export import Destination, export_routes
from periplus.views.gis.formats import BY_NAME
from periplus.views.gis.schema import ROUTE_LAYERS
from periplus.views.picture import page_map
from periplus.views.text import plain
from periplus.world.layers import countries
from periplus.world.names import city_name, date_words, name, peoples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.tracing.trace import Trace

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "same-bytes"
#: Those of the interface, and some of other scripts, plurals and parents in the CLDR.
LANGUAGES = (*languages(), "az", "en-GB", "hi", "ja", "pt-PT", "th", "zh-Hant-HK")
EXPORTS = ("geojson", "geopackage", "kml")
DATES = ("2022", "2022/2023", "2022-05", "2022-05/2022-07", "2022-12/2023-01", "2022-05-06")
SPANS = ("2022-05-06/2022-05-09", "2022-05-06/2022-06-01", "2022-12-31/2023-01-02", "../2022-09")


def main() -> None:
    """Compare, or make the outputs in this process and print what they hash to."""
    if "--make" in sys.argv:
        print(json.dumps({"babel": babel.__version__} | dict(made())))
        return
    oldest, newest = made_with(f"=={oldest_allowed()}", "oldest"), made_with("", "newest")
    versions = oldest.pop("babel"), newest.pop("babel")
    if versions[0] == versions[1]:
        sys.exit(f"the oldest and the newest Babel are both {versions[0]}: nothing was compared")
    wrong = sorted(key for key in oldest | newest if oldest.get(key) != newest.get(key))
    told = f"{len(oldest)} outputs with Babel {versions[0]} and {versions[1]}"
    print("\n".join([f"{told}: {len(wrong)} differ", *wrong]))
    sys.exit(1 if wrong else 0)


def oldest_allowed() -> str:
    """Return the lowest version that `pyproject.toml` allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [found] = (told for it in project["dependencies"] if (told := re.fullmatch(r"babel>=(.+)", it)))
    return found[1]


def made_with(version: str, folder: str) -> dict[str, Any]:
    """Return what the outputs hash to with a version of Babel."""
    target = str(FOLDER / folder)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--no-deps", "--upgrade", "--target", target, f"babel{version}"], check=True
    )
    program = [sys.executable, __file__, "--make"]
    environment = os.environ | {"PYTHONPATH": target, "SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run(program, env=environment, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def made() -> Iterator[tuple[str, str]]:
    """Yield every output with its hash."""
    for route in case_names():
        trace = trace_route(read_route(case(route)))
        for language in LANGUAGES:
            for form, content in views(trace, language):
                yield f"{route}.{language}.{form}", hashlib.sha256(content).hexdigest()
    for language in tags():
        yield f"words.{language}", hashlib.sha256(words(language).encode()).hexdigest()


def views(trace: Trace, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield a route as each kind of file."""
    scene = compose(trace, language=language)
    yield "html", html.render(scene).encode()
    yield "txt", plain.render(scene).encode()
    yield "svg", page_map.render(scene).encode()
    with tempfile.TemporaryDirectory() as folder:
        for form in EXPORTS:
            target = Path(folder) / f"x{BY_NAME[form].extensions[0]}"
            to = Destination(target, BY_NAME[form], language=language)
            for path in export_routes([trace], to, ROUTE_LAYERS):
                yield path.name, path.read_bytes()


def words(language: str) -> str:
    """Return what a language says: names, dates, numbers, lists."""
    say = translator(language)
    told = [name(code, language) for code in countries()]
    told += [date_words(Edtf.parse(each), language) for each in (*DATES, *SPANS)]
    told += [say.kilometres(metres, 1) for metres in (500, 1000, 2000, 5_000, 1_234_500)]
    told += [
        say.percent(0.125),
        say.number(12_345),
        say.listed([LocalizedText("a"), LocalizedText("b"), LocalizedText("c")]),
    ]
    told += [city_name("Warsaw", "POL", language), LocalizedText(say.direction)]
    told += [LocalizedText(people) for people, _ in peoples(language)]
    return "\n".join(str(each) for each in told)


if __name__ == "__main__":
    main()
