"""The check-ins of the ninety days: on days when the two can meet, closer at first, and never silently gone."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.cadence import (
    Calendar,
    Fixed,
    FollowUp,
    PaceError,
    Stretch,
    check_ins,
    day_in,
    moment_on,
    plan,
    with_pace,
)
from fairlead.core.playbook.reader import load_default
from tests.core.slow_scheduler import days_to_meet

CADENCE = load_default().cadence
DAYS = st.dates(date(2020, 1, 1), date(2099, 1, 1))
THURSDAY = date(2026, 11, 19)
FRIDAY, MONDAY, TUESDAY, WEDNESDAY = (THURSDAY + timedelta(days=n) for n in (1, 4, 5, 6))


def days(follow_up: FollowUp, today: date = THURSDAY, cadence=CADENCE) -> list[date]:
    return [one.day for one in plan(cadence, follow_up, today)]


# --- the ordinary course ----------------------------------------------------------------------------------------------


def test_after_a_thursday_the_days_are_these():
    found = check_ins(CADENCE, THURSDAY)
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
    taken = [talk_on, *(one.day for one in found)]
    assert all(day.weekday() < 5 for day in taken[1:])
    assert 1 <= (taken[1] - talk_on).days <= 4
    assert (taken[-1] - talk_on).days <= 90
    assert all(2 <= (later - earlier).days <= 14 for earlier, later in pairwise(taken[1:]))
    assert {one.phase for one in found} == {phase.key for phase in CADENCE}


def test_without_a_cadence_there_are_no_days():
    assert check_ins((), THURSDAY) == ()


def test_two_people_may_meet_daily_in_the_first_week_and_not_more_often_than_a_phase_allows():
    daily = with_pace(CADENCE, {"week_1": 1})
    assert days(FollowUp(THURSDAY), cadence=daily)[:4] == [FRIDAY, MONDAY, TUESDAY, WEDNESDAY]
    for pace in ({"week_1": 4}, {"weeks_2_to_4": 1}, {"months_2_to_3": 16}):
        with pytest.raises(PaceError, match="working days from one check-in to the next"):
            with_pace(CADENCE, pace)


# --- days off ---------------------------------------------------------------------------------------------------------


def test_a_working_week_may_be_any_days():
    sunday_to_thursday = Calendar(frozenset({6, 0, 1, 2, 3}))
    assert {day.weekday() for day in days(FollowUp(THURSDAY, sunday_to_thursday))} <= {6, 0, 1, 2, 3}
    only_saturdays = Calendar(frozenset({5}))
    assert {day.weekday() for day in days(FollowUp(THURSDAY, only_saturdays))} == {5}


@pytest.mark.parametrize("week", [frozenset(), frozenset({7}), frozenset({-1, 0})])
def test_a_week_without_working_days_is_no_week(week):
    with pytest.raises(ValueError, match="one to seven weekdays"):
        Calendar(week)


def test_a_public_holiday_is_no_working_day():
    assert days(FollowUp(THURSDAY, Calendar(holidays=frozenset({FRIDAY}))))[0] == TUESDAY


def test_leave_moves_a_check_in_behind_it_and_does_not_stop_the_count():
    away = Stretch(MONDAY, MONDAY + timedelta(days=11))
    first, second, *_ = days(FollowUp(THURSDAY, Calendar(leave=(away,))))
    assert first == MONDAY + timedelta(days=14)
    assert second == first + timedelta(days=7)


def test_leave_to_the_end_of_the_ninety_days_and_beyond_still_leaves_one_to_come():
    away = Stretch(MONDAY, THURSDAY + timedelta(days=120))
    assert days(FollowUp(THURSDAY, Calendar(leave=(away,)))) == [date(2027, 3, 22)]


def test_leave_ends_after_it_begins():
    with pytest.raises(ValueError, match="Days away"):
        Stretch(TUESDAY, MONDAY)


# --- what people did --------------------------------------------------------------------------------------------------


def test_what_was_missed_is_caught_up_on_the_next_possible_day_and_named():
    first, second, *_ = plan(CADENCE, FollowUp(THURSDAY, missed=(MONDAY,)), TUESDAY)
    assert (first.number, first.day, first.stands_for) == (2, TUESDAY, (MONDAY,))
    assert (second.day, second.stands_for) == (TUESDAY + timedelta(days=7), ())


def test_several_missed_in_a_row_are_caught_up_on_once():
    first, *_ = plan(CADENCE, FollowUp(THURSDAY, missed=(MONDAY, WEDNESDAY)), WEDNESDAY + timedelta(days=1))
    assert first.stands_for == (MONDAY, WEDNESDAY)


def test_after_five_in_a_row_it_is_tried_at_the_pace_of_its_phase_and_still_not_dropped():
    in_a_row = [MONDAY + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7)]  # the last one in the second week
    fifth, sixth = (
        plan(CADENCE, FollowUp(THURSDAY, missed=tuple(in_a_row[:n])), in_a_row[n - 1] + timedelta(days=1))[0]
        for n in (5, 6)
    )
    assert (fifth.day, len(fifth.stands_for)) == (in_a_row[5], 5)
    assert (sixth.day, len(sixth.stands_for)) == (in_a_row[5] + timedelta(days=7), 6)


def test_long_after_the_ninety_days_nobody_is_asked_every_day():
    missed, day = [], check_ins(CADENCE, THURSDAY)[-1].day
    while day < THURSDAY + timedelta(days=365):
        missed.append(day)
        [coming] = plan(CADENCE, FollowUp(THURSDAY, missed=tuple(missed)), day + timedelta(days=1))
        day = coming.day
    assert len(missed) < 30, "two weeks lie between them, not a night"


def test_what_was_missed_on_the_last_day_is_caught_up_after_the_ninety_days():
    last = check_ins(CADENCE, THURSDAY)[-1].day
    after = plan(CADENCE, FollowUp(THURSDAY, missed=(last,)), last + timedelta(days=9))
    assert [(one.day, one.stands_for) for one in after] == [(date(2027, 2, 19), (last,))]


def test_one_that_was_held_settles_what_was_missed_before():
    first, *_ = plan(CADENCE, FollowUp(THURSDAY, held=(TUESDAY,), missed=(MONDAY,)), TUESDAY)
    assert first.stands_for == ()


def test_one_moved_by_hand_stands_there_and_the_next_counts_from_it():
    earlier = Fixed("a", FRIDAY, MONDAY)
    later = Fixed("a", WEDNESDAY, MONDAY)
    assert days(FollowUp(THURSDAY, fixed=(earlier,)))[:2] == [FRIDAY, TUESDAY]
    assert days(FollowUp(THURSDAY, fixed=(later,)))[:2] == [WEDNESDAY, WEDNESDAY + timedelta(days=7)]


def test_a_later_one_moved_by_hand_leaves_those_before_it_alone():
    moved = Fixed("a", date(2026, 12, 4), date(2026, 12, 2))
    found = plan(CADENCE, FollowUp(THURSDAY, fixed=(moved,)), THURSDAY)
    assert [(one.day, one.fixed) for one in found[:4]] == [
        (MONDAY, ""),
        (WEDNESDAY, ""),
        (date(2026, 12, 4), "a"),
        (date(2026, 12, 11), ""),
    ]


def test_leave_entered_later_moves_what_was_fixed_by_hand_too():
    calendar = Calendar(leave=(Stretch(WEDNESDAY, WEDNESDAY),))
    follow_up = FollowUp(THURSDAY, calendar, fixed=(Fixed("a", WEDNESDAY, THURSDAY),))
    assert days(follow_up)[0] == WEDNESDAY + timedelta(days=1)


def test_two_fixed_ones_that_leave_pushes_together_stay_two():
    calendar = Calendar(leave=(Stretch(MONDAY, TUESDAY),))
    fixed = (Fixed("a", MONDAY, THURSDAY), Fixed("b", TUESDAY, TUESDAY))
    found = plan(CADENCE, FollowUp(THURSDAY, calendar, fixed=fixed), THURSDAY)
    assert [(one.day, one.fixed) for one in found[:2]] == [
        (WEDNESDAY, "a"),
        (WEDNESDAY + timedelta(days=1), "b"),
    ]


def test_what_was_fixed_after_the_ninety_days_stands_too():
    fixed = Fixed("a", date(2027, 4, 1), date(2027, 4, 1))
    assert days(FollowUp(THURSDAY, fixed=(fixed,)))[-1] == date(2027, 4, 1)


def test_a_new_manager_meets_the_engineer_on_the_first_possible_day():
    saturday = date(2026, 11, 28)
    found = days(FollowUp(THURSDAY, hand_over=saturday))
    assert found[:4] == [MONDAY, WEDNESDAY, date(2026, 11, 30), date(2026, 12, 7)]
    met = FollowUp(THURSDAY, held=(MONDAY, WEDNESDAY, date(2026, 11, 30)), hand_over=saturday)
    assert days(met, date(2026, 11, 30))[0] == date(2026, 12, 7)


def test_nothing_is_planned_into_the_past():
    assert days(FollowUp(THURSDAY), date(2026, 12, 15))[0] == date(2026, 12, 15)


# --- against the slow scheduler ---------------------------------------------------------------------------------------


def anything(chance: random.Random) -> tuple[FollowUp, date, tuple]:
    """Return a follow-up in any state, what day it is, and the pace of the two."""
    talk_on = date(2024, 1, 1) + timedelta(days=chance.randrange(1500))

    def some(most: int, first: int, last: int) -> list[date]:
        return [
            talk_on + timedelta(days=n) for n in chance.sample(range(first, last), chance.randint(0, most))
        ]

    today = talk_on + timedelta(days=chance.choice([0, 1, chance.randrange(100)]))
    week = frozenset(chance.sample(range(7), chance.randint(1, 7)))
    leave = [Stretch(day, day + timedelta(days=chance.randrange(40))) for day in some(3, 0, 110)]
    calendar = Calendar(week, frozenset(some(12, 0, 200)), tuple(leave))
    past = sorted(day for day in some(9, 1, 100) if day <= today)
    held = tuple(day for day in past if chance.random() < 0.6)
    fixed = tuple(
        Fixed(f"f{n}", day, day + timedelta(days=chance.randint(-20, 20)))
        for n, day in enumerate(some(3, 1, 120))
    )
    hand_over = talk_on + timedelta(days=chance.randrange(100)) if chance.random() < 0.3 else None
    missed = tuple(day for day in past if day not in held)
    pace = {phase.key: chance.randint(phase.closest, phase.widest) for phase in CADENCE}
    return FollowUp(talk_on, calendar, held, missed, fixed, hand_over), today, with_pace(CADENCE, pace)


def agree(seed: int) -> None:
    follow_up, today, cadence = anything(random.Random(seed))  # noqa: S311 - repeatable, not secret
    found = plan(cadence, follow_up, today)
    assert [(one.day, one.stands_for, one.fixed) for one in found] == days_to_meet(
        cadence, follow_up, today
    ), seed
    taken = [one.day for one in found]
    assert not any(follow_up.calendar.is_off(day) for day in taken), seed
    assert all(earlier < later for earlier, later in pairwise(taken)), seed
    assert all(day >= today and day not in (*follow_up.held, *follow_up.missed) for day in taken), seed
    assert sorted(one.fixed for one in found if one.fixed) == [one.id for one in follow_up.fixed], seed
    since = max(follow_up.held, default=follow_up.talk_on)
    assert [d for one in found for d in one.stands_for] == [d for d in follow_up.missed if d > since], seed
    if found:
        on_the_day, held_on_it = one_day_on(follow_up, found[0])
        assert plan(cadence, on_the_day, found[0].day) == found, seed
        assert plan(cadence, held_on_it, found[0].day) == found[1:], seed


def one_day_on(follow_up: FollowUp, first) -> tuple[FollowUp, FollowUp]:
    """Return what is known on the morning of the first check-in, and after it was held."""
    others = tuple(one for one in follow_up.fixed if one.id != first.fixed)
    held = FollowUp(
        follow_up.talk_on,
        follow_up.calendar,
        (*follow_up.held, first.day),
        follow_up.missed,
        others,
        follow_up.hand_over,
    )
    return follow_up, held


def test_a_scheduler_written_day_by_day_agrees_on_hundreds_of_calendars():
    for seed in range(300):
        agree(seed)


@pytest.mark.slow
def test_a_scheduler_written_day_by_day_agrees_on_ten_thousand_calendars():
    for seed in range(300, 10_300):
        agree(seed)


# --- clocks -----------------------------------------------------------------------------------------------------------


def test_the_day_is_the_one_where_the_engineer_is():
    late = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    assert day_in("Asia/Tokyo", late) == date(2026, 11, 20)
    assert day_in("America/New_York", late) == THURSDAY


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (date(2027, 1, 4), time(10), "2027-01-04T15:00:00+00:00"),
        (date(2027, 7, 5), time(10), "2027-07-05T14:00:00+00:00"),
        (date(2027, 3, 14), time(2, 30), "2027-03-14T07:30:00+00:00"),  # skipped: 03:30 on the wall
        (date(2027, 11, 7), time(1, 30), "2027-11-07T05:30:00+00:00"),  # twice: the first one
    ],
)
def test_a_time_on_the_wall_is_one_moment_also_when_the_clocks_change(day, at, utc):
    assert moment_on(day, at, "America/New_York").isoformat() == utc
