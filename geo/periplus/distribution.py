"""Under which name Periplus is installed, in which version, and how what it may use is added."""

from __future__ import annotations

import re

#: Of the distribution; the package and the command are called `periplus`. Under that name, and
#: under `periplus-map`, a public registry has programs of other people.
NAME = "periplus-routes"


def version() -> str:
    """Return the version that is installed."""
    from importlib import metadata

    return metadata.version(NAME)


def install(extra: str) -> str:
    """Return the command that installs Periplus with an extra."""
    return f"pip install '{NAME}[{extra}]'"


def libraries() -> dict[str, str]:
    """Return the version of each library that Periplus needs, or that it is missing."""
    from importlib import metadata

    asked = [told for told in metadata.requires(NAME) or [] if "extra ==" not in told]
    names = sorted(re.split(r"[^\w.-]", told, maxsplit=1)[0] for told in asked)
    return {name: _version_of(name) for name in names}


def _version_of(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"
