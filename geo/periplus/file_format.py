"""Which format a name, or the name of a file, asks for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Self

from periplus.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path


class FileFormat(StrEnum):
    """A format of files; those that a command knows are the members of a class of its own.

    A member is its name, as `--format` takes it.

    Attributes
    ----------
    extensions
        What its files end with; the first is written.
    """

    extensions: tuple[str, ...]

    def __new__(cls, name: str, *extensions: str) -> Self:
        """Take a name, and what files end with."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.extensions = extensions
        return member

    @classmethod
    def of(cls, path: Path, name: str | None = None, *, option: str = "--format") -> Self:
        """Return the format of this name, else the one that the extension of a file asks for.

        Parameters
        ----------
        option
            By which option a name can be given.

        Raises
        ------
        UsageError
            If there is none; the message suggests the nearest.
        """
        return cls._called(name) if name is not None else cls._by_extension(path, option)

    @classmethod
    def _called(cls, name: str) -> Self:
        known = [form.value for form in cls]
        if name in known:
            return cls(name)
        message = f"no format is called {name!r} here: there are {', '.join(known)}. "
        raise UsageError((message + did_you_mean(name, known)).strip())

    @classmethod
    def _by_extension(cls, path: Path, option: str) -> Self:
        known = {extension: form for form in cls for extension in form.extensions}
        found = [extension for extension in known if path.name.lower().endswith(extension)]
        if found:
            return known[max(found, key=len)]  # `.lpf.json` says more than `.json`
        message = (
            f"{path} has no extension of a format that is known here: {', '.join(known)}; "
            f"or name the format with {option}. "
        )
        hint = did_you_mean(path.suffix.removeprefix("."), [form.value for form in cls])
        raise UsageError((message + (hint or did_you_mean(path.suffix, known))).strip())
