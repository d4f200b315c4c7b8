"""Where shipped data is.

In a checkout it stands in `layers/` and `maps/`; in an installed wheel the same folders lie
inside the package.
"""

from __future__ import annotations

from pathlib import Path

from periplus.errors import DataError

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
    message = f"{'/'.join(parts)} is missing from this installation: install periplus again"
    raise DataError(message)
