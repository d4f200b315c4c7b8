"""The checker: everything that is wrong or doubtful in route files, each with the way out.

What a route cannot do without is found when it is read, by every
command (`periplus.route.reading`).
Here stands what needs the shipped data to be told, and what asks for a second look. Each rule
is a generator over the route; `periplus/faults.toml` says what its code means.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from periplus import diagnostics
from periplus.checking import (
    assessing,
    cards,
    companions,
    drafts,
    evidence,
    geography,
    moments,
    plausibility,
    positions,
    regions,
    texts,
    withheld,
)
from periplus.errors import Fault, InputError, Severity
from periplus.intake.reading import read_any
from periplus.route.integrity import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike

    from periplus.checking.quotes import Verdict
    from periplus.route.integrity import Finding
    from periplus.route.reading import RouteFile
    from periplus.route.route import Route

#: Every rule, in the order of the codes.
RULES: tuple[Callable[[Route], Iterator[Finding]], ...] = (
    plausibility.unknown_cases,
    plausibility.legs_to_the_same_place,
    plausibility.dates_that_run_backwards,
    plausibility.dates_after_publication,
    plausibility.forced_without_an_actor,
    plausibility.legs_after_a_refusal,
    companions.people_who_meet_themselves,
    geography.unknown_countries,
    geography.positions_elsewhere,
    geography.airport_codes,
    regions.regions_without_an_outline,
    regions.regions_elsewhere,
    positions.not_of_the_gazetteer,
    positions.geolocations_unpublished,
    assessing.nothing_assessed,
    drafts.places_nowhere,
    evidence.withholdings_without_a_quote,
    withheld.visited_twice,
    withheld.places_named,
    withheld.times_and_distances,
    moments.hours_beside_withheld,
    positions.geolocations_that_find_people,
    withheld.traces_elsewhere,
    evidence.nothing_quoted,
    evidence.unused_sources,
    evidence.unused_places,
    evidence.unused_travellers,
    evidence.claims_left_open,
    evidence.sources_listed_twice,
    drafts.to_be_filled_in,
    texts.turning_characters,
    texts.long_names,
    texts.unknown_languages,
)


#: What a card of a route needs besides.
FOR_A_CARD = (cards.no_short,)

#: What may give a withheld place away: where one of these finds an error, nothing is shown.
WITHHOLDING = (
    evidence.withholdings_without_a_quote,
    withheld.visited_twice,
    withheld.places_named,
    withheld.times_and_distances,
    moments.hours_beside_withheld,
    positions.geolocations_that_find_people,
    withheld.traces_elsewhere,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker says of one file.

    Attributes
    ----------
    document
        The file as it was read.
    faults
        In the order of the file.
    verdicts
        For each source that is quoted, what became of its quotes; empty if they were not
        looked up.
    """

    document: RouteFile
    faults: tuple[Fault, ...]
    verdicts: tuple[Verdict, ...] = ()

    @property
    def sums(self) -> dict[str, str]:
        """The SHA-256 of the copy of each source all of whose quotes were found in it."""
        return {
            verdict.source: verdict.sha256
            for verdict in self.verdicts
            if verdict.sha256 and verdict.found == verdict.quotes
        }

    def count(self, severity: Severity) -> int:
        """Return how many faults are of this gravity."""
        return sum(fault.severity is severity for fault in self.faults)


def check(path: str | PathLike[str]) -> tuple[Fault, ...]:
    """Return everything that is wrong or doubtful in a route file, in the order of the file.

    Unlike `read_route` it raises nothing: that the file is missing is a fault too. An empty
    result means that the file has no finding; `severity` tells errors from warnings.
    """
    return check_document(read_any(Path(path))).faults


def read_to_show(path: Path, *, card: bool = False) -> tuple[Route, tuple[Fault, ...]]:
    """Read a route that others are to see, with the warnings of what may give a place away.

    Parameters
    ----------
    card
        Whether a card is to be made of it, which needs a sentence of its own.

    Raises
    ------
    InputError
        If the route cannot be read, its requesting state is none, or an error of `WITHHOLDING` is
        in it: a place that is named beside a withheld stop must not slip into a map because
        nobody checked.
    """
    document = read_any(path)
    if document.route is None or document.faults:
        raise InputError(*document.faults)
    needed = (*WITHHOLDING, geography.unknown_requesting_state, *(FOR_A_CARD if card else ()))
    findings = bounded(finding for rule in needed for finding in rule(document.route))
    faults = sorted((fault_of(finding, document) for finding in findings), key=_order)
    grave = [fault for fault in faults if fault.severity is Severity.ERROR]
    if grave:
        raise InputError(*grave)
    understood = [remark for remark in document.remarks if remark.code == "PER112"]
    return document.route, (*understood, *faults)


def check_document(
    document: RouteFile, sources: Path | None = None, case: str = "", *, card: bool = False
) -> Report:
    """Find everything that is wrong or doubtful in a document that was read.

    Parameters
    ----------
    sources
        A folder with copies of the sources, to look the quotes up in them.
    case
        The name of the case, for the copies that are its own.
    card
        Whether a card is to be made of it.
    """
    faults = [_with_way_out(fault, document) for fault in document.faults]
    if document.route is None:
        faults += _of_the_rest(document)
        return Report(document, tuple(sorted(set(faults), key=_order)))
    rules = (*RULES, *(FOR_A_CARD if card else ()))
    found = (finding for rule in rules for finding in rule(document.route))
    findings = list(bounded(found))
    verdicts: list[Verdict] = []
    if sources is not None:
        from periplus.checking.quotes import verify

        missing, verdicts = verify(document.route, sources, case)
        findings += bounded(missing)
    faults += [*document.remarks, *(fault_of(finding, document) for finding in findings)]
    return Report(document, tuple(sorted(faults, key=_order)), tuple(verdicts))


#: What may follow from a value that was taken out: that something is not used, or not quoted.
_OF_THE_WHOLE = frozenset({"PER510", "PER701", "PER702", "PER703", "PER704", "PER707"})


def _of_the_rest(document: RouteFile) -> Iterator[Fault]:
    """Tell what else is wrong in a file that has values that do not fit."""
    if document.mended is None:
        return
    for finding in (finding for rule in RULES for finding in rule(document.mended.route)):
        if finding.code not in _OF_THE_WHOLE and not document.mended.concerns_beside(finding.path):
            yield fault_of(finding, document)


def fault_of(finding: Finding, document: RouteFile) -> Fault:
    """Tell where in the file a finding stands, and how grave it is."""
    return Fault(
        finding.code,
        finding.message,
        document.place(finding.path, finding.word),
        finding.way_out,
        diagnostics.rules()[finding.code].severity,
    )


def _with_way_out(fault: Fault, document: RouteFile) -> Fault:
    """Give a fault that was found while reading the way out, if it has none yet.

    For a value that has not even the form of a country's code, the code is suggested.
    """
    if fault.hint:
        return fault
    path = document.path_at(fault.location) if fault.code == "PER203" else ()
    if (geography.COUNTRY_FIELDS | {"between"}).intersection(map(str, path)):
        value = document.value(path)
        return replace(fault, hint=geography.country_hint(value)) if value else fault
    if fault.code == "PER203":  # its message says what fits
        return fault
    return replace(fault, hint=diagnostics.rules()[fault.code].way_out)


def _order(fault: Fault) -> tuple[str, int, int, str, str]:
    where = fault.location
    return (where.path, where.line or 0, where.column or 0, fault.code, fault.message)
