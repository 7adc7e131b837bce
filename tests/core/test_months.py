"""Whole months on the calendar, the first day included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.months import months_later

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 1, 29), 12, date(2027, 1, 28)),
        (date(2026, 11, 22), 6, date(2027, 5, 21)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 1), 1, date(2026, 1, 31)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
    ],
)
def test_a_stretch_of_months_ends_the_day_before_its_first_day_comes_round(first, months, last):
    assert months_later(first, months) == last


@given(DAYS, st.integers(1, 24))
def test_a_stretch_is_never_longer_than_the_calendar_says_nor_shorter_than_its_februaries(first, months):
    length = months_later(first, months) - first + timedelta(days=1)
    assert 28 * months <= length.days <= 31 * months


@given(DAYS, st.integers(1, 23))
def test_a_longer_stretch_ends_later(first, months):
    assert months_later(first, months) < months_later(first, months + 1)
