"""Feed every reader of the program with broken files. `make fuzz` does so, COUNT to a reader.

Seeds are files as they should be, and those of `tests/golden/crashes/`, which once broke a reader.
They are cut, joined, doubled, and spoilt with bytes that parsers stumble over. Whatever comes of
it, a reader takes a file or refuses it by an error of Periplus. What does otherwise is written to
`build/crashes/`, to be moved to the golden ones with its mending. A SEED gives the same files.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from periplus.checking import check_document
from periplus.checking.quotes import read_copy
from periplus.dates import Edtf
from periplus.errors import PeriplusError
from periplus.law.factsheets import decode, overlay
from periplus.law.shipped_law import law
from periplus.route.reading import parse_document, read_document
from periplus.route.tracks import parse_track
from periplus.shipped import case, shipped
from periplus.views.embed.pages import parse_page
from periplus.views.html.brand import read_brand
from periplus.views.text import findings
from tables import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
#: Files that once broke a reader, by its name.
CRASHES = ROOT / "tests" / "golden" / "crashes"

PLAIN = shipped("tests", "golden", "plain.yaml").read_bytes()
GPX = b"""<?xml version="1.0"?>
<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
<trkpt lat="1" lon="2"><ele>3</ele></trkpt><trkpt lat="1.5" lon="2.5"/></trkseg></trk></gpx>"""
KML = b"""<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark>
<LineString><coordinates>1,2,3 4,5 6,7</coordinates></LineString></Placemark></kml>"""
LINE = b"""{"type": "LineString", "coordinates": [[1, 2], [3.5, 4]],
"crs": {"type": "name", "properties": {"name": "EPSG:4326"}}}"""
BRAND = b":root { --serif: Georgia, serif; --ink: #222; --paper: rgb(255 255 255); }"
FACTS = (
    b"id,jurisdiction,fact,towards,valid_from,valid_to,person,persons_kind,actor,outcome,summary,"
    b"source,second_source,seen_in,check,confidence,date_confidence\n"
    b"X-1,MNG,RETURN_MILITARY,RUS,2025-05-01,,,deserter,host,returned,A deserter was returned,"
    b"https://example.org/report,,,,verified,verified\n"
)
CSV = b"lon,lat,date\n37.6,55.7,2023-01-02\n24.75,59.43,\n"
LINES = b"""{"type": "Feature", "properties": {"a": 1},\
 "geometry": {"type": "Point", "coordinates": [1, 2]}}
"""
DATES = (
    b"2022-12-29 2023-06/2023-08 2022-11? 2023?-06 202X [2023-06..2023-08] /2024-09 2023-22~ "
    b"[2022,2024]"
)
#: What parsers stumble over.
PIECES = (
    *(b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\x1b]0;x\x07", b"\xe2\x80\xae", b"\x1c", b"\r"),
    *(b"\xc2\x85", b"{" * 300, b"[" * 3_000, b"(" * 300, b'"', b"'", b"<!DOCTYPE x>", b"&amp;"),
    *(b"&#0;", b"<![CDATA[", b"1" * 5_000, b"1e999", b"-0", b"NaN", b"Infinity", b"0x10", b"1_000"),
    *(b"-1", b"99999999999999999999", b"!!python/object:x", b"&a *a", b"<<: *a", b"? ", b": "),
    *(b"- ", b"#", b"|", b">", b"%YAML 1.1", b'encoding="utf-7"', b'encoding="idna"', b"null"),
    *(b"true", b"__class__", b"source", b"url(x)", b"@import 'x'", b"\\", b"/*", b"--serif:"),
    *(b"2022-13", b"..", b"//", b"XX", b"\n", b"\t", b","),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: what it is fed with, and how."""

    seeds: tuple[bytes, ...]
    read: Callable[[bytes, Path], object]
    suffix: str


def _document(content: bytes, file: Path) -> None:
    """Read a route, check it, and tell of it."""
    file.write_bytes(content)
    findings.render_text([check_document(read_document(file))])


def _text(content: bytes, _: Path) -> None:
    parse_document(content.decode("utf-8", "replace"))


def _dates(content: bytes, _: Path) -> None:
    """Read each word as a date; a refused one is no end."""
    for word in content.decode("utf-8", "surrogateescape").split(" "):
        try:
            Edtf.parse(word)
        except PeriplusError:
            continue


def _facts(content: bytes, _: Path) -> None:
    overlay(law("RUS").facts, "facts.csv", decode(content, "facts.csv"), "RUS")


def _of_file(read: Callable[[Path], object]) -> Callable[[bytes, Path], object]:
    def from_bytes(content: bytes, file: Path) -> object:
        file.write_bytes(content)
        return read(file)

    return from_bytes


def _tagged(file: Path) -> None:
    out = file.with_name("out.csv")
    run(file, out)
    for made in file.parent.glob("out.csv*"):
        made.unlink()


TARGETS: dict[str, Target] = {
    "route": Target((PLAIN, case("the-deserter-family").read_bytes()), _document, ".yaml"),
    "text": Target((PLAIN,), _text, ".yaml"),
    "gpx": Target((GPX,), lambda content, _: parse_track(content, "x.gpx"), ".gpx"),
    "kml": Target((KML,), lambda content, _: parse_track(content, "x.kml"), ".kml"),
    "geojson": Target((LINE,), lambda content, _: parse_track(content, "x.geojson"), ".geojson"),
    "brand": Target((BRAND,), _of_file(read_brand), ".css"),
    "facts": Target((FACTS,), _facts, ".csv"),
    "dates": Target((DATES,), _dates, ".txt"),
    "copy": Target((b"I will not say where. Then I went on.",), _of_file(read_copy), ".txt"),
    "page": Target(
        (b"<!DOCTYPE html><title>x</title>",), lambda content, _: parse_page(content), ".html"
    ),
    "table": Target((CSV,), _of_file(_tagged), ".csv"),
    "lines": Target((LINES,), _of_file(_tagged), ".geojsonl"),
}
#: Readers that take long for a file: of these, so many times fewer.
SLOW = {"route": 50, "text": 10, "table": 50, "lines": 50}


def spoilt(seeds: tuple[bytes, ...], chance: random.Random) -> bytes:
    """Return one of the seeds with some edits made to it."""
    content = chance.choice(seeds)
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.randint(0, len(content)) for _ in range(2))
        match chance.randrange(6):
            case 0:
                content = content[:at] + content[to:]
            case 1:
                content = content[:to] + content[at:]
            case 2:
                content = content[:at] + chance.choice(PIECES) + content[at:]
            case 3:
                content = content[:at] + chance.choice(PIECES) + content[min(to, at + 12) :]
            case 4:
                content = content[:at] + chance.randbytes(chance.randint(1, 4)) + content[at + 1 :]
            case _:
                other = chance.choice(seeds)
                content = content[:at] + other[chance.randint(0, len(other)) :]
    return content[:200_000]


def files_of(name: str, count: int, seed: int) -> Iterator[bytes]:
    """Give what once broke a reader, and then so many files made by a seed."""
    known = tuple(path.read_bytes() for path in sorted(CRASHES.glob(f"{name}-*")))
    yield from known
    chance = random.Random(f"{name} {seed}")  # noqa: S311 - no secret
    for _ in range(count):
        yield spoilt(TARGETS[name].seeds + known, chance)


def fed(name: str, content: bytes, folder: Path) -> bool:
    """Feed a reader; tell whether it took the file.

    Raises
    ------
    Exception
        Any but a refusal: the reader broke.
    """
    target = TARGETS[name]
    try:
        target.read(content, folder / f"fed{target.suffix}")
    except PeriplusError:
        return False
    return True


def main() -> int:
    """Feed all readers, or those that are named; tell how many files each took and refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("names", nargs="*", default=[*TARGETS], metavar="READER")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    broken = 0
    for name in asked.names:
        counts, begun = Counter[str](), time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            for content in files_of(name, asked.count // SLOW.get(name, 1), asked.seed):
                counts[_fate(name, content, Path(folder))] += 1
        told = ", ".join(f"{count:,} {fate}" for fate, count in sorted(counts.items()))
        print(f"{name}: {told}; seed {asked.seed}, {time.monotonic() - begun:.0f} s", flush=True)
        broken += counts["broke it"]
    return 1 if broken else 0


def _fate(name: str, content: bytes, folder: Path) -> str:
    try:
        return "taken" if fed(name, content, folder) else "refused"
    except Exception:  # noqa: BLE001 - whatever breaks a reader is what is looked for
        crashes = ROOT / "build" / "crashes"
        crashes.mkdir(parents=True, exist_ok=True)
        number = len([*crashes.iterdir()])
        (crashes / f"{name}-{number}{TARGETS[name].suffix}").write_bytes(content)
        traceback.print_exc()
        return "broke it"


if __name__ == "__main__":
    sys.exit(main())
