"""The catalogue of faults: for each code its gravity, its title, and a page that explains it.

It stands in `faults.toml`; the reference, `periplus check --explain` and SARIF are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from periplus.errors import Severity, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What a fault of one code is, how grave, why it is one, and the way out."""

    code: str
    severity: Severity
    title: str
    explanation: str
    way_out: str

    @property
    def page(self) -> str:
        """All of it, in Markdown."""
        return (
            f"# {self.code}: {self.title}\n\n{_GRAVITY[self.severity]} {self.explanation}\n\n"
            f"The way out: {self.way_out}\n"
        )


_GRAVITY = {
    Severity.ERROR: "An error.",
    Severity.WARNING: "A warning.",
    Severity.INFORMATION: "For information.",
}


@cache
def rules() -> Mapping[str, Diagnostic]:
    """Return every rule by its code, in the order of the codes."""
    import tomllib

    text = resources.files("periplus").joinpath("faults.toml").read_text(encoding="utf-8")
    return {
        code: Diagnostic(code, Severity(row.pop("severity")), **row)
        for code, row in tomllib.loads(text).items()
    }


def rule(code: str) -> Diagnostic:
    """Return a rule by its code; capitals do not matter.

    Raises
    ------
    UsageError
        If there is no such code; the message suggests the nearest.
    """
    known = rules()
    if code.upper() not in known:
        hint = did_you_mean(code.upper(), known) or f"Codes: {', '.join(known)}."
        message = f"there is no rule {code!r}. {hint}"
        raise UsageError(message)
    return known[code.upper()]


def table() -> str:
    """Return the table of all rules that stands in `docs/reference.md`."""
    rows = [f"| {rule.code} | {rule.severity} | {rule.title} |" for rule in rules().values()]
    return "\n".join(["| code | | means |", "| --- | --- | --- |", *rows]) + "\n"
