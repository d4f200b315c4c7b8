"""The layers as data that can be cited: their dictionary, what changed in them, an archive.

`data_pages.py dictionary` prints `docs/data-dictionary.md`; `data_pages.py archive FOLDER` packs
the layers of this version; the changes of facts become a page and a feed of the site.
"""

from __future__ import annotations

import csv
import hashlib
import inspect
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from periplus import distribution
from periplus.law import facts as model
from periplus.law.searches import Search
from periplus.law.shipped_law import facts, rules
from periplus.law.standing import Change, history
from periplus.world.names import name as named
from periplus.world.periods import known_span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "layers" / "facts"

#: Of the dictionary. The first number changes when a column is renamed, dropped or means something
#: else, the second when one is added; `tests/golden/dictionary.txt` holds the columns of a version.
DICTIONARY_VERSION = "1.0"

#: What is packed for an archive.
PACKED = (
    "CITATION.cff", "LICENSE", "layers/*.*", "layers/facts/*.csv", "layers/labels/*",
    "layers/boundaries/*.topojson", "layers/boundaries/README.md", "licenses/*",
    "docs/data-dictionary.md", "docs/method.md",
)  # fmt: skip

# ---------------------------------------------------------------------------- the dictionary

_RECORDS: dict[str, type] = {
    "countries": model.Country,
    "coverage": Search,
    "sources": model.Publication,
    "territories": model.Territory,
    **{table.table: table for table in model.TABLES},
}


def columns() -> dict[str, list[str]]:
    """Return the columns of each table, as its file has them."""
    return {path.stem: _rows(path)[0] for path in sorted(FACTS.glob("*.csv"))}


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def dictionary() -> str:
    """Return the page: each table, each column, what it says and which words it takes."""
    head = (
        f"# Data dictionary of the layers\n\nVersion {DICTIONARY_VERSION}, of the tables in\n"
        "[`layers/facts/`](../layers/README.md), from their model and their vocabulary. The\n"
        "first number changes when a column is renamed, dropped or means something else, the\n"
        "second when one is added. The fields of what is exported stand in [fields](fields.md).\n"
    )
    return head + "".join(_table(name, taken) for name, taken in columns().items())


def _table(name: str, taken: list[str]) -> str:
    record = _RECORDS.get(name)
    said = (inspect.getdoc(record) or "").split("\n\n")[0] if record else _VOCABULARY
    meanings = _SAID | (_meanings(record) if record else {})
    rows = "".join(f"| `{column}` | {meanings.get(column, '')} | {_words(name, column)} |\n"
                   for column in taken)  # fmt: skip
    head = "| column | says | words |\n| --- | --- | --- |\n"
    return f"\n## {name}.csv\n\n{said}\n\n{head}{rows}"


#: Columns of several tables that speak for themselves in the code.
_SAID = {
    "id": "Of the row: other tables and outputs name it by this, and it never changes.",
    "jurisdiction": "ISO 3166-1 alpha-3 code, or the id of a territory.",
    "note": "What a reader should know besides.",
    "confidence": "How far the fact was checked.",
    "date_confidence": "How far its dates were checked.",
}

_VOCABULARY = "The words that controlled columns take, and what each means."


def _meanings(record: type) -> dict[str, str]:
    """Return what the docstrings of a record and of what it is made from say of each column."""
    found: dict[str, str] = {}
    for kind in reversed(record.__mro__):
        attributes = (inspect.getdoc(kind) or "").partition("Attributes\n----------\n")[2]
        names: list[str] = []
        for line in attributes.split("\n\n")[0].splitlines():
            if line.startswith(" "):
                found |= {name: f"{found.get(name, '')} {line.strip()}".strip() for name in names}
            else:
                names = [_COLUMNS.get(name, name) for name in line.split(", ")]
                found |= dict.fromkeys(names, "")
    return found


#: Attributes that are called otherwise in the tables.
_COLUMNS = {"kind": "fact"}


def _words(table: str, column: str) -> str:
    _, *rows = _rows(FACTS / "vocabulary.csv")
    return ", ".join(f"`{value}`" for of, named, value, _ in rows if (of, named) == (table, column))


# ---------------------------------------------------------------------------- what changed


def changes(towards: str) -> dict[tuple[date, str], list[tuple[str, Change]]]:
    """Return every change of a level or its rule, the last first, as `layers diff` tells them.

    By the first day on which it may have been, and by the date as the facts have it, which may
    be a month or a year.
    """
    known, law = facts(), rules(towards)
    span = known_span(law)
    found: dict[tuple[date, str], list[tuple[str, Change]]] = defaultdict(list)
    for code in (*known.countries, *known.territories):
        told = history(code, span.first, span.last, towards=towards, facts=known, rules=law)
        for change in told:
            if change.before is not None:
                found[change.on, str(change.dated)].append((code, change))
    return dict(sorted(found.items(), reverse=True))


def _lines(told: list[tuple[str, Change]]) -> Iterator[str]:
    for code, change in told:
        before = change.before.level.value if change.before else ""
        causes = ", ".join(fact.id for fact in change.causes)
        became = f"{before} → {change.after.level.value}"
        yield f"{named(code)}: {became} ({change.after.rule}; {causes})"


def changelog(towards: str) -> str:
    """Return the page of the changes."""
    head = (
        f"# Facts that changed\n\nEvery date on which a standing towards {towards} changed, as\n"
        "precise as the facts that changed it, and their ids. `periplus layers diff` tells the\n"
        "same of two dates. As a [feed](facts.atom). A level is no advice, and no forecast.\n"
    )
    return head + "".join(
        f"\n## {dated}\n\n" + "".join(f"- {line}\n" for line in _lines(told))
        for (_, dated), told in changes(towards).items()
    )


def feed(towards: str) -> bytes:
    """Return the same as a feed of Atom; its ids are no address, so that they hold anywhere."""
    whole = ET.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    told = changes(towards)
    for name, text in (
        ("id", f"tag:periplus,2026:facts-towards-{towards}"),
        ("title", f"Facts that changed a standing towards {towards}"),
        ("updated", f"{max(told)[0].isoformat()}T00:00:00Z"),
    ):
        ET.SubElement(whole, name).text = text
    ET.SubElement(ET.SubElement(whole, "author"), "name").text = "The Periplus developers"
    for (on, dated), of_the_day in told.items():
        entry = ET.SubElement(whole, "entry")
        for name, text in (
            ("id", f"tag:periplus,2026:facts-towards-{towards}-{dated}"),
            ("title", dated),
            ("updated", f"{on.isoformat()}T00:00:00Z"),
            ("content", "\n".join(_lines(of_the_day))),
        ):
            ET.SubElement(entry, name).text = text
    return str.encode(ET.tostring(whole, encoding="unicode"))


# ---------------------------------------------------------------------------- the archive


def archive(folder: Path) -> Path:
    """Pack the layers of this version with their checksums: the same bytes each time.

    Inside, `SHA256SUMS` names every file; beside the archive lies its own sum.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"periplus-layers-{distribution.version()}"
    contents = {name: (ROOT / name).read_bytes() for name in packed()}
    sums = "".join(f"{_sum(content)}  {name}\n" for name, content in contents.items())
    target = folder / f"{stem}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packing:
        for name, content in {**contents, "SHA256SUMS": sums.encode()}.items():
            entry = zipfile.ZipInfo(f"{stem}/{name}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packing.writestr(entry, content)
    beside = f"{_sum(target.read_bytes())}  {target.name}\n"
    target.with_name(f"{target.name}.sha256").write_text(beside, encoding="utf-8")
    return target


def packed() -> list[str]:
    """Return the files that are packed, by their paths in the project."""
    found = {path for pattern in PACKED for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    if sys.argv[1] == "dictionary":
        print(dictionary(), end="")
    else:
        print(archive(Path(sys.argv[2])))
