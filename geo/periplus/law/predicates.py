"""What a rule may ask about a jurisdiction: small named questions to the facts.

A predicate is a pure function over a `Dossier`. It returns the facts that show it, so that
whatever a rule concludes has its evidence. Its docstring is what `docs/method.md` prints.
"""

# ruff: noqa: D401 - the docstring of a predicate says what holds, and is published as it stands
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from periplus.law.facts import LOCAL_AUTHORITIES, Control, Fact, Membership, Practice, Treaty

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from periplus.dates import Edtf


@dataclass(frozen=True, slots=True)
class Dossier:
    """The facts of one jurisdiction, and of the requesting state, that hold on a day.

    Attributes
    ----------
    since
        The first day of the method: what happened before does not count.
    held, theirs
        The facts by what they are about: of the jurisdiction, of the requesting state.
    """

    jurisdiction: str
    towards: str
    since: date
    held: Mapping[str, tuple[Fact, ...]]
    theirs: Mapping[str, tuple[Fact, ...]]

    def members(self, organisation: str, *statuses: str) -> tuple[Fact, ...]:
        """Return the memberships, with one of the statuses if any are named."""
        rows = (row for row in self.held.get(organisation, ()) if isinstance(row, Membership))
        return tuple(row for row in rows if not statuses or row.status in statuses)

    def common_membership(self, organisation: str, status: str) -> tuple[Fact, ...]:
        """Return the memberships of both, the jurisdiction and the requesting state."""
        ours = self.members(organisation, status)
        rows = (row for row in self.theirs.get(organisation, ()) if isinstance(row, Membership))
        theirs = tuple(row for row in rows if row.status == status)
        return ours + theirs if ours and theirs else ()

    def with_requester(self, rows: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """Return what holds between the jurisdiction and the requesting state alone."""
        pairs = (row for row in rows if isinstance(row, (Membership, Treaty)))
        return tuple(row for row in pairs if row.counterparty == self.towards)

    def treaties(self, treaty: str, *statuses: str) -> tuple[Fact, ...]:
        """Return the treaties by which the jurisdiction is bound."""
        return _bound(self.held, treaty, statuses)

    def common(self, treaty: str) -> tuple[Fact, ...]:
        """Return what binds both the jurisdiction and the requesting state to a treaty."""
        ours = self.treaties(treaty, "party")
        theirs = _bound(self.theirs, treaty, ("party", "withdrawal-notified"))
        return ours + theirs if ours and theirs else ()

    def arrangements(self, *kinds: str) -> tuple[Practice, ...]:
        """Return the practice towards the requesting state, whenever it began."""
        rows = (row for kind in kinds for row in self.held.get(kind, ()))
        return tuple(
            row
            for row in rows
            if isinstance(row, Practice)
            and row.towards == self.towards
            and row.valid_from is not None
        )

    def told(self, *kinds: str) -> tuple[Practice, ...]:
        """Return what is told towards the requesting state since the method begins."""
        rows = self.arrangements(*kinds)
        return tuple(
            row
            for row in rows
            if row.valid_from and _can_be_on_or_after(row.valid_from, self.since)
        )

    def events(self, *kinds: str) -> tuple[Practice, ...]:
        """Return what happened since the method begins, and nobody named disputes."""
        return tuple(row for row in self.told(*kinds) if not row.disputed)

    def control(self, kind: str) -> tuple[Control, ...]:
        """Return what is said of a territory."""
        return tuple(row for row in self.held.get(kind, ()) if isinstance(row, Control))


#: What a predicate finds: the facts that show it, none if it does not hold. Only a predicate
#: that needs no fact answers with yes or no.
Predicate = Callable[[Dossier], "tuple[Fact, ...] | bool"]

#: Every predicate by its name; rules may use no others.
PREDICATES: dict[str, Predicate] = {}


def _predicate(function: Predicate) -> Predicate:
    """Enter a function into the registry."""
    PREDICATES[function.__name__] = function
    return function


@_predicate
def requesting_state(dossier: Dossier) -> bool:
    """The jurisdiction is the requesting state."""
    return dossier.jurisdiction == dossier.towards


@_predicate
def csto_active(dossier: Dossier) -> tuple[Fact, ...]:
    """A member, like the requesting state, of the Collective Security Treaty Organization.

    Participation that is frozen does not count.
    """
    return dossier.common_membership("CSTO", "member")


@_predicate
def mutual_defence(dossier: Dossier) -> tuple[Fact, ...]:
    """A treaty of mutual defence with the requesting state holds."""
    return dossier.with_requester(dossier.members("MUTUAL_DEFENCE"))


@_predicate
def union_state(dossier: Dossier) -> tuple[Fact, ...]:
    """A member of a Union State with the requesting state."""
    return dossier.with_requester(dossier.members("UNION_STATE"))


@_predicate
def sco_member(dossier: Dossier) -> tuple[Fact, ...]:
    """A member, like the requesting state, of the Shanghai Cooperation Organisation."""
    return dossier.common_membership("SCO", "member")


@_predicate
def eu_member(dossier: Dossier) -> tuple[Fact, ...]:
    """A member of the European Union."""
    return dossier.members("EU", "member", "participation-frozen")


@_predicate
def eea_member(dossier: Dossier) -> tuple[Fact, ...]:
    """A member of the European Economic Area."""
    return dossier.members("EEA", "member", "participation-frozen")


@_predicate
def unfriendly_list(dossier: Dossier) -> tuple[Fact, ...]:
    """On the requesting state's list of unfriendly states."""
    return dossier.with_requester(dossier.members("UNFRIENDLY_LIST"))


@_predicate
def minsk_in_force(dossier: Dossier) -> tuple[Fact, ...]:
    """Party, like the requesting state, to the Minsk Convention of 1993 on legal assistance."""
    return dossier.common("MINSK1993")


@_predicate
def chisinau_in_force(dossier: Dossier) -> tuple[Fact, ...]:
    """Party, like the requesting state, to the Chisinau Convention of 2002 on legal assistance."""
    return dossier.common("CHISINAU2002")


@_predicate
def ets024_in_force(dossier: Dossier) -> tuple[Fact, ...]:
    """Party, like the requesting state, to the European Convention on Extradition (ETS 024)."""
    return dossier.common("ETS024")


@_predicate
def bilateral_any(dossier: Dossier) -> tuple[Fact, ...]:
    """Treaty with the requesting state on extradition or legal assistance: in force or ratified."""
    return _bilateral(dossier, "in-force", "ratified-by-counterparty")


@_predicate
def bilateral_pending(dossier: Dossier) -> tuple[Fact, ...]:
    """Treaty with the requesting state on extradition: signed, negotiated, or in unknown state."""
    return _bilateral(dossier, "signed", "unknown", "under-negotiation")


@_predicate
def echr_party(dossier: Dossier) -> tuple[Fact, ...]:
    """Bound by the European Convention on Human Rights."""
    return dossier.treaties("ECHR", "party")


@_predicate
def refugee_party(dossier: Dossier) -> tuple[Fact, ...]:
    """Bound by the Refugee Convention of 1951 or its Protocol of 1967."""
    return dossier.treaties("REFUGEE1951", "party") + dossier.treaties("REFUGEE1967", "party")


@_predicate
def cat_party(dossier: Dossier) -> tuple[Fact, ...]:
    """Bound by the Convention against Torture."""
    return dossier.treaties("CAT1984", "party")


@_predicate
def return_military_host(dossier: Dossier) -> tuple[Fact, ...]:
    """Its own authorities returned a deserter or a man who had been called up by name."""
    return _by_host(dossier.events("RETURN_MILITARY"))


@_predicate
def returned_deserter(dossier: Dossier) -> tuple[Fact, ...]:
    """Its own authorities returned a deserter."""
    events = _by_host(dossier.events("RETURN_MILITARY"))
    return tuple(row for row in events if row.persons_kind != "draft-evader")


@_predicate
def returned_draft_evader(dossier: Dossier) -> tuple[Fact, ...]:
    """Its own authorities returned a man who had been called up by name."""
    events = _by_host(dossier.events("RETURN_MILITARY"))
    return tuple(row for row in events if row.persons_kind == "draft-evader")


@_predicate
def return_military_on_soil(dossier: Dossier) -> tuple[Fact, ...]:
    """A deserter was taken back from its soil by others than its own authorities."""
    return _by_others(dossier.events("RETURN_MILITARY"))


@_predicate
def return_political_host(dossier: Dossier) -> tuple[Fact, ...]:
    """Its own authorities returned somebody who was wanted or known as an opponent."""
    return _by_host(dossier.events("RETURN_POLITICAL"))


@_predicate
def return_political_on_soil(dossier: Dossier) -> tuple[Fact, ...]:
    """An opponent was taken back from its soil by others than its own authorities."""
    return _by_others(dossier.events("RETURN_POLITICAL"))


@_predicate
def return_ordinary(dossier: Dossier) -> tuple[Fact, ...]:
    """Somebody was extradited or handed over on ordinary charges."""
    return dossier.events("RETURN_ORDINARY")


@_predicate
def approved_return(dossier: Dossier) -> tuple[Fact, ...]:
    """A return was approved; that it was carried out was not seen."""
    return dossier.events("APPROVED_RETURN")


@_predicate
def removal_rejected_asylum(dossier: Dossier) -> tuple[Fact, ...]:
    """Rejected asylum seekers whose fear was a general one were removed."""
    return dossier.events("REMOVAL_REJECTED_ASYLUM")


@_predicate
def removal_immigration(dossier: Dossier) -> tuple[Fact, ...]:
    """People were removed under immigration law."""
    return dossier.events("REMOVAL_IMMIGRATION")


@_predicate
def expulsion(dossier: Dossier) -> tuple[Fact, ...]:
    """People were expelled, kept out, or refused residence; weighs nothing."""
    return dossier.events("EXPULSION", "ENTRY_REFUSED", "RESIDENCE_REFUSED")


@_predicate
def prisoner_exchange(dossier: Dossier) -> tuple[Fact, ...]:
    """Prisoners of war were handed over in an exchange; weighs nothing."""
    return dossier.events("PRISONER_EXCHANGE")


@_predicate
def other_reports(dossier: Dossier) -> tuple[Fact, ...]:
    """Anything else is told: in general, a number, without an act, disputed; weighs nothing."""
    disputed = (row for row in dossier.told(*_SHOWN_PRACTICE) if row.disputed)
    return (*dossier.told(*_WEIGHTLESS), *disputed)


@_predicate
def transit_return(dossier: Dossier) -> tuple[Fact, ...]:
    """It helped with the transit of people who were being returned."""
    return dossier.events("TRANSIT_RETURN")


@_predicate
def attempt(dossier: Dossier) -> tuple[Fact, ...]:
    """A return or an abduction was attempted."""
    return dossier.events("ATTEMPT", "ABDUCTION_ATTEMPT")


@_predicate
def asylum_denied(dossier: Dossier) -> tuple[Fact, ...]:
    """Asylum was denied."""
    return dossier.events("ASYLUM_DENIED")


@_predicate
def protection_granted(dossier: Dossier) -> tuple[Fact, ...]:
    """Protection was granted."""
    return dossier.events("PROTECTION")


@_predicate
def refusal_or_stay(dossier: Dossier) -> tuple[Fact, ...]:
    """A return was refused or stayed."""
    return dossier.events("REFUSAL_OR_STAY")


@_predicate
def refusal_statistic(dossier: Dossier) -> tuple[Fact, ...]:
    """Refusals were counted."""
    return dossier.events("REFUSAL_STATISTIC")


@_predicate
def non_return_statement(dossier: Dossier) -> tuple[Fact, ...]:
    """It said publicly that it would not send people back."""
    return dossier.events("STATEMENT_NON_RETURN")


@_predicate
def shared_wanted_database(dossier: Dossier) -> tuple[Fact, ...]:
    """It shares a database of wanted people with the requesting state.

    This is a standing arrangement: it counts from its own start, also before the method's.
    """
    return dossier.arrangements("SHARED_WANTED_DATABASE")


@_predicate
def shared_exit_control(dossier: Dossier) -> tuple[Fact, ...]:
    """It stops people whom the requesting state has barred from leaving.

    This is a standing arrangement: it counts from its own start, also before the method's.
    """
    return dossier.arrangements("SHARED_EXIT_CONTROL")


@_predicate
def suspension_eu(dossier: Dossier) -> tuple[Fact, ...]:
    """What the ministers of the EU said on 4 March 2022 on requests covers it."""
    return dossier.events("SUSPENSION_EU")


@_predicate
def suspension_national(dossier: Dossier) -> tuple[Fact, ...]:
    """Its own government or courts have suspended extradition or legal assistance."""
    return dossier.events("SUSPENSION_NATIONAL")


@_predicate
def control_contradictory(dossier: Dossier) -> tuple[Fact, ...]:
    """Sources name several holders of the territory on one day."""
    rows = dossier.control("CONTROL")
    return rows if len({row.value for row in rows}) > 1 else ()


@_predicate
def controlled_by_requesting_state(dossier: Dossier) -> tuple[Fact, ...]:
    """The requesting state governs the territory in fact."""
    return tuple(row for row in dossier.control("CONTROL") if row.value == dossier.towards)


@_predicate
def controlled_by_another_state(dossier: Dossier) -> tuple[Fact, ...]:
    """Another state governs the territory in fact."""
    own = {dossier.towards, LOCAL_AUTHORITIES}
    return tuple(row for row in dossier.control("CONTROL") if row.value not in own)


@_predicate
def local_authorities(dossier: Dossier) -> tuple[Fact, ...]:
    """An administration of its own governs the territory, whether or not it depends on a state."""
    return tuple(row for row in dossier.control("CONTROL") if row.value == LOCAL_AUTHORITIES)


@_predicate
def claimed_by_requesting_state(dossier: Dossier) -> tuple[Fact, ...]:
    """The requesting state claims the territory."""
    return tuple(row for row in dossier.control("CLAIM") if row.value == dossier.towards)


@_predicate
def forces_of_requesting_state(dossier: Dossier) -> tuple[Fact, ...]:
    """Forces of the requesting state are stationed in the territory."""
    rows = dossier.control("MILITARY_PRESENCE")
    return tuple(row for row in rows if row.value == dossier.towards)


#: What stands against a return: shown as protection, and not as practice.
SUSPENSIONS = ("SUSPENSION_EU", "SUSPENSION_NATIONAL")
#: The events that are shown under a label of their own.
_SHOWN_PRACTICE = (
    "RETURN_MILITARY",
    "RETURN_POLITICAL",
    "RETURN_ORDINARY",
    "APPROVED_RETURN",
    "REMOVAL_REJECTED_ASYLUM",
    "REMOVAL_IMMIGRATION",
    "TRANSIT_RETURN",
)
#: What is told and shown, and weighs nothing.
_WEIGHTLESS = (
    "REPORT",
    "STATEMENT",
    "STATISTIC",
    "EXTRADITION_STATISTIC",
    "NGO_ASSESSMENT",
    "RELEASED_AFTER_ARREST",
    "SURVEILLANCE",
)


def _by_host(rows: tuple[Practice, ...]) -> tuple[Practice, ...]:
    """Return what the authorities of the jurisdiction did."""
    return tuple(row for row in rows if row.actor == "host")


def _by_others(rows: tuple[Practice, ...]) -> tuple[Practice, ...]:
    """Return what others did on its soil."""
    return tuple(row for row in rows if row.actor != "host")


def _bound(
    held: Mapping[str, tuple[Fact, ...]], treaty: str, statuses: tuple[str, ...]
) -> tuple[Fact, ...]:
    """Return the facts that bind to a treaty, in one of these ways."""
    rows = held.get(treaty, ())
    return tuple(row for row in rows if isinstance(row, Treaty) and row.status in statuses)


def _bilateral(dossier: Dossier, *statuses: str) -> tuple[Fact, ...]:
    """Return the treaties with the requesting state that may oblige to extradite."""
    names = ("BILAT_EXTRADITION", "BILAT_LEGAL_ASSISTANCE")
    rows = tuple(row for name in names for row in dossier.treaties(name, *statuses))
    return dossier.with_requester(rows)


def _can_be_on_or_after(when: Edtf, day: date) -> bool:
    """Whether a partial date can fall on the day or later."""
    return when.latest is None or when.latest >= day
