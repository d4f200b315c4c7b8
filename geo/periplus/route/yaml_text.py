"""What stands in a YAML text, and where: plain values, each with its line and column.

libyaml reads the text as a stream of events, one after another, and the values are put together
here: nothing recurses, nothing that a text says can construct an object, name another value, or
grow without bound. Plain scalars are what the core schema of YAML 1.2.2 says they are, but for
dates and for numbers with a leading zero, which stay text: a timestamp would invent what the
author left out, and `017` is a part of a name.

References
----------
YAML Ain't Markup Language, version 1.2.2, section 10.3, https://yaml.org/spec/1.2.2/
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import yaml

from periplus.errors import DataError, Fault, InputError, Location

if TYPE_CHECKING:
    from yaml.error import Mark
    from yaml.events import Event, NodeEvent, ScalarEvent

#: The keys and indexes that lead from the top of a text to a value.
Path = tuple[str | int, ...]

MOST_DEPTH = 40
#: Texts, numbers, lists and tables in one file: more than 1 MB of a route holds.
MOST_VALUES = 60_000
#: Nobody mends more in one go, and a broken file could have as many as it has values.
MOST_FAULTS = 200

_TOO_DEEP = f"is nested more than {MOST_DEPTH} levels deep"
_NOT_SO_DEEP = "Nothing in a route is: look for a bracket that is not closed."
_YAML = "tag:yaml.org,2002:"
#: What is no character of YAML 1.2, or broke lines in 1.1 and does not in 1.2.
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_TAG_DIRECTIVE = re.compile(r"^%TAG\b", re.MULTILINE)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(
    r"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)"
)
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]")
_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
}


class Span(NamedTuple):
    """Where a value stands: its first line and column, counted from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Tree:
    """What stands in a text.

    Attributes
    ----------
    data
        Its plain values: texts, numbers, lists and mappings.
    places, ends
        Where each value begins (an entry of a mapping: its key), and its last line.
    faults
        What is no part of the YAML that is read here.
    """

    path: str
    data: Any = None
    places: dict[Path, Span] = field(default_factory=dict)
    ends: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def parse(text: str, path: str) -> Tree:
    """Read a text with whatever is wrong with it; nothing is raised.

    Parameters
    ----------
    text
        What stands in a file.
    path
        The name of the file, for messages.
    """
    tree = Tree(path)
    try:
        _refuse_characters(text, path)
        _build(text, tree)
    except InputError as error:
        tree.faults += error.faults
    return tree


def dump(data: object) -> str:
    """Write plain values as YAML that `parse` reads back as they are."""
    options = {"allow_unicode": True, "sort_keys": False, "width": 100, "line_break": "\n"}
    return str(yaml.dump(data, Dumper=_Dumper, **options))


# ---------------------------------------------------------------------------- reading


def _refuse_characters(text: str, path: str) -> None:
    """Refuse what YAML forbids, and the line breaks that are none in YAML 1.2 and were in 1.1."""
    match = _FORBIDDEN.search(text)
    if match:
        message = f"holds the character U+{ord(match[0]):04X}, which does not belong in a route"
        location = _location(text, match.start(), path)
        raise InputError(Fault("PER104", message, location, "Remove it."))
    # libyaml compares each with all before it: a file of nothing else would take minutes.
    match = _TAG_DIRECTIVE.search(text)
    if match:
        message = "tags are not used in route files"
        raise InputError(Fault("PER106", message, _location(text, match.start(), path)))


def _location(text: str, at: int, path: str) -> Location:
    """Return the line and column of a character of a text."""
    lines = f"{text[:at]}x".splitlines()
    return Location(path, len(lines), len(lines[-1]))


def _build(text: str, tree: Tree) -> None:
    """Put the values of a text together, event by event."""
    builder = _Builder(tree)
    try:
        for event in yaml.parse(text, Loader=_loader()):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        location = builder.location(error.problem_mark or error.context_mark)
        if "nesting" in (error.problem or ""):  # so deep that libyaml sees it first
            raise InputError(Fault("PER106", _TOO_DEEP, location, _NOT_SO_DEEP)) from None
        message = f"is not YAML: {error.problem or error.context}"
        raise InputError(Fault("PER104", message, location)) from None
    except (yaml.YAMLError, UnicodeError) as error:
        message = f"is not YAML: {error}"
        raise InputError(Fault("PER104", message, Location(tree.path, 1, 1))) from None
    if not builder.documents:
        raise InputError(Fault("PER105", "is empty", Location(tree.path)))


def _loader() -> Any:  # noqa: ANN401 - a class of PyYAML, which ships no types
    """Return the parser of libyaml, which is compiled into PyYAML as it is installed by pip."""
    if not yaml.__with_libyaml__:
        message = "PyYAML was installed without libyaml: pip install --force-reinstall pyyaml"
        raise DataError(message)
    return yaml.CSafeLoader


@dataclass(slots=True)
class _Open:
    """A list or mapping that is not complete yet: `key` is where its next value goes."""

    values: list[Any] | dict[str, Any]
    path: Path
    key: str | int | None


class _Builder:
    """Puts values together, and notes the place of each and whatever is wrong with it."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.open: list[_Open] = []
        self.documents = 0
        self.values = 0
        self.takers = {
            yaml.ScalarEvent: self._scalar,
            yaml.SequenceStartEvent: self._sequence,
            yaml.MappingStartEvent: self._mapping,
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def take(self, event: Event) -> None:
        """Take the next event."""
        taker = self.takers.get(type(event))
        if taker is not None:
            taker(event)

    def _document(self, event: Event) -> None:
        self.documents += 1
        if self.documents > 1:
            hint = "Write each route into a file of its own."
            self._stop(event, "PER104", "holds a second document: a route file is one", hint)

    def _scalar(self, event: ScalarEvent) -> None:
        if self.open and self.open[-1].key is None:
            self._key(event)
            return
        if event.tag is None and event.implicit[0]:
            self._add(event, _plain(event.value))
        else:
            self._refuse_tag(event, "str")
            self._add(event, event.value)

    def _key(self, event: ScalarEvent) -> None:
        """Take the key of the next value of a mapping."""
        mapping, name = self.open[-1], event.value
        self._refuse_tag(event, "str")
        if name in mapping.values:
            self._fault(event, "PER107", f"the key {name!r} stands here a second time")
        mapping.key = name
        mark = event.start_mark
        self.tree.places.setdefault((*mapping.path, name), Span(mark.line + 1, mark.column + 1))

    def _sequence(self, event: NodeEvent) -> None:
        self._refuse_tag(event, "seq")
        values: list[Any] = []
        self.open.append(_Open(values, self._add(event, values), 0))
        self._refuse_depth(event)

    def _mapping(self, event: NodeEvent) -> None:
        self._refuse_tag(event, "map")
        values: dict[str, Any] = {}
        self.open.append(_Open(values, self._add(event, values), None))
        self._refuse_depth(event)

    def _end(self, event: Event) -> None:
        # A block ends where the next thing begins: its last line may be too many by blank ones.
        self.tree.ends[self.open.pop().path] = event.end_mark.line + 1

    def _alias(self, event: Event) -> None:
        self._fault(event, "PER106", "anchors and aliases are not used in route files")
        if self.open and self.open[-1].key is None:
            self._stop(event, "PER106", "a key must be a word")
        self._add(event, None)

    def _add(self, event: Event, value: Any) -> Path:  # noqa: ANN401 - a plain YAML value
        """Put a value where it belongs, and return the path to it."""
        self.values += 1
        if self.values > MOST_VALUES:
            self._stop(event, "PER102", f"holds more than {MOST_VALUES:,} values")
        path = self._put(event, value)
        mark = event.start_mark
        self.tree.places.setdefault(path, Span(mark.line + 1, mark.column + 1))
        self.tree.ends[path] = event.end_mark.line + 1
        return path

    def _put(self, event: Event, value: Any) -> Path:  # noqa: ANN401 - a plain YAML value
        if not self.open:
            self.tree.data = value
            return ()
        inside = self.open[-1]
        if inside.key is None:
            self._stop(event, "PER106", "a key must be a word")
        path = (*inside.path, inside.key)
        if isinstance(inside.values, list):
            inside.values.append(value)
            inside.key = len(inside.values)
        else:
            inside.values[str(inside.key)] = value
            inside.key = None
        return path

    def _refuse_tag(self, event: NodeEvent, usual: str) -> None:
        if event.tag not in (None, "!", f"{_YAML}{usual}"):
            tag = event.tag.removeprefix(_YAML)
            self._fault(event, "PER106", f"the tag {tag!r} is not used in route files")

    def _refuse_depth(self, event: Event) -> None:
        if len(self.open) > MOST_DEPTH:
            self._stop(event, "PER106", _TOO_DEEP, _NOT_SO_DEEP)

    def _fault(self, event: Event, code: str, message: str) -> None:
        self.tree.faults.append(Fault(code, message, self.location(event.start_mark)))
        if len(self.tree.faults) >= MOST_FAULTS:
            self._stop(event, "PER109", f"{MOST_FAULTS} faults were found, and no more looked for")

    def _stop(self, event: Event, code: str, message: str, hint: str = "") -> NoReturn:
        raise InputError(Fault(code, message, self.location(event.start_mark), hint))

    def location(self, mark: Mark) -> Location:
        """Return where a mark of the parser stands."""
        return Location(self.tree.path, mark.line + 1, mark.column + 1)


def _plain(text: str) -> str | int | float | bool | None:
    """Return what a plain scalar means."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and not _LEADING_ZERO.match(text):
        return float(text)
    return text


# ---------------------------------------------------------------------------- writing


class Inline(dict[str, Any]):
    """A table that is written on one line."""


class InlineList(list[Any]):
    """A list that is written on one line."""


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]  # it ships no types
    """Quotes the texts that would be read as something else."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Write a text, between quotation marks if a character of it must be escaped."""
    style = '"' if _FORBIDDEN.search(text) else None
    return dumper.represent_scalar(f"{_YAML}str", text, style)


def _on_one_line(dumper: _Dumper, table: Inline) -> yaml.MappingNode:
    return dumper.represent_mapping(f"{_YAML}map", table, flow_style=True)


_Dumper.add_representer(str, _text)


def _list_on_one_line(dumper: _Dumper, items: InlineList) -> yaml.SequenceNode:
    return dumper.represent_sequence(f"{_YAML}seq", items, flow_style=True)


_Dumper.add_representer(Inline, _on_one_line)
_Dumper.add_representer(InlineList, _list_on_one_line)
_Dumper.add_implicit_resolver(f"{_YAML}float", re.compile(rf"^(?:{_FLOAT.pattern})$"), None)
