from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.foundation.codes import LONGEST, NotACode, code, codes

AN_ID = UUID("5e9a4d2c-3b61-4f0e-9d53-2f7d1c0a8b11")


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (AN_ID, str(AN_ID)),
        ("case.opened", "case.opened"),
        ("", ""),
        ("a" * LONGEST, "a" * LONGEST),
        (3, 3),
        (True, True),
        (None, None),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 14, 27, tzinfo=UTC), "2026-11-22T14:27:00+00:00"),
    ],
)
def test_ids_codes_numbers_and_days_pass(value, stored):
    assert code("value", value) == stored


@pytest.mark.parametrize(
    "value",
    [
        "two words",
        "a" * (LONGEST + 1),
        "maria@example.org",
        "Größe",
        "line\n",
        "tab\t",
        1.5,
        ["a"],
        {"a": "b"},
        b"bytes",
    ],
)
def test_whatever_could_hold_words_is_refused_without_being_repeated(value):
    with pytest.raises(NotACode) as refused:
        code("note", value)
    assert str(refused.value).startswith("note must be")
    assert "maria" not in str(refused.value)


def test_names_are_checked_like_values():
    with pytest.raises(NotACode):
        codes({"what she said": 1})
    assert codes({"case": AN_ID, "day": 7}) == {"case": str(AN_ID), "day": 7}


@given(st.text())
def test_no_text_with_a_space_and_no_long_text_passes(text):
    try:
        passed = code("value", text)
    except NotACode:
        return
    assert passed == text
    assert len(text) <= LONGEST
    assert text.isascii()
    assert not any(sign.isspace() for sign in text)
