"""The time that stands in files which must have one: never the clock's."""

from __future__ import annotations

import os
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from periplus.errors import UsageError

if TYPE_CHECKING:
    from periplus.views.gis.model import About


def pinned(about: About) -> datetime:
    """Return `SOURCE_DATE_EPOCH` if it is set, else the start of the day that is shown.

    Raises
    ------
    UsageError
        If `SOURCE_DATE_EPOCH` is no number of seconds since 1970.

    References
    ----------
    https://reproducible-builds.org/specs/source-date-epoch/
    """
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told is None:
        return datetime(about.as_of.year, about.as_of.month, about.as_of.day, tzinfo=UTC)
    try:
        return datetime.fromtimestamp(int(told), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {told!r}: it must be a whole number of seconds since 1970"
        raise UsageError(message) from None


def pinned_time(about: About) -> str:
    """Return the same as ISO 8601 text in UTC, with milliseconds."""
    return pinned(about).strftime("%Y-%m-%dT%H:%M:%S.000Z")


#: A zip archive knows no time before it.
_FIRST_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def zip_entry(name: str, about: About) -> zipfile.ZipInfo:
    """Return a compressed entry of a zip archive, with the pinned time."""
    at = pinned(about)
    stamp = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    entry = zipfile.ZipInfo(name, max(stamp, _FIRST_OF_ZIP))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry
