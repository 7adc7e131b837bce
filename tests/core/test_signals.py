"""A signal is something seen on a day; nobody did too little where there was no opportunity."""

from datetime import date

import pytest

from fairlead.core.signals import Seen, missing_for_signal

TALK, DAY, TODAY = date(2027, 1, 14), date(2027, 1, 19), date(2027, 1, 20)


def codes(**changed) -> list[str]:
    given = {"direction": "too_far", "words": "Asked three times.", "seen_on": DAY}
    return [one.code for one in missing_for_signal(Seen(**{**given, **changed}), talk_on=TALK, today=TODAY)]


def test_something_seen_on_a_day_of_the_follow_up_is_enough():
    assert codes() == []
    assert codes(direction="good", seen_on=TODAY) == []
    assert codes(seen_on=TALK) == []


@pytest.mark.parametrize("day", [date(2027, 1, 13), date(2027, 1, 21)])
def test_a_day_before_the_talk_or_to_come_is_not(day):
    assert codes(seen_on=day) == ["seen_on"]
    opportunity = {"direction": "too_little", "opportunity": "A change", "opportunity_on": day}
    assert codes(**opportunity) == ["opportunity_on"]


def test_too_little_needs_the_opportunity_and_its_day():
    assert codes(direction="too_little") == ["opportunity", "opportunity_on"]
    assert codes(direction="too_little", opportunity=" ", opportunity_on=DAY) == ["opportunity"]
    assert codes(direction="too_little", opportunity="The change on Tuesday.", opportunity_on=DAY) == []


def test_nothing_seen_is_no_signal():
    assert codes(words=" \n") == ["words"]
