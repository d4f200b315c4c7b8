"""The JSON Schema is that of the model, and every valid route fits it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from periplus.route.reading import parse_document, read_document
from periplus.route.schema import generate, schema_text
from periplus.route.starter import template
from periplus.shipped import case, case_names, shipped

GOLDEN = shipped("tests", "golden", "checks")


@cache
def validator() -> Draft202012Validator:
    """Return a validator for the schema that ships."""
    return Draft202012Validator(json.loads(schema_text()))


def fits(data: Any) -> bool:  # noqa: ANN401 - plain values of YAML
    """Whether the schema accepts the values of a file."""
    return bool(validator().is_valid(data))


def test_the_schema_is_that_of_the_model() -> None:
    """`make schema` renews it."""
    assert schema_text() == generate()


def test_it_is_a_schema() -> None:
    """Of the dialect that it names."""
    Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("name", case_names())
def test_every_shipped_case_fits(name: str) -> None:
    """As editors see it."""
    assert list(validator().iter_errors(read_document(case(name)).data)) == []


def test_the_starter_fits() -> None:
    """What `periplus new` writes."""
    assert fits(parse_document(template()).data)


@pytest.mark.parametrize("code", ["PER201", "PER202", "PER203"])
def test_what_the_model_refuses_does_not_fit(code: str) -> None:
    """Unknown fields, missing fields, wrong values."""
    assert not fits(read_document(GOLDEN / f"{code}.yaml").data)


@pytest.mark.parametrize("code", ["PER311", "PER502", "PER603", "PER702"])
def test_what_only_the_checker_finds_fits(code: str) -> None:
    """A schema sees no further than one value."""
    assert fits(read_document(GOLDEN / f"{code}.yaml").data)


def test_a_key_in_capitals_does_not_fit() -> None:
    """Tables are closed too."""
    data = read_document(GOLDEN / "fine.yaml").data
    data["places"]["Riga"] = data["places"]["riga"]
    assert not fits(data)


def test_records_and_fields_are_described() -> None:
    """An editor shows the words of the model."""
    schema = json.loads(schema_text())
    withheld = schema["$defs"]["Withheld"]
    assert withheld["description"].startswith("A place that is held back.")
    assert withheld["properties"]["role"]["description"].startswith("The source's own words")
    quote = schema["$defs"]["Evidence"]["properties"]["quote"]
    assert "40 at most" in quote["description"]
    assert all("description" in definition for definition in schema["$defs"].values())
