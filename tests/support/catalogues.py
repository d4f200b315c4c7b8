"""The catalogues of translations, and what of them the code asks for: `make words` renews them.

What is new in the code stands in every catalogue without a translation, to be filled in; what
is no longer said falls away.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from periplus.language.cldr import edition

PACKAGE = Path(__file__).parents[2] / "geo" / "periplus"
FOLDER = PACKAGE / "language" / "translations"
#: Which arguments of which calls are sentences: the first of `say`, two of `many`; `msg` may
#: name a context.
KEYWORDS: dict[str, Any] = {"say": (1,), "many": (1, 2), "msg": {1: (1,), 2: (1, (2, "c"))}}
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.po")))


def asked_for() -> Catalog:
    """Return what the code says, in the order of its files."""
    catalog = Catalog()
    found = extract_from_dir(str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS)
    for _, _, message, _, context in found:
        catalog.add(message, context=context)
    return catalog


def shipped(language: str) -> Catalog:
    """Return the catalogue of a language."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def sentences(catalog: Catalog) -> list[tuple[str, Any]]:
    """Return the sentences of a catalogue in their order, each with its context."""
    return [(message.context or "", message.id) for message in catalog if message.id]


def renewed(language: str, asked: Catalog) -> str:
    """Return the catalogue of a language with what is asked for, and nothing else."""
    known, made = shipped(language), Catalog(locale=language, fuzzy=False)
    made.mime_headers = known.mime_headers  # the file says which forms a plural has, not Babel
    for message in asked:
        if message.id:
            before = known.get(message.id, context=message.context)
            told = before.string if before is not None else None
            made.add(message.id, told, context=message.context)
    file = io.BytesIO()
    write_po(file, made, width=100, omit_header=True)
    return _head(language, known) + re.sub(
        r"^#, .*\n", "", file.getvalue().decode(), flags=re.MULTILINE
    )


def _head(language: str, known: Catalog) -> str:
    """Return the header: no dates and no names, so that the same text gives the same bytes."""
    name = edition().called[language][0]
    return f"""# {name}. Written by the project; no native reader has checked it yet.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {known.plural_forms}\\n"

"""


if __name__ == "__main__":
    asked = asked_for()
    for tag in LANGUAGES:
        (FOLDER / f"{tag}.po").write_text(renewed(tag, asked), encoding="utf-8")
