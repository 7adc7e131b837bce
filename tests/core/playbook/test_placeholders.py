"""Placeholders: found, and filled once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.playbook.placeholders import (
    ALLOWED_IN_NOTICE,
    REQUIRED_IN_NOTICE,
    fill,
    placeholders,
)


def test_placeholders_are_found_by_name_and_stray_braces_as_they_stand():
    assert placeholders("From {day} to {until}, {day}.") == {"day", "until"}
    assert placeholders("a { b") == {"{"}
    assert placeholders("{Day}") == {"{Day}"}
    assert placeholders("none") == frozenset()


def test_filling_replaces_every_occurrence():
    assert fill("{day}, and again {day}", {"day": "Friday", "unused": "x"}) == "Friday, and again Friday"


def test_a_missing_value_is_named():
    with pytest.raises(KeyError, match="until"):
        fill("Until {until}", {})


@given(st.text())
def test_braces_inside_a_value_are_never_filled_themselves(value):
    assert fill("<{incident}>", {"incident": value, "manager": "M"}) == f"<{value}>"


def test_every_placeholder_a_notice_requires_is_one_it_allows():
    for key, required in REQUIRED_IN_NOTICE.items():
        assert required <= ALLOWED_IN_NOTICE[key]
