"""What a state has to do with the CSTO on a day, as columns.

Two things, never one: the last state of affairs, with its own dates (a participation that is
frozen), and the membership, which began before that and goes on.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from periplus.law.facts import Membership
from periplus.scene import messages
from periplus.views.gis.model import FieldKind

if TYPE_CHECKING:
    from datetime import date

    from periplus.dates import Edtf
    from periplus.law.facts import Facts
    from periplus.law.standing import Standing

_A_DAY = timedelta(days=1)
#: A column of texts that are all days would be one of days in GDAL, on some days.
_COARSE = "The month or year, where no day is known (EDTF)."
#: The columns: what each is called, and what it says.
COLUMNS: tuple[tuple[str, FieldKind, str, str], ...] = (
    (
        "csto",
        FieldKind.TEXT,
        "CSTO",
        "The last state of affairs with the Collective Security Treaty Organization.",
    ),
    ("csto_from", FieldKind.DATE, "CSTO since", "The first day on which that can have begun."),
    ("csto_to", FieldKind.DATE, "CSTO until", "The last day on which that can have held."),
    ("csto_from_edtf", FieldKind.TEXT, "CSTO since, as dated", _COARSE),
    ("csto_to_edtf", FieldKind.TEXT, "CSTO until, as dated", _COARSE),
    ("csto_note", FieldKind.TEXT, "CSTO note", "On that state of affairs."),
    (
        "csto_member",
        FieldKind.BOOLEAN,
        "CSTO member",
        "Whether it is a member on the day, frozen participation included.",
    ),
    (
        "csto_member_from",
        FieldKind.DATE,
        "CSTO member since",
        "The first day of that membership, whatever became of it since.",
    ),
)

if TYPE_CHECKING:
    CstoCell = date | str | bool | None


def csto_cells(standing: Standing, facts: Facts) -> dict[str, CstoCell]:
    """Return the columns of a standing; days are days."""
    row = standing.csto
    begun, ended = (row.valid_from, row.valid_to) if row else (None, None)
    status = _status(row, standing.on) if row else None
    member = status in messages.CSTO_MEMBER
    return {
        "csto": status,
        "csto_from": begun.earliest if begun else None,
        "csto_to": ended.latest if ended else None,
        "csto_from_edtf": _coarse(begun),
        "csto_to_edtf": _coarse(ended),
        "csto_note": row.note if row else None,
        "csto_member": member,
        "csto_member_from": _member_since(row, facts) if row and member else None,
    }


def _status(row: Membership, on: date) -> str:
    """Return the word for a state of affairs; who is known to have left later was a member."""
    still = row.status == "former-member" and row.valid_to is not None and row.in_force(on)
    return "member" if still else row.status


def _coarse(dated: Edtf | None) -> str | None:
    return dated.text if dated and not dated.is_day else None


def _member_since(row: Membership, facts: Facts) -> date | None:
    """Return the first day of a membership: that of the first of the states that led to this."""
    start = row.valid_from.earliest if row.valid_from else None
    for other in facts.of(row.jurisdiction, Membership):
        ended = other.valid_to.latest if other.valid_to else None
        same = other.kind == row.kind and other.status in messages.CSTO_MEMBER
        if same and start and ended and ended + _A_DAY == start:
            return _member_since(other, facts)
    return start
