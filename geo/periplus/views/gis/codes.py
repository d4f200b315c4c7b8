"""What else a state or territory is called by: the keys of other tables, for joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from periplus.views.gis.model import Field, FieldKind, Layer
from periplus.world import layers
from periplus.world.names import name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from periplus.law.facts import Facts
    from periplus.views.gis.model import Row

#: The columns: what each is called, and what it says.
OTHER_CODES: tuple[tuple[str, FieldKind, str, str], ...] = (
    (
        "iso_n3",
        FieldKind.TEXT,
        "ISO numeric",
        "Three digits of ISO 3166-1, which are those of M49 of the United Nations; of a state.",
    ),
    ("wikidata", FieldKind.TEXT, "Wikidata", "The id of its item."),
    ("geonames", FieldKind.TEXT, "GeoNames", "The id of its entry, as a text."),
)


def other_codes(code: str) -> dict[str, str | None]:
    """Return the codes of a state or territory; `None` where there is none."""
    row = layers.label_table("codes.csv").get(code, {})
    return {name: row.get(name) or None for name, *_ in OTHER_CODES}


def codes_layer(facts: Facts) -> Layer[str]:
    """Return the register of all codes that the other tables use."""

    def field(name: str, alias: str, says: str, value: Callable[[str], str | None]) -> Field[str]:
        return Field(name, FieldKind.TEXT, alias, says, value)

    countries, territories = facts.countries, facts.territories
    return Layer(
        "codes",
        "Codes",
        "Every state and territory, on whatever days it is told apart, with its codes elsewhere.",
        (
            field("code", "Code", "As all tables have it.", lambda code: code),
            field("name_en", "Name", "In English.", name),
            field(
                "kind",
                "Kind",
                "state or territory.",
                lambda code: "state" if code in countries else "territory",
            ),
            field(
                "iso_a2",
                "ISO alpha-2",
                "Of a state.",
                lambda code: countries[code].iso_a2 if code in countries else None,
            ),
            field(
                "iso_a3",
                "ISO alpha-3",
                "Of a state; XKX for Kosovo.",
                lambda code: code if code in countries else None,
            ),
            *(_other(*column) for column in OTHER_CODES),
            field(
                "iso_3166_2",
                "ISO 3166-2",
                "Of a territory, where it has one.",
                lambda code: (
                    (territories[code].iso_3166_2 or None) if code in territories else None
                ),
            ),
            field(
                "within",
                "Within",
                "The state with which it is drawn, where it has no outline of its own; of a "
                "territory the state that it belongs to by law.",
                lambda code: _within(code, facts),
            ),
        ),
    )


def _other(key: str, kind: FieldKind, alias: str, says: str) -> Field[str]:
    return Field(key, kind, alias, says, lambda code: other_codes(code)[key])


def _within(code: str, facts: Facts) -> str | None:
    known = facts.territories.get(code)
    told = known.parent if known else layers.label_table("codes.csv")[code]["within"]
    return told or None


def code_rows(facts: Facts) -> Iterator[Row]:
    """Yield a row for every state and territory."""
    return map(codes_layer(facts).row, (*facts.countries, *facts.territories))
