"""A file is written whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from periplus.errors import OutputError
from periplus.files import write

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    """Those that the user's other files have, not those of a temporary file."""
    target, usual = tmp_path / "x", tmp_path / "usual"
    usual.touch()
    write(target, b"content")
    assert target.read_bytes() == b"content"
    assert target.stat().st_mode == usual.stat().st_mode


def test_what_exists_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    """And no other file appears."""
    target = tmp_path / "x"
    target.write_bytes(b"mine")
    with pytest.raises(OutputError, match="exists already"):
        write(target, b"yours")
    assert target.read_bytes() == b"mine"
    write(target, b"yours", overwrite=True)
    assert target.read_bytes() == b"yours"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_in_the_middle_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when the last step fails, and whoever interrupts it."""
    target = tmp_path / "x"
    target.write_bytes(b"mine")
    for failure in (OSError(28, "No space left on device"), KeyboardInterrupt()):

        def fail(_descriptor: int, failure: BaseException = failure) -> None:
            raise failure

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises((OutputError, KeyboardInterrupt)):
            write(target, b"yours", overwrite=True)
        assert target.read_bytes() == b"mine"
        assert list(tmp_path.iterdir()) == [target]
