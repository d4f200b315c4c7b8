"""Which format a name, or the name of a file, asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from periplus.cli.options import chosen
from periplus.errors import UsageError
from periplus.file_format import FileFormat


class Drink(FileFormat):
    """The formats of a drink."""

    WATER = "water", ".h2o"
    TEA = "tea", ".tea", ".t"
    ICED_TEA = "iced-tea", ".iced.tea"
    JSON = "json", ".json"
    AIR = ("air",)


@pytest.mark.parametrize(
    ("file", "drink"),
    [
        ("x.h2o", Drink.WATER),
        ("x.T", Drink.TEA),
        ("iced.x.tea", Drink.TEA),
        ("x.iced.tea", Drink.ICED_TEA),
    ],
)
def test_the_longest_extension_decides(file: str, drink: Drink) -> None:
    """In capitals too."""
    assert Drink.of(Path(file)) is drink
    assert Drink.of(Path("x.y") / file) is drink


@pytest.mark.parametrize("file", ["x", "x.", "x.te", "tea", "x.tea.gz"])
def test_another_extension_is_refused(file: str) -> None:
    """With those that are known, and by which option to name a format."""
    message = r"^\S+ has no extension .*: \.h2o, \.tea, \.t, \.iced\.tea, \.json; or .* --from\."
    with pytest.raises(UsageError, match=message):
        Drink.of(Path(file), option="--from")


def test_the_nearest_is_suggested() -> None:
    """A name, or an extension."""
    with pytest.raises(UsageError, match=r"Did you mean 'water'\?"):
        Drink.of(Path("x.watr"))
    with pytest.raises(UsageError, match=r"Did you mean '\.h2o'\?"):
        Drink.of(Path("x.h20"))
    with pytest.raises(UsageError, match=r"'ice-tea' .* air\. Did you mean 'iced-tea'\?"):
        Drink.of(Path("x.tea"), "ice-tea")


@pytest.mark.parametrize(
    ("file", "name", "drink"),
    [
        (None, None, Drink.TEA),
        ("-", None, Drink.TEA),
        ("x.h2o", None, Drink.WATER),
        ("x.h2o", "air", Drink.AIR),
        ("-", "air", Drink.AIR),
        ("x", "water", Drink.WATER),
    ],
)
def test_a_name_goes_before_the_extension(file: str | None, name: str | None, drink: Drink) -> None:
    """And standard output has what is usual, unless one is named."""
    assert chosen(Drink.TEA, Path(file) if file else None, name) is drink


def test_json_has_an_option_of_its_own() -> None:
    """It may be named too, and no other format may."""
    assert chosen(Drink.TEA, Path("x.h2o"), None, as_json=True) is Drink.JSON
    assert chosen(Drink.TEA, None, "json", as_json=True) is Drink.JSON
    with pytest.raises(UsageError, match="--format tea another: choose one"):
        chosen(Drink.TEA, None, "tea", as_json=True)
