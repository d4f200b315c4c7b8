"""Where shipped data lies, and which cases ship.

In a checkout it stands in `layers/` and `maps/`; in an installed wheel the same folders lie
inside the package.
"""

from __future__ import annotations

from pathlib import Path

from periplus.errors import DataError, UsageError, did_you_mean

_PACKAGE = Path(__file__).parent
#: Where shipped folders may stand: inside the wheel, or beside `geo/` in a checkout.
_ROOTS = (_PACKAGE, _PACKAGE.parent.parent)


def shipped(*parts: str) -> Path:
    """Find a shipped file or folder, such as `shipped("layers", "rules.toml")`.

    Raises
    ------
    DataError
        If it is not there: the installation is damaged.
    """
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    message = f"{'/'.join(parts)} is missing from this installation: install Periplus again"
    raise DataError(message)


def case_names() -> tuple[str, ...]:
    """Return the names of the shipped cases."""
    return tuple(sorted(path.parent.name for path in shipped("maps").glob("*/route.yaml")))


def case(name: str) -> Path:
    """Return the route file of a shipped case.

    Raises
    ------
    UsageError
        If there is no such case; the message suggests the nearest.
    """
    names = case_names()
    if name not in names:
        hint = did_you_mean(name, names) or f"Shipped cases: {', '.join(names)}."
        message = f"{name!r} is neither a file nor a shipped case. {hint}"
        raise UsageError(message)
    return shipped("maps", name, "route.yaml")
