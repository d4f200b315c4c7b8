"""The facts behind the standings as tables: each with its dates, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from periplus.law.facts import Confidence, Fact, Facts, Membership, Publication
from periplus.views.gis.model import Field, FieldKind, Layer
from periplus.world.names import name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from periplus.dates import Edtf
    from periplus.views.gis.model import Cell, Row

_TEXT, _DATE = FieldKind.TEXT, FieldKind.DATE


def membership_rows(facts: Facts) -> Iterator[Row]:
    """Yield the memberships, by their ids."""
    layer = memberships_layer(facts)
    return (layer.row(row) for row in facts.rows if isinstance(row, Membership))


def fact_rows(facts: Facts) -> Iterator[Row]:
    """Yield all facts, by their ids."""
    return map(facts_layer(facts).row, facts.rows)


def publication_rows(facts: Facts) -> Iterator[Row]:
    """Yield the publications that facts cite, by their ids; those that were only read are none."""
    cited = {
        each.id: each for row in facts.rows for each in (row.source, row.second_source) if each
    }
    return (PUBLICATIONS.row(cited[key]) for key in sorted(cited))


def memberships_layer(facts: Facts) -> Layer[Membership]:
    """Return the table of memberships."""
    return Layer(
        "memberships",
        "Memberships",
        "States in organisations and alliances, and on lists: each with its dates and sources.",
        (
            *_identity(),
            Field(
                "organisation",
                _TEXT,
                "Organisation",
                "Its short name, as layers/facts has it.",
                lambda row: row.kind,
            ),
            Field(
                "organisation_name",
                _TEXT,
                "Name of the organisation",
                "In full.",
                lambda row: facts.meaning(row, "fact", row.kind),
            ),
            Field("status", _TEXT, "Status", "In one word.", lambda row: row.status),
            Field(
                "status_words",
                _TEXT,
                "Status, in words",
                "What that word means.",
                lambda row: facts.meaning(row, "status", row.status),
            ),
            Field(
                "counterparty",
                _TEXT,
                "Counterparty",
                "The other state, of an alliance of two or a list that one keeps of others.",
                lambda row: row.counterparty or None,
            ),
            *_dated(),
            Field("note", _TEXT, "Note", "On it.", lambda row: row.note or None),
            *_sourced(),
        ),
    )


def facts_layer(facts: Facts) -> Layer[Fact]:
    """Return the table of all facts."""
    return Layer(
        "facts",
        "Facts",
        "Dated, sourced statements on states and territories: what standings are derived from.",
        (
            *_identity(),
            Field(
                "fact_table",
                _TEXT,
                "Table",
                "memberships, treaties, practice, airspace, prosecution or control.",
                lambda row: row.table,
            ),
            Field("fact", _TEXT, "Fact", "What it is about, in one word.", lambda row: row.kind),
            Field(
                "fact_words",
                _TEXT,
                "Fact, in words",
                "What that word means.",
                lambda row: facts.meaning(row, "fact", row.kind),
            ),
            Field(
                "other_state",
                _TEXT,
                "Other state",
                "Towards which, or with which, it is; of control who has it.",
                _other,
            ),
            Field("statement", _TEXT, "Statement", "What it says.", lambda row: row.statement),
            *_dated(),
            *_sourced(),
        ),
    )


def _other(row: Fact) -> str | None:
    """Return the other state of a fact that names one."""
    named = ("towards", "counterparty", "value")
    return next((told for key in named if (told := getattr(row, key, ""))), None)


def _identity() -> tuple[Field[Any], ...]:
    return (
        Field("id", _TEXT, "Id", "Of the fact, as layers/facts has it.", lambda row: row.id),
        Field(
            "code",
            _TEXT,
            "Code",
            "The state or territory: ISO 3166-1 alpha-3, or the id of a territory.",
            lambda row: row.jurisdiction,
        ),
        Field("name_en", _TEXT, "Name", "In English.", lambda row: name(row.jurisdiction)),
    )


def _dated() -> tuple[Field[Any], ...]:
    return (
        Field(
            "valid_from",
            _DATE,
            "From",
            "The first day on which it can have begun to hold; empty: not known.",
            lambda row: row.valid_from.earliest if row.valid_from else None,
        ),
        Field(
            "valid_to",
            _DATE,
            "Until",
            "The last day on which it can have held; empty: in force, or no end is known.",
            lambda row: row.valid_to.latest if row.valid_to else None,
        ),
        _edtf("valid_from_edtf", "From, as dated", lambda row: row.valid_from),
        _edtf("valid_to_edtf", "Until, as dated", lambda row: row.valid_to),
    )


def _edtf(name: str, alias: str, value: Callable[[Fact], Edtf | None]) -> Field[Any]:
    def text(row: Fact) -> Cell:
        dated = value(row)
        return dated.text if dated else None

    return Field(name, _TEXT, alias, "As precisely as is known (EDTF, ISO 8601-2).", text)


def _sourced() -> tuple[Field[Any], ...]:
    return (
        Field(
            "confidence",
            _TEXT,
            "Confidence",
            "verified: read in an excerpt of the page; copy: in a copy of it; recalled: known, "
            "with a page where it can be checked.",
            lambda row: row.checked,
        ),
        Field(
            "date_confidence",
            _TEXT,
            "Confidence of the dates",
            "The same, of the dates alone; empty: there are none.",
            lambda row: None if row.date_confidence is Confidence.NONE else row.date_confidence,
        ),
        Field("source_id", _TEXT, "Source", "The publication to cite.", lambda row: row.source.id),
        Field(
            "source_title",
            _TEXT,
            "Title of the source",
            "Who published what.",
            lambda row: row.source.title,
        ),
        Field(
            "source_url",
            _TEXT,
            "Address of the source",
            "Where it can be read.",
            lambda row: row.source.url,
        ),
        Field(
            "second_source_id",
            _TEXT,
            "Second source",
            "A publication by somebody else that says so too.",
            lambda row: row.second_source.id if row.second_source else None,
        ),
    )


PUBLICATIONS: Layer[Publication] = Layer(
    "publications",
    "Publications",
    "What facts rest on.",
    (
        Field("id", _TEXT, "Id", "As source_id names it.", lambda it: it.id),
        Field("title", _TEXT, "Title", "Who published what.", lambda it: it.title),
        Field("url", _TEXT, "Address", "Where it can be read.", lambda it: it.url),
        Field(
            "scope",
            _TEXT,
            "Scope",
            "page: what says so; article: a text that says so; landing: the entry to a place.",
            lambda it: it.scope.value,
        ),
        Field("speaker", _TEXT, "Speaker", "Who speaks in it.", lambda it: it.kind.value),
    ),
)
