"""What the checker found: for people, for programs, and for services that host code.

Whatever a file holds is shown harmlessly: control characters and those that turn the direction
of text are written out, and no line of a private note, and no comment, is ever shown.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from periplus import diagnostics
from periplus.errors import Severity, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from periplus.checking import Report
    from periplus.errors import Fault, Location
    from periplus.route.reading import RouteFile

#: How many characters of a long line are shown.
_WIDTH = 100
#: What may be a comment, which is for the author alone. In a quoted text it may be none: there too
#: it is not shown.
_COMMENT = re.compile(r"""(?:^|(?<=[\s"',:\[\]{}|>-]))[#].*""")
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


# ---------------------------------------------------------------------------- for people


class Ink(StrEnum):
    """What a part of a fault is, for who writes in colours."""

    HEAD = "head"
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    ASIDE = "aside"


#: Writes a text in a colour.
Paint = Callable[[str, Ink], str]


def _plain(text: str, _: Ink) -> str:
    return text


def render_text(reports: Iterable[Report], paint: Paint = _plain) -> str:
    """Return each fault as `file:line:column: CODE message`, its line, and the way out.

    Parameters
    ----------
    paint
        Writes a part of it in a colour, which it may leave.
    """
    told = []
    for report in reports:
        page = _Page.of(report.document)
        told += [_told(fault, page, paint) for fault in report.faults]
    return "\n".join(told)


def render_faults(faults: Iterable[Fault], document: RouteFile, paint: Paint) -> str:
    """Return faults of a file, and of those beside it, in the same way."""
    page = _Page.of(document)
    return "\n".join(_told(fault, page, paint) for fault in faults)


def summary(reports: Iterable[Report]) -> str:
    """Say in a line how many findings there are, and in a line each what was looked up."""
    reports = list(reports)
    errors = sum(report.count(Severity.ERROR) for report in reports)
    warnings = sum(report.count(Severity.WARNING) for report in reports)
    informed = sum(report.count(Severity.INFORMATION) for report in reports)
    files = _number(len(reports), "file")
    if errors or warnings or informed:
        told = [_number(errors, "error")] if errors else []
        told += [_number(warnings, "warning")] if warnings else []
        told += [f"{informed} for information"] if informed else []
        counts = " and ".join(told)
        hit = sum(bool(report.faults) for report in reports)
        lines = [f"{counts} in {hit} of {files}"]
    else:
        lines = [f"no findings in {files}"]
    return "\n".join([*lines, *_looked_up(reports)])


def _looked_up(reports: list[Report]) -> Iterator[str]:
    verdicts = [verdict for report in reports for verdict in report.verdicts]
    copies = sorted({(found.copy, found.sha256) for found in verdicts if found.copy})
    for copy, sha256 in copies:
        mine = [verdict for verdict in verdicts if verdict.copy == copy]
        found, quotes = sum(one.found for one in mine), sum(one.quotes for one in mine)
        yield visible(f"{copy}: {found} of {_number(quotes, 'quote')} found (sha256 {sha256})")
    unread = sum(verdict.quotes for verdict in verdicts if verdict.copy is None)
    if unread:
        yield f"{_number(unread, 'quote')} not looked up: there is no copy of the source"


def _number(count: int, kind: str) -> str:
    return f"{count} {kind}" if count == 1 else f"{count} {kind}s"


def _told(fault: Fault, page: _Page, paint: Paint) -> str:
    kind = "" if fault.severity is Severity.ERROR else f" ({fault.severity})"
    ink = Ink(fault.severity)
    head = paint(visible(f"{fault.location}:"), Ink.HEAD)
    lines = [f"{head} {paint(f'{fault.code}{kind}', ink)} {visible(fault.message)}"]
    lines += page.excerpt(fault, paint)
    if fault.hint:
        lines.append(paint(visible(f"  {fault.hint}"), Ink.ASIDE))
    return "\n".join(lines) + "\n"


class _Page(NamedTuple):
    """The lines of a file, and the numbers of those that belong to a note for the author alone."""

    path: str
    lines: list[str]
    private: frozenset[int]

    @classmethod
    def of(cls, document: RouteFile) -> _Page:
        """Take the lines of a document."""
        lines = document.lines
        spans = (
            range(document.places[path].line, end + 1)
            for path, end in document.ends.items()
            if path and path[-1] == "private_note"
        )
        return cls(document.path, lines, frozenset(itertools.chain(_look_private(lines), *spans)))

    def excerpt(self, fault: Fault, paint: Paint) -> Iterator[str]:
        """Yield the line that a fault is in, and a line below what is meant."""
        location, number = fault.location, fault.location.line
        here = location.path == self.path  # not in a path file beside it
        if not here or number is None or number > len(self.lines) or number in self.private:
            return
        line = _uncommented(self.lines[number - 1])
        column = (location.column or 1) - 1
        if not line.strip() or column > len(line):
            return
        start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
        before, rest = visible(line[start:column]), line[column : start + _WIDTH]
        meant = _meant(rest, fault.message)
        ink, margin = Ink(fault.severity), " " * len(str(number))
        shown = paint(visible(meant), ink) if location.column else visible(meant)
        bar = paint(f"  {number} |", Ink.ASIDE)
        yield f"{bar} {before}{shown}{visible(rest.removeprefix(meant))}"
        if location.column is not None:
            below = paint("^" * max(1, _cells(visible(meant))), ink)
            yield f"{paint(f'  {margin} |', Ink.ASIDE)} {' ' * _cells(before)}{below}"


#: A text in quotation marks, or else up to the next space or what ends a value.
_VALUE = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s,}\]]*[^\s,:}\]])""")


def _meant(rest: str, message: str) -> str:
    """Return what a fault means, at the head of a text: what it names, or the value there."""
    named = [word for word in _NAMED.findall(message) if rest.startswith(word)]
    value = _VALUE.match(rest)
    return max(named, key=len) if named else value[0] if value else ""


_NAMED = re.compile(r"'([^']+)'")


@lru_cache(maxsize=8)
def _uncommented(line: str) -> str:
    """Return a line without what may be a comment; hundreds of faults may lie in a long one."""
    return _COMMENT.sub("", line)


def _look_private(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that look private: the file may not be YAML.

    They name such a note, or are indented below a line that does.
    """
    indent: int | None = None
    for number, line in enumerate(lines, start=1):
        found = len(line) - len(line.lstrip())
        if "private_note" in line:
            indent = found
        elif indent is not None and line.strip() and found <= indent:
            indent = None
        if indent is not None:
            yield number


def _cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)


# ---------------------------------------------------------------------------- for programs


def render_json(reports: Iterable[Report]) -> str:
    """Return all findings, and what was looked up, as JSON."""
    reports = list(reports)
    content = {
        "files": len(reports),
        "errors": sum(report.count(Severity.ERROR) for report in reports),
        "warnings": sum(report.count(Severity.WARNING) for report in reports),
        "information": sum(report.count(Severity.INFORMATION) for report in reports),
        "findings": [_fault(fault) for report in reports for fault in report.faults],
        "sources": [
            {
                "file": report.document.path,
                "source": verdict.source,
                "copy": verdict.copy,
                "sha256": verdict.sha256,
                "quotes": verdict.quotes,
                "found": verdict.found,
            }
            for report in reports
            for verdict in report.verdicts
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "file": visible(fault.location.path),
        "line": fault.location.line,
        "column": fault.location.column,
        "code": fault.code,
        "severity": fault.severity,
        "message": visible(fault.message),
        "hint": visible(fault.hint),
    }


def render_sarif(reports: Iterable[Report], version: str) -> str:
    """Return all findings as SARIF 2.1.0, the OASIS format for results of static analysis.

    Parameters
    ----------
    version
        That of Periplus.
    """
    rules = list(diagnostics.rules().values())
    order = {rule.code: index for index, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "periplus",
                "semanticVersion": version,
                "rules": [_sarif_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": fault.code,
                "ruleIndex": order[fault.code],
                "level": _sarif_level(fault.severity),
                "message": {"text": visible(f"{fault.message}. {fault.hint}".strip())},
                "locations": [{"physicalLocation": _sarif_location(fault.location)}],
            }
            for report in reports
            for fault in report.faults
        ],
    }
    content = {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(rule: diagnostics.Diagnostic) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": rule.way_out, "markdown": rule.page},
        "defaultConfiguration": {"level": _sarif_level(rule.severity)},
    }


def _sarif_level(severity: Severity) -> str:
    """Return the word of SARIF, in which information is a note."""
    return "note" if severity is Severity.INFORMATION else str(severity)


def _sarif_location(location: Location) -> dict[str, Any]:
    path = Path(location.path)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    found: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if location.line is not None:
        found["region"] = {"startLine": location.line}
        if location.column is not None:
            found["region"]["startColumn"] = location.column
    return found


def render_annotations(reports: Iterable[Report]) -> str:
    """Return each fault as a workflow command, which code hosting services show at its line."""
    told = [_annotation(fault) for report in reports for fault in report.faults]
    return "".join(f"{line}\n" for line in told)


def _annotation(fault: Fault) -> str:
    where = {"file": fault.location.path, "line": fault.location.line, "col": fault.location.column}
    known = [f"{key}={_property(str(value))}" for key, value in where.items() if value is not None]
    message = visible(f"{fault.message}. {fault.hint}".strip()).replace("%", "%25")
    kind = "notice" if fault.severity is Severity.INFORMATION else fault.severity
    return f"::{kind} {','.join([*known, f'title={fault.code}'])}::{message}"


def _property(text: str) -> str:
    """Write a value of a workflow command: what would end it is encoded."""
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
