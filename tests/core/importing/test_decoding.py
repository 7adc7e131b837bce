"""Bytes become text in the encodings people really use, and what is lost is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.importing.decoding import LOST, NotTextError, decoded


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("naïve café".encode(), "naïve café"),
        ("naïve café".encode("utf-8-sig"), "naïve café"),
        ("naïve café".encode("utf-16"), "naïve café"),
        ("naïve café".encode("cp1252"), "naïve café"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
    ],
)
def test_text_is_read_whatever_it_was_saved_as(content, text):
    assert decoded(content) == (text, ())


def test_damaged_utf_8_keeps_what_is_whole_and_says_what_is_not():
    assert decoded("naïve".encode() + b" \xff caf") == ("naïve � caf", (LOST,))


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused_in_a_sentence(content):
    try:
        text, problems = decoded(content)
    except NotTextError as error:
        text, problems = "", (str(error),)
    assert "\0" not in text
    assert "\r" not in text
    assert all(problem.endswith(".") for problem in problems)
