"""Where a stop can be: what a source discloses of a place, and why it is no finer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    Field,
    model_validator,
)

from periplus.route.fields import Alpha3, Model, Phrase, Region, Text
from periplus.route.sources import Evidence

Longitude = Annotated[float, Field(strict=True, ge=-180, le=180, allow_inf_nan=False)]


Latitude = Annotated[float, Field(strict=True, ge=-90, le=90, allow_inf_nan=False)]


#: In which part of a country a vague area lies, as the source names it: "eastern Ukraine".
Direction = Literal[
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"
]


#: Whether a source says something, or the editor reads it out of what the source says.
Basis = Literal["stated", "implied"]


#: On what a position rests.
PositionBasis = Literal["gazetteer", "source", "editor", "geolocated", "inferred"]


SomeEvidence = Annotated[tuple[Evidence, ...], Field(min_length=1)]


class Position(Model):
    """Where a named place is, on WGS 84 (EPSG:4326), in degrees.

    Attributes
    ----------
    lon, lat
        Longitude and latitude.
    precision
        What the position stands for: the site itself, or the settlement it is in.
    basis
        On what it rests. `gazetteer`: the gazetteer that ships has the place there. `source`: a
        source gives the position. `editor`: the editor placed it on a map. `geolocated`: others
        published where it is, in evidence of its own. `inferred`: the editor concludes which
        place is meant; it is drawn and said as an inference. Left out, nothing of it is claimed.
    of
        What the gazetteer calls it, when that differs from the name in the source.
    """

    lon: Longitude
    lat: Latitude
    precision: Literal["site", "settlement"]
    basis: PositionBasis | None = None
    of: Phrase | None = None
    note: Phrase | None = None
    evidence: SomeEvidence


class _Place(Model):
    note: Phrase | None = None
    private_note: Text | None = None
    """For the author alone: no output carries it."""


class Named(_Place):
    """A site or a settlement that the source names.

    Attributes
    ----------
    country
        The state it is de jure part of. Left out of a point at sea or in the air that is of none.
    country_basis
        Whether the source states the country or implies it.
    within
        The first-level division that it lies in.
    authority_present
        Another state that holds sway there, such as on its military base.
    """

    knowledge: Literal["named"]
    name: Phrase
    name_as_printed: Text | None = None
    kind: Phrase = Phrase("place")
    country: Alpha3 | None = None
    country_basis: Basis = "stated"
    within: Region | None = None
    authority_present: Alpha3 | None = None
    position: Position | None = None


class Area(_Place):
    """A part of a country that the source names or describes: a region, "the south".

    Attributes
    ----------
    extent
        `admin1`: a region with borders; `vague`: a part without any.
    direction
        In which half of the country a vague area lies, where its name says so. Without it
        nothing is drawn.
    """

    knowledge: Literal["area"]
    name: Phrase
    name_as_printed: Text | None = None
    kind: Phrase = Phrase("area")
    extent: Literal["admin1", "vague"]
    within: Region | None = None
    """The first-level division that it is, or lies in."""
    country: Alpha3
    country_basis: Basis = "stated"
    direction: Direction | None = None

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Area:
        """Require that a region has no direction, and a vague area no borders."""
        if self.within and self.extent == "vague":
            message = "`within` is of a region: write `extent: admin1`, or leave it out"
            raise ValueError(message)
        if self.direction and self.extent == "admin1":
            message = "`direction` is of a vague area: write `extent: vague`, or leave it out"
            raise ValueError(message)
        return self


class Described(_Place):
    """A place that the source describes without naming it, such as "a field hospital"."""

    knowledge: Literal["described"]
    description: Phrase
    kind: Phrase = Phrase("place")
    country: Alpha3 | None = None
    country_basis: Basis = "stated"
    authority_present: Alpha3 | None = None


class CountryOnly(_Place):
    """Somewhere in a country: the source names only the country."""

    knowledge: Literal["country_only"]
    country: Alpha3


class GroupOnly(_Place):
    """Somewhere in a group of countries, such as the EU: no member is singled out."""

    knowledge: Literal["group_only"]
    group: Phrase


class Border(_Place):
    """A border that was crossed at a point which the source does not name."""

    knowledge: Literal["border"]
    between: tuple[Alpha3, Alpha3]
    """The country that was left, and the country that was entered."""
    description: Phrase | None = None
    """The source's words for it, such as "the land crossing"."""


class NotStated(_Place):
    """A place of which the source says nothing, and not why; its country may be implied."""

    knowledge: Literal["not_stated"]
    description: Phrase | None = None
    country: Alpha3 | None = None
    country_basis: Basis = "implied"


class UnknownToTraveller(_Place):
    """A place that the traveller could not tell."""

    knowledge: Literal["unknown_to_traveller"]
    description: Phrase | None = None


class Disclosed(Model):
    """The country down to which a withheld place is still disclosed."""

    country: Alpha3
    basis: Basis


class Withholding(Model):
    """Who holds a place back, at whose request, and the words that say so.

    A withholding without evidence cannot be written: if the source is merely silent, the
    place is `not_stated`.
    """

    by: Literal["source", "traveller", "interviewee"]
    at_request_of: Phrase | None = None
    scope: Literal["this_place", "general_statement"]
    evidence: SomeEvidence
    note: Phrase | None = None


class Withheld(Model):
    """A place that is held back. There is no field for what it is, nor for notes on it."""

    knowledge: Literal["withheld"]
    role: Phrase
    """The source's own words for it, such as "his final destination"."""
    disclosed: Disclosed | None = None
    withholding: Withholding
    private_note: Text | None = None
    """For the author alone: no output carries it."""


Place = Annotated[
    Named
    | Area
    | Described
    | CountryOnly
    | GroupOnly
    | Border
    | NotStated
    | UnknownToTraveller
    | Withheld,
    Field(discriminator="knowledge"),
]
