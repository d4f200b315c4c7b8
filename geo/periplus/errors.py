"""What can go wrong, and the exit code of each.

Every error that Periplus raises on purpose derives from `PeriplusError`. A message names
the file, the line and the value, and says what to do; the command line prints it without a
traceback. Exit codes are part of the interface: see `docs/reference.md`.
"""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where in a file something stands: lines and columns count from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Write as `path:line:column`, the form that editors turn into a link."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


class Severity(StrEnum):
    """How grave a fault is.

    An error makes a file unfit, a warning asks for a second look; information is no fault: it tells
    what the outputs will lack.
    """

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in an input, where it stands, and the way out."""

    code: str
    message: str
    location: Location
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Write as `path:line:column: CODE message`, with the hint on a line of its own."""
        text = visible(f"{self.location}: {self.code} {self.message}")
        return f"{text}\n  {visible(self.hint)}" if self.hint else text


class PeriplusError(Exception):
    """Base of all errors that Periplus raises on purpose."""

    exit_code: ClassVar[int] = 2

    def __str__(self) -> str:
        """Write on one line, whatever a terminal would make of a name or a value in it."""
        return visible(super().__str__())


class UsageError(PeriplusError):
    """A command or function was asked for something that does not exist."""


class InputError(PeriplusError):
    """A file given by the user cannot be used; `faults` says why, in the order of the file."""

    exit_code: ClassVar[int] = 3

    def __init__(self, *faults: Fault) -> None:
        """Take every fault that was found, at least one."""
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        """Write each fault, as it writes itself."""
        return "\n".join(map(str, self.faults))


class OutputError(PeriplusError):
    """A result cannot be written; what existed before is untouched."""

    exit_code: ClassVar[int] = 4


class DataError(PeriplusError):
    """Data that ships with Periplus is missing or damaged."""

    exit_code: ClassVar[int] = 5


class GeodesyError(PeriplusError, ValueError):
    """A computation on the ellipsoid has no honest answer."""


class SystemNameError(PeriplusError, ValueError):
    """A text names no coordinate reference system, or one for which a file would be opened."""


class DateError(PeriplusError, ValueError):
    """A text is not a date in the supported part of EDTF."""


def visible(text: str) -> str:
    """Return a text with its control and direction characters written out, as `<U+202E>`."""
    return "".join(
        f"<U+{ord(mark):04X}>"
        if unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else mark
        for mark in text
    )


#: Longer words than any that is known: to look for the nearest takes time in proportion to both.
_LONGEST_WORD = 100


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Suggest, as a sentence, the known word that was probably meant; nothing if none is near."""
    if len(word) > _LONGEST_WORD:
        return ""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]!r}?" if near and _is_a_slip(word, near[0]) else ""


def _is_a_slip(word: str, meant: str) -> bool:
    """Whether a word may be another one, misspelt: few letters differ; or a part of it."""
    one, other = word.casefold(), meant.casefold()
    if min(len(one), len(other)) > _SHORT and (one in other or other in one):
        return True
    same = sum(
        block.size for block in difflib.SequenceMatcher(None, one, other).get_matching_blocks()
    )
    return max(len(one), len(other)) - same <= max(1, len(one) // _LETTERS_A_SLIP)


#: Words of so many letters are a part of too many others; and one letter in so many may be wrong.
_SHORT, _LETTERS_A_SLIP = 3, 4
