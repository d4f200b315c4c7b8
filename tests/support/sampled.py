"""Which of the shipped cases the gate looks at where each is drawn, and which the matrix does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from periplus import case_names

if TYPE_CHECKING:
    from collections.abc import Iterable

#: One of each kind: a journey with a line, a return, an inset, a shade, two rows, none at all.
KINDS = frozenset({
    "couple-kazakhstan", "guguyev", "hiding-in-syria", "ivanishin", "the-deserter", "zhilin",
})  # fmt: skip


def cases(*more: str, among: Iterable[str] = KINDS) -> list[Any]:
    """Return the shipped cases, and more names, as parameters: most for `make matrix` alone."""
    kept = {*among, *more}
    return [
        name if name in kept else pytest.param(name, marks=pytest.mark.matrix)
        for name in (*case_names(), *more)
    ]
