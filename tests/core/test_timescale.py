"""A line of time: true lengths, ticks at round readings of a clock on a wall, days of 23 and 25 hours."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.timescale import change_of_clocks, clock, days_on, scale_around, ticks_on

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def line(first, last):
    return scale_around(utc(first), utc(last))


def test_a_moment_stands_where_its_share_of_the_time_is():
    scale = line("2026-11-19T14:00", "2026-11-19T15:00")
    middle = scale.position(utc("2026-11-19T14:30"))
    assert middle == 50
    assert 0 < scale.position(utc("2026-11-19T14:00")) < 5
    assert scale.position(utc("2026-11-19T14:15")) == pytest.approx(middle / 2, abs=2)
    assert scale.position(utc("2026-11-18T14:00")) == 0
    assert scale.position(utc("2026-11-20T14:00")) == 100


def test_one_moment_is_no_line():
    assert line("2026-11-19T14:00", "2026-11-19T14:00") is None


@pytest.mark.parametrize(
    ("until", "clocks"),
    [
        ("2026-11-19T14:05", ["14:00", "14:01", "14:02", "14:03", "14:04", "14:05"]),
        ("2026-11-19T15:05", ["14:00", "14:10", "14:20", "14:30", "14:40", "14:50", "15:00"]),
        ("2026-11-19T20:00", ["14:00", "15:00", "16:00", "17:00", "18:00", "19:00", "20:00"]),
        ("2026-11-20T12:00", ["15:00", "18:00", "21:00", "00:00", "03:00", "06:00", "09:00", "12:00"]),
    ],
)
def test_ticks_stand_at_round_times(until, clocks):
    scale = line("2026-11-19T14:00", until)
    assert [tick.clock for tick in ticks_on(scale, "UTC", "UTC")] == clocks


def test_ticks_of_days_begin_with_the_day_and_of_years_stay_few():
    days = ticks_on(line("2026-11-16T14:00", "2026-11-21T14:00"), "UTC", BERLIN)
    assert [tick.clock for tick in days] == [
        "Tue 17 Nov",
        "Wed 18 Nov",
        "Thu 19 Nov",
        "Fri 20 Nov",
        "Sat 21 Nov",
    ]
    assert {tick.other for tick in days} == {""}
    assert 4 <= len(ticks_on(line("2016-11-16T14:00", "2026-11-21T14:00"), "UTC", "UTC")) <= 10


def test_the_other_clock_stands_beside_with_its_day_where_that_differs():
    scale = line("2026-11-19T20:00", "2026-11-20T00:00")
    ticks = ticks_on(scale, NEW_YORK, BERLIN)
    assert [(tick.clock, tick.other) for tick in ticks][::4] == [
        ("15:00", "21:00"),
        ("17:00", "23:00"),
        ("19:00", "01:00 Fri"),
    ]
    assert {tick.other for tick in ticks_on(scale, NEW_YORK, NEW_YORK)} == {""}


def test_an_hour_that_happened_twice_has_its_ticks_twice():
    scale = line("2026-10-24T23:00", "2026-10-25T03:00")
    ticks = ticks_on(scale, BERLIN, BERLIN)
    assert [tick.clock for tick in ticks] == [
        *("01:00", "01:30", "02:00", "02:30", "02:00 again", "02:30 again"),
        *("03:00", "03:30", "04:00"),
    ]
    gaps = {round(b.position - a.position, 1) for a, b in pairwise(ticks)}
    assert max(gaps) - min(gaps) <= 0.1  # true lengths
    assert "back" in change_of_clocks(scale, BERLIN)


def test_an_hour_that_was_skipped_has_no_ticks():
    scale = line("2026-03-29T00:00", "2026-03-29T03:00")
    assert [tick.clock for tick in ticks_on(scale, BERLIN, BERLIN)] == [
        *("01:00", "01:30", "03:00", "03:30", "04:00", "04:30", "05:00"),
    ]
    assert "forward" in change_of_clocks(scale, BERLIN)
    assert change_of_clocks(scale, "UTC") == ""


def test_days_are_drawn_where_they_begin_on_that_clock():
    scale = line("2026-11-19T20:00", "2026-11-20T04:00")
    assert [day.words for day in days_on(scale, BERLIN)] == ["Fri 20 Nov"]
    assert [day.words for day in days_on(scale, "UTC")] == ["Fri 20 Nov"]
    assert days_on(scale, BERLIN)[0].position < days_on(scale, "UTC")[0].position
    assert days_on(line("2026-11-19T08:00", "2026-11-19T12:00"), BERLIN) == ()
    assert days_on(line("2026-11-01T08:00", "2026-11-29T12:00"), BERLIN) == ()


def test_a_day_that_begins_at_one_oclock_is_drawn_there():
    """In Cairo the clocks go forward at midnight."""
    scale = line("2026-04-23T20:00", "2026-04-24T04:00")
    [day] = days_on(scale, "Africa/Cairo")
    assert day.position == scale.position(utc("2026-04-23T22:00"))
    assert day.words == "Fri 24 Apr"


def test_seconds_are_said_where_there_are_any():
    assert clock(utc("2026-11-19T14:27:05"), "UTC") == "14:27:05"
    assert clock(utc("2026-11-19T14:27"), NEW_YORK) == "09:27"


MOMENTS = st.integers(157_766_400, 4_102_444_800).map(
    lambda at: datetime.fromtimestamp(at, UTC)
)  # 1975 to 2100
ZONES = st.sampled_from(
    ["UTC", BERLIN, NEW_YORK, "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Cairo"]
)


@given(first=MOMENTS, span=st.timedeltas(timedelta(seconds=1), timedelta(days=900)), zone=ZONES)
def test_every_tick_lies_on_the_line_in_order_and_they_stay_few(first, span, zone):
    scale = scale_around(first, first + span)
    positions = [tick.position for tick in ticks_on(scale, zone, "UTC")]
    assert positions == sorted(positions)
    assert all(0 <= position <= 100 for position in positions)
    assert len(positions) <= 16  # the hours of the change come on top of the nine


@given(at=MOMENTS, zone=ZONES, beside=ZONES)
def test_a_clock_is_left_out_only_where_both_show_the_same(at, zone, beside):
    said = clock(at, zone, beside=beside)
    same = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == at.astimezone(ZoneInfo(beside)).replace(
        tzinfo=None
    )
    assert (said == "") == same
