"""A newsroom's own fonts and colours: custom properties alone, read strictly, written anew.

Nothing of the file reaches the page as it stands: names come from a list, colours are six
digits, fonts are names of letters. So it can load nothing, and end nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import tinycss2

from periplus.errors import Fault, InputError, Location, Severity, did_you_mean
from periplus.opening import opened
from periplus.views.html.vision import Vision, contrast, distance, seen
from periplus.views.palette import COLOURS, LEVELS, Theme, on_tint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: A style sheet of custom properties takes a few hundred bytes.
MOST_BYTES = 20_000
FONTS = ("sans", "serif")
COLOUR_NAMES = tuple(COLOURS[Theme.LIGHT])
GENERIC = frozenset({"serif", "sans-serif", "system-ui", "ui-serif", "ui-sans-serif", "monospace"})
#: A font is a name of letters, digits, spaces and hyphens: what needs no escape in CSS or HTML.
_FONT = re.compile(r"[^\W_][\w -]{0,60}")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
#: Text on a ground, and the least contrast of it (WCAG 2.2, 1.4.3).
_TEXT = [(text, ground) for text in ("ink", "soft", "accent") for ground in ("paper", "panel")]
_TEXT += [("sea-ink", "sea"), ("ink", "land"), ("csto", "land"), ("csto", "requesting-state")]
#: The words on the tints: two of them have a colour of their own for theirs.
_ON_TINTS = [(on_tint(level), level.replace("_", "-")) for level in LEVELS]
_LEAST_CONTRAST = 4.5
#: Below this CIEDE2000 difference two tints are hard to tell apart on a map.
_LEAST_DISTANCE = 6.0

NOT_ALLOWED, NO_VALUE, TOO_FAINT, TOO_CLOSE = "PER961", "PER962", "PER963", "PER964"
_WAY_OUT = (
    "A brand holds `:root { --name: value; }`, and the same inside "
    "`@media (prefers-color-scheme: dark) { ... }`; nothing else."
)


@dataclass(frozen=True, slots=True)
class Brand:
    """Fonts by name, and colours by theme and name; whatever is left out stays ours."""

    fonts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    colours: Mapping[Theme, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def palette(self, theme: Theme) -> dict[str, str]:
        """Return all colours of a theme, those of the brand among them."""
        return {**COLOURS[theme], **self.colours.get(theme, {})}

    def style(self, dark: str) -> str:
        """Return it as CSS; `dark` is the query for a dark ground.

        A colour that is branded for a light ground alone stays ours on a dark one.
        """
        light = self.colours.get(Theme.LIGHT, {})
        named = {**{name: COLOURS[Theme.DARK][name] for name in light}}
        named |= self.colours.get(Theme.DARK, {})
        told = _root({**self.fonts, **light})
        return told + (f"{dark}{{{_root(named)}}}" if named else "")


def _root(properties: Mapping[str, str]) -> str:
    told = "".join(f"--{name}:{value};" for name, value in properties.items())
    return f":root{{{told}}}" if told else ""


def read_brand(path: Path) -> tuple[Brand, tuple[Fault, ...]]:
    """Read a brand file.

    Returns
    -------
    Brand
        What it sets.
    tuple of Fault
        Warnings: tints that some readers will hardly tell apart.

    Raises
    ------
    InputError
        If it cannot be read, holds anything but the custom properties of the page, or makes
        text that is hard to read.
    """
    brand, faults = parse_brand(_text(path), str(path))
    faults = faults or list(_faint(brand, str(path)))
    if faults:
        raise InputError(*faults)
    return brand, tuple(_close(brand, str(path)))


def _text(path: Path) -> str:
    try:
        with opened(path) as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        fault = Fault(NOT_ALLOWED, f"cannot be read: {error.strerror}", Location(str(path)))
        raise InputError(fault) from None
    if len(raw) > MOST_BYTES:
        message = f"holds more than {MOST_BYTES:,} bytes, which no brand needs"
        raise InputError(Fault(NOT_ALLOWED, message, Location(str(path)), _WAY_OUT))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        fault = Fault(NOT_ALLOWED, "is not UTF-8 text", Location(str(path)), "Save it as UTF-8.")
        raise InputError(fault) from None


def parse_brand(text: str, path: str) -> tuple[Brand, list[Fault]]:
    """Parse the text of a brand file: what it sets, and everything that is wrong in it."""
    reader = _Reader(path)
    try:
        reader.rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    except (ValueError, RecursionError):  # what the parser makes of them
        message = "holds a number of thousands of digits, or brackets in hundreds"
        raise InputError(Fault(NOT_ALLOWED, message, Location(path), _WAY_OUT)) from None
    brand = Brand(
        MappingProxyType(reader.fonts),
        MappingProxyType({theme: MappingProxyType(it) for theme, it in reader.colours.items()}),
    )
    return brand, reader.faults


class _Reader:
    """Goes through the rules of a style sheet, and takes what is on the list."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.fonts: dict[str, str] = {}
        self.colours: dict[Theme, dict[str, str]] = {}
        self.faults: list[Fault] = []

    def fault(self, node: Any, code: str, message: str, hint: str = _WAY_OUT) -> None:  # noqa: ANN401 - tinycss2's nodes
        where = Location(self.path, node.source_line, node.source_column)
        self.faults.append(Fault(code, message, where, hint))

    def rules(self, rules: list[Any], theme: Theme = Theme.LIGHT) -> None:
        for rule in rules:
            if rule.type == "qualified-rule" and _plain(rule.prelude) == ":root":
                self.properties(rule.content, theme)
            elif rule.type == "at-rule" and theme is Theme.LIGHT and _is_dark(rule):
                inner = tinycss2.parse_rule_list(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
                self.rules(inner, Theme.DARK)
            elif rule.type == "error":
                self.fault(rule, NOT_ALLOWED, f"is not CSS: {rule.message}")
            else:
                self.fault(rule, NOT_ALLOWED, f"{_named(rule)} is not allowed in a brand")

    def properties(self, content: list[Any], theme: Theme) -> None:
        found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        for item in found:
            if item.type != "declaration":
                told = getattr(item, "message", "") or "only custom properties"
                self.fault(item, NOT_ALLOWED, f"is not allowed in a brand: {told}")
            elif item.important:
                self.fault(item, NOT_ALLOWED, "`!important` is not allowed in a brand")
            else:
                self.property(item, theme)

    def property(self, item: Any, theme: Theme) -> None:  # noqa: ANN401 - as above
        name = item.name.removeprefix("--")
        if not item.name.startswith("--") or name not in {*FONTS, *COLOUR_NAMES}:
            known = [f"--{each}" for each in (*FONTS, *COLOUR_NAMES)]
            hint = did_you_mean(item.name, known) or f"Known are {', '.join(known)}."
            self.fault(item, NOT_ALLOWED, f"{item.name!r} is not a property of the page", hint)
        elif name in FONTS:
            self.font(item, name, theme)
        else:
            self.colour(item, name, theme)

    def colour(self, item: Any, name: str, theme: Theme) -> None:  # noqa: ANN401 - as above
        value = _plain(item.value).lower()
        if re.fullmatch(r"#[0-9a-f]{3}", value):
            value = "#" + "".join(2 * digit for digit in value[1:])
        if _COLOUR.fullmatch(value):
            self.colours.setdefault(theme, {})[name] = value
        else:
            hint = "Write it as #rrggbb: its contrast is computed."
            self.fault(item, NO_VALUE, f"{item.name} is no colour of the form #rrggbb", hint)

    def font(self, item: Any, name: str, theme: Theme) -> None:  # noqa: ANN401 - as above
        families = [_family(part) for part in _between_commas(item.value)]
        if theme is Theme.DARK:
            self.fault(item, NOT_ALLOWED, f"{item.name} is set for all themes, not for dark alone")
        elif families and all(families):
            self.fonts[name] = ",".join(family for family in families if family)
        else:
            hint = 'Such as "Guardian Text", Georgia, serif: fonts that readers have.'
            message = f"{item.name} is no list of the names of fonts"
            self.fault(item, NO_VALUE, message, hint)


def _plain(tokens: list[Any]) -> str:
    """Write tokens that are no blocks, functions or addresses; "" if there is one of these."""
    if any(token.type in {"function", "url"} or hasattr(token, "content") for token in tokens):
        return ""
    written: str = tinycss2.serialize(tokens)
    return written.strip()


def _is_dark(rule: Any) -> bool:  # noqa: ANN401 - as above
    asked = "".join(tinycss2.serialize(rule.prelude).split())
    dark = asked in {"(prefers-color-scheme:dark)", "screenand(prefers-color-scheme:dark)"}
    return rule.lower_at_keyword == "media" and dark and rule.content is not None


def _named(rule: Any) -> str:  # noqa: ANN401 - as above
    if rule.type == "at-rule":
        return f"`@{rule.at_keyword}`"
    return f"a rule for {tinycss2.serialize(rule.prelude).strip()[:60]!r}"


def _between_commas(tokens: list[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for found in tokens:
        if found == ",":
            parts.append([])
        else:
            parts[-1].append(found)
    return parts


def _family(tokens: list[Any]) -> str:
    """Return one font, quoted unless generic; "" if it is none."""
    words = [token for token in tokens if token.type not in {"whitespace", "comment"}]
    single = len(words) == 1 and words[0].type == "string"
    if not words or not (single or all(token.type == "ident" for token in words)):
        return ""
    name = " ".join(str(token.value) for token in words)
    if not single and name.lower() in GENERIC:
        return name.lower()
    return f'"{name}"' if _FONT.fullmatch(name) else ""


# ---------------------------------------------------------------------------- contrast


def _faint(brand: Brand, path: str) -> Iterator[Fault]:
    """Find text that is hard to read, where the brand has a part in it."""
    for theme in Theme:
        colours = brand.palette(theme)
        branded = set(brand.colours.get(theme, {}))
        for text, ground in _TEXT + _ON_TINTS:
            ratio = contrast(colours[text], colours[ground])
            if ratio < _LEAST_CONTRAST and branded & {text, ground}:
                message = (
                    f"--{text} on --{ground} has a contrast of {ratio:.1f} to 1 on the {theme} "
                    f"ground; text needs {_LEAST_CONTRAST}"
                )
                hint = "Make one of the two darker or brighter."
                yield Fault(TOO_FAINT, message, Location(path), hint)


def _close(brand: Brand, path: str) -> Iterator[Fault]:
    """Find tints that some readers will hardly tell apart, where the brand has a part in it."""
    names = [level.replace("_", "-") for level in LEVELS]
    for theme in Theme:
        colours, branded = brand.palette(theme), set(brand.colours.get(theme, {}))
        for one, other in combinations(names, 2):
            apart = {
                vision: distance(seen(colours[one], vision), seen(colours[other], vision))
                for vision in Vision
                if vision is not Vision.GREYSCALE
            }
            worst = min(apart, key=lambda vision: apart[vision])
            if branded & {one, other} and apart[worst] < _LEAST_DISTANCE:
                message = (
                    f"--{one} and --{other} are {apart[worst]:.1f} apart on the {theme} ground "
                    f"({worst} vision); tints should differ by {_LEAST_DISTANCE:g} (CIEDE2000)"
                )
                yield Fault(TOO_CLOSE, message, Location(path), severity=Severity.WARNING)
