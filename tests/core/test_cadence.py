"""The check-ins of the ninety days fall on working days, closer at first."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.cadence import check_ins
from fairlead.core.playbook.reader import load_default

CADENCE = load_default().cadence
DAYS = st.dates(date(2020, 1, 1), date(2099, 1, 1))


def test_after_a_thursday_the_days_are_these():
    found = check_ins(CADENCE, date(2026, 11, 19))
    assert [(one.number, f"{one.day:%a %d %b}", one.phase) for one in found] == [
        (1, "Mon 23 Nov", "week_1"),
        (2, "Wed 25 Nov", "week_1"),
        (3, "Wed 02 Dec", "weeks_2_to_4"),
        (4, "Wed 09 Dec", "weeks_2_to_4"),
        (5, "Wed 16 Dec", "weeks_2_to_4"),
        (6, "Wed 30 Dec", "months_2_to_3"),
        (7, "Wed 13 Jan", "months_2_to_3"),
        (8, "Wed 27 Jan", "months_2_to_3"),
        (9, "Wed 10 Feb", "months_2_to_3"),
    ]


@given(DAYS)
def test_every_check_in_is_on_a_working_day_inside_ninety_days_and_none_is_far_from_the_next(talk_on):
    found = check_ins(CADENCE, talk_on)
    days = [talk_on, *(one.day for one in found)]
    assert all(day.weekday() < 5 for day in days[1:])
    assert 1 <= (days[1] - talk_on).days <= 4
    assert (days[-1] - talk_on).days <= 90
    assert all(2 <= (later - earlier).days <= 14 for earlier, later in pairwise(days[1:]))
    assert {one.phase for one in found} == {phase.key for phase in CADENCE}


def test_without_a_cadence_there_are_no_days():
    assert check_ins((), date(2026, 11, 19)) == ()
