"""When an improvement is remembered, and which team its owner's words mean."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.reminding import stage_on, team_meant, week_before

FRIDAY, SATURDAY = date(2026, 12, 18), date(2026, 12, 19)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "before"),
    [
        (FRIDAY, date(2026, 12, 11)),
        (SATURDAY, date(2026, 12, 11)),
        (date(2026, 12, 21), date(2026, 12, 14)),
        (date(2026, 12, 23), date(2026, 12, 16)),
    ],
)
def test_a_working_week_before(due, before):
    assert week_before(due) == before


@pytest.mark.parametrize(
    ("due", "today", "stage"),
    [
        (FRIDAY, date(2026, 12, 10), ""),
        (FRIDAY, date(2026, 12, 11), "before"),
        (FRIDAY, date(2026, 12, 17), "before"),
        (FRIDAY, FRIDAY, "due"),
        (FRIDAY, SATURDAY, ""),
        (FRIDAY, date(2026, 12, 21), "due"),
        (FRIDAY, date(2026, 12, 24), "due"),
        (FRIDAY, date(2026, 12, 25), "late1"),
        (FRIDAY, date(2027, 1, 1), "late2"),
        (SATURDAY, FRIDAY, "due"),
        (SATURDAY, date(2026, 12, 17), "before"),
        (SATURDAY, date(2026, 12, 28), "late1"),
    ],
)
def test_the_stage_of_a_day(due, today, stage):
    assert stage_on(due, today) == stage


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_stages_come_in_order_once_a_week_at_most_and_never_on_a_weekend(due):
    days = [due + n * DAY for n in range(-20, 40)]
    stages = [(day, stage_on(due, day)) for day in days]
    assert all(day.weekday() < 5 for day, stage in stages if stage)
    first = {}
    for day, stage in stages:
        if stage:
            first.setdefault(stage, day)
    assert list(first)[:3] == ["before", "due", "late1"]
    told = list(first.values())
    assert told == sorted(told)
    assert all(later - earlier >= 5 * DAY for earlier, later in pairwise(told))


TEAMS = {"n": "Network engineering", "s": "Shop platform", "sd": "Shop data", "d": "Data"}


@pytest.mark.parametrize(
    ("words", "team"),
    [
        ("Network engineering", "n"),
        ("network engineering lead", "n"),
        ("The network team", "n"),
        ("Whoever leads payments", ""),
        ("Shop", ""),
        ("Shop team", ""),
        ("Shop platform, with data", ""),
        ("Shop data", "sd"),
        ("Data", "d"),
        ("the team", ""),
        ("", ""),
        ("🙂", ""),
        ("Director", ""),
    ],
)
def test_the_team_that_is_meant(words, team):
    assert team_meant(words, TEAMS) == team


def test_two_teams_named_at_once_are_none():
    assert team_meant("red and blue", {"a": "Red", "b": "Blue"}) == ""


def test_a_team_without_a_word_in_its_name_is_never_meant():
    assert team_meant("the team", {"a": "🙂"}) == ""
