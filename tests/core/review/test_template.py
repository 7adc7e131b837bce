"""The sections of a review are data with a key that stays; the days come round, 29 February on the 28th."""

from datetime import date

import pytest

from fairlead.core.refusal import Refused
from fairlead.core.review.anniversary import anniversary, next_anniversary, years_words
from fairlead.core.review.template import (
    DEFAULT,
    LONGEST_TITLE,
    MOST_SECTIONS,
    SOURCE_WORDS,
    Section,
    Source,
    checked,
    from_data,
    key_for,
    to_data,
)


def test_a_template_survives_being_kept_as_data():
    assert from_data(to_data(DEFAULT)) == DEFAULT
    assert checked(DEFAULT) == DEFAULT


def test_every_source_has_words_and_the_default_uses_each():
    assert set(SOURCE_WORDS) == set(Source)
    assert {one.source for one in DEFAULT} == set(Source)


@pytest.mark.parametrize(
    ("title", "taken", "key"),
    [
        ("What went well?", [], "what_went_well"),
        ("Lessons", ["lessons"], "lessons_2"),
        ("Lessons", ["lessons", "lessons_2"], "lessons_3"),
        ("!!!", [], "section"),
        ("a" * 90, [], "a" * 40),
    ],
)
def test_a_new_section_gets_a_key_of_its_own(title, taken, key):
    assert key_for(title, taken) == key


@pytest.mark.parametrize(
    ("sections", "told", "field"),
    [
        ([], "one section at least", ""),
        ([Section(f"k{n}", "T") for n in range(MOST_SECTIONS + 1)], "read by nobody", ""),
        ([Section("a", " ")], "needs a title", "0"),
        ([Section("a", "A"), Section("b", "B" * (LONGEST_TITLE + 1))], "at most", "1"),
        ([Section("a", "A", "p" * 501)], "at most", "0"),
        ([Section("a", "A"), Section("a", "B")], "same key", "0"),
    ],
)
def test_what_cannot_be_a_template_is_refused(sections, told, field):
    with pytest.raises(Refused, match=told) as refused:
        checked(sections)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("day", "years", "falls_on"),
    [
        (date(2026, 11, 19), 1, date(2027, 11, 19)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 28), 1, date(2025, 2, 28)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
    ],
)
def test_an_anniversary_has_a_day_in_every_year(day, years, falls_on):
    assert anniversary(day, years) == falls_on


@pytest.mark.parametrize(
    ("day", "after", "expected"),
    [
        (date(2026, 11, 19), date(2026, 11, 25), (1, date(2027, 11, 19))),
        (date(2026, 11, 19), date(2027, 11, 18), (1, date(2027, 11, 19))),
        (date(2026, 11, 19), date(2027, 11, 19), (2, date(2028, 11, 19))),
        (date(2020, 2, 29), date(2026, 11, 25), (7, date(2027, 2, 28))),
        (date(2026, 11, 19), date(2026, 11, 19), (1, date(2027, 11, 19))),
    ],
)
def test_the_next_one_is_the_first_after_a_day(day, after, expected):
    assert next_anniversary(day, after=after) == expected


def test_how_long_ago_is_said_in_words():
    assert [years_words(1), years_words(3)] == ["A year ago today", "3 years ago today"]
