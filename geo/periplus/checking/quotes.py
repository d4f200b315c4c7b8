"""Whether the quotes of a route stand in the copies of its sources.

Compared are the words, one by one and in their order. Of no account are line breaks and
spaces, bullets, punctuation, and the kinds of quotation marks, apostrophes and dashes. The first
word of a quote, and the first after an omission, may differ in its capital. Square brackets
stand for up to `MOST_REPLACED` words of the source, or none (`[sic]`); `...` and `[...]` stand
for up to `MOST_OMITTED`.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from periplus.errors import InputError
from periplus.opening import opened
from periplus.route.integrity import Finding, evidence_in
from periplus.route.reading import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from periplus.route.route import Route

#: The most words of a source that one pair of square brackets may stand for.
MOST_REPLACED = 12
#: The most words that may be left out at one place.
MOST_OMITTED = 100
#: A passage is looked for by so many words of a quote.
_LED_BY = 4
_MOST_BYTES = 50_000_000
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc\u2032`", "'''''")
_OMISSION = re.compile(r"\[\s*(?:\.{3,}|\u2026)\s*\]|\.{3,}|\u2026|\.(?:\s\.){2,}")
_BRACKETS = re.compile(r"\w*\[[^\]]*\]\w*")
_PART = re.compile(
    rf"(?P<any>{_OMISSION.pattern})|(?P<some>{_BRACKETS.pattern})|[^\W_]+(?:'[^\W_]+)*"
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Word(NamedTuple):
    """A word of a source, and where it begins; lines and columns count from 1."""

    text: str
    line: int
    column: int


class _Gap(NamedTuple):
    """A place in a quote where the source may have other words: at most so many."""

    most: int


@dataclass(frozen=True, slots=True)
class Copy:
    """The text of a source, as somebody keeps it; `sha256` is that of its bytes."""

    path: str
    sha256: str
    words: tuple[Word, ...]
    starts: Mapping[str, tuple[int, ...]]


class Mismatch(NamedTuple):
    """Where a quote leaves its source: the word that stands in each.

    `expected` is the word of the quote; `found` that of the source, `None` at its end.
    """

    expected: str
    found: Word | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the quotes of one source: how many there are, how many were found."""

    source: str
    copy: str | None
    sha256: str | None
    quotes: int
    found: int


def verify(route: Route, folder: Path, case: str) -> tuple[list[Finding], list[Verdict]]:
    """Look every quote of a route up in the copies of its sources.

    Parameters
    ----------
    folder
        Holds the copies: `CASE/KEY.txt`, else `KEY.txt`, else any text with the sum that the
        route records.
    case
        The name of the case.
    """
    findings: list[Finding] = []
    verdicts: list[Verdict] = []
    by_source = defaultdict(list)
    for path, evidence in evidence_in(route):
        if evidence.quote:
            by_source[evidence.source].append(((*path, "quote"), evidence.quote))
    for key, quotes in by_source.items():
        if key not in route.sources:
            continue
        copy = _find(folder, case, key, route.sources[key].copy_sha256)
        if isinstance(copy, Finding):
            findings.append(copy)
            verdicts.append(Verdict(key, None, None, len(quotes), 0))
            continue
        findings += _not_recorded(route, key, copy)
        missing = [
            _not_found(path, key, copy, difference)
            for path, quote in quotes
            if (difference := compare(quote, copy))
        ]
        findings += missing
        verdicts.append(
            Verdict(key, copy.path, copy.sha256, len(quotes), len(quotes) - len(missing))
        )
    return findings, verdicts


def _find(folder: Path, case: str, key: str, sha256: str | None) -> Copy | Finding:
    """Read the copy of a source, or say that there is none."""
    named = [folder / case / f"{key}.txt", folder / f"{key}.txt"]
    file = next((path for path in named if path.exists()), None) or _by_sum(folder, sha256)
    if file is None:
        message = f"there is no copy of {key!r} in {folder}: its quotes are not checked"
        return Finding(("sources", key), "PER712", message, f"Save its text as {folder / key}.txt.")
    try:
        return read_copy(file)
    except InputError as error:
        (fault,) = error.faults
        return Finding(("sources", key), fault.code, f"{file} {fault.message}", fault.hint)


def _by_sum(folder: Path, sha256: str | None) -> Path | None:
    """Return the text of a folder that has a sum, whatever it is called."""
    if sha256 is None:
        return None
    for path in sorted(folder.glob("*.txt")):
        with contextlib.suppress(InputError):
            if hashlib.sha256(_bytes(path)).hexdigest() == sha256:
                return path
    return None


def read_copy(path: Path) -> Copy:
    """Read the copy of a source.

    Raises
    ------
    InputError
        If it cannot be read, is not UTF-8, or is too large for a text.
    """
    content = _bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "Save it as UTF-8 in your editor."
        raise refuse(path, "PER714", "is not UTF-8 text", hint) from None
    return parse_copy(text, str(path), hashlib.sha256(content).hexdigest())


def _bytes(path: Path) -> bytes:
    """Read a file of bounded size."""
    try:
        with opened(path) as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise refuse(path, "PER714", f"cannot be read: {error.strerror}") from None
    if len(content) > _MOST_BYTES:
        raise refuse(path, "PER714", f"holds more than {_MOST_BYTES:,} bytes")
    return content


def parse_copy(text: str, path: str = "<copy>", sha256: str = "") -> Copy:
    """Take the words of a source with their places."""
    words = tuple(
        Word(match[0], number, match.start() + 1)
        for number, line in enumerate(text.translate(_APOSTROPHES).splitlines(), start=1)
        for match in _WORD.finditer(line)
    )
    starts: defaultdict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        starts[word.text.casefold()].append(index)
    return Copy(path, sha256, words, {word: tuple(at) for word, at in starts.items()})


def compare(quote: str, copy: Copy) -> Mismatch | None:
    """Return where a quote leaves its source, by its nearest passage; `None`: it stands there."""
    parts = _parts(quote)
    wanted = [part for part in parts if isinstance(part, str)]
    if not wanted:
        return None
    for start in copy.starts.get(wanted[0].casefold(), ()):
        if _match(parts, copy.words, start)[0] == len(wanted):
            return None
    passages = set(_passages(wanted, copy))
    if not passages:
        return Mismatch(wanted[0], None)
    nearest = max(passages, key=lambda start: _likeness(parts, copy, start))
    matched, at = _match(parts, copy.words, nearest)
    return Mismatch(wanted[matched], copy.words[at] if at < len(copy.words) else None)


def _passages(wanted: list[str], copy: Copy) -> Iterator[int]:
    """Go through the words of a source where a quote may begin, by its first few words."""
    for offset, word in enumerate(wanted[:_LED_BY]):
        for at in copy.starts.get(word.casefold(), ()):
            if at >= offset:
                yield at - offset


def _likeness(parts: list[str | _Gap], copy: Copy, start: int) -> tuple[int, int]:
    """Tell how much of a quote stands in a passage; of two alike, the earlier one counts.

    Words in the same order count twice.
    """
    wanted = Counter(part for part in parts if isinstance(part, str))
    passage = Counter(word.text for word in copy.words[start : start + wanted.total()])
    return (wanted & passage).total() + _match(parts, copy.words, start)[0], -start


def _parts(quote: str) -> list[str | _Gap]:
    """Take a quote apart into its words and its gaps; gaps at its ends do not count."""
    parts: list[str | _Gap] = []
    for match in _PART.finditer(quote.translate(_APOSTROPHES)):
        if match["any"]:
            parts.append(_Gap(MOST_OMITTED))
        elif match["some"]:
            parts.append(_Gap(MOST_REPLACED))
        else:
            parts.append(match[0])
    while parts and isinstance(parts[0], _Gap):
        del parts[0]
    while parts and isinstance(parts[-1], _Gap):
        del parts[-1]
    return parts


def _match(parts: list[str | _Gap], words: tuple[Word, ...], start: int) -> tuple[int, int]:
    """Follow a quote from a word of the source; return how many of its words were found.

    The second number is the word of the source at which it stopped. All the ways in which
    the gaps can be filled are followed side by side, as a set of positions.
    """
    reached, skipped, free, matched = {start}, 0, True, 0
    for part in parts:
        if isinstance(part, _Gap):
            skipped += part.most
            free = True
            continue
        tried = {at + step for at in reached for step in range(skipped + 1)}
        following = {at + 1 for at in tried if _same(part, words, at, free=free)}
        if not following:
            break
        reached, skipped, free, matched = following, 0, False, matched + 1
    return matched, min(reached)


def _same(wanted: str, words: tuple[Word, ...], at: int, *, free: bool) -> bool:
    """Whether a word of the source is the one wanted; `free`: but for its capital."""
    if at >= len(words):
        return False
    source_word = words[at].text
    return source_word == wanted or (
        free
        and source_word[1:] == wanted[1:]
        and source_word[:1].casefold() == wanted[:1].casefold()
    )


# ---------------------------------------------------------------------------- findings


def _not_found(path: tuple[str | int, ...], key: str, copy: Copy, difference: Mismatch) -> Finding:
    expected, word = difference
    if word is None:
        message = f"the quote does not stand in {key!r}: no passage is like it"
        return Finding(path, "PER711", message, f"The copy is {copy.path}.", expected)
    where = f"{copy.path}:{word.line}:{word.column}"
    message = f"the quote does not stand in {key!r}: {expected!r} is {word.text!r} at {where}"
    hint = "Mend the word; put [brackets] around what stands for other words, ... for omissions."
    return Finding(path, "PER711", message, hint, expected)


def _not_recorded(route: Route, key: str, copy: Copy) -> Iterator[Finding]:
    recorded = route.sources[key].copy_sha256
    if recorded is not None and recorded != copy.sha256:
        message = f"{copy.path} is not the copy that the quotes were checked against"
        hint = f"If it is right: copy_sha256: {copy.sha256}"
        yield Finding(("sources", key, "copy_sha256"), "PER713", message, hint)
