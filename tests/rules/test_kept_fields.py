"""Every kept field outside the commons says what it is for, who reads it and how long it is kept."""

import pytest

from tests.rules.kept_fields import (
    PAGE,
    PurposeMissingError,
    fields,
    known,
    models,
    place,
    purpose_of,
    said_of,
    table,
)


def test_the_page_is_current():
    assert PAGE.read_text("utf-8") == table(), "run python -m tests.rules.kept_fields"


def test_nothing_is_said_of_a_field_or_an_app_that_is_not_there():
    paths = {place(model) for model in models()}
    whole = {f"{place(model)}.{one.name}" for model in models() for one in fields(model)}
    names = {path.rsplit(".", 1)[1] for path in whole}
    assert {key for key in known()["fields"] if key not in names | whole} == set()
    assert {
        app for app in known()["apps"] if not any(f"{path}.".startswith(f"{app}.") for path in paths)
    } == set()


def test_a_field_without_a_purpose_is_named_with_the_place_to_write_it():
    with pytest.raises(PurposeMissingError, match=r"Case\.mood .* under \[fields\] in kept_fields\.toml"):
        purpose_of("private.cases.Case", "mood", known()["fields"])


def test_an_app_of_which_nothing_is_said_is_named():
    with pytest.raises(PurposeMissingError, match=r"attic\.Chest"):
        said_of("attic.Chest", known()["apps"])


def test_every_sealed_field_is_on_the_page_as_sealed():
    sealed = [one for model in models() for one in fields(model) if type(one).__name__ == "SealedField"]
    assert len(sealed) > 15
    assert PAGE.read_text("utf-8").count("| sealed |") == len(sealed)
