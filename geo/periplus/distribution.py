"""Under which name Periplus is installed, in which version, and how what it may use is added."""

from __future__ import annotations

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
