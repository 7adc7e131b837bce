"""Nobody is disturbed in their quiet hours or on a day off, wherever they are and whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.cadence import Calendar
from fairlead.core.quiet import next_loud_moment

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)
SEVEN, EIGHT = time(19), time(8)


def loud(
    now: str, *, quiet_from: time = SEVEN, quiet_to: time = EIGHT, calendar: Calendar | None = None
) -> str:
    moment = next_loud_moment(
        datetime.fromisoformat(now).replace(tzinfo=BERLIN),
        zone="Europe/Berlin",
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        calendar=calendar or Calendar(),
    )
    return f"{moment.astimezone(BERLIN):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2027-01-14T12:00", "Thu 2027-01-14 12:00"),
        ("2027-01-14T07:59", "Thu 2027-01-14 08:00"),
        ("2027-01-14T19:00", "Fri 2027-01-15 08:00"),
        ("2027-01-15T23:30", "Mon 2027-01-18 08:00"),  # the weekend is quiet
        ("2027-03-27T12:00", "Mon 2027-03-29 08:00"),  # the clocks change that Sunday
    ],
)
def test_the_next_moment_outside_of_quiet_hours_and_days_off(now, then):
    assert loud(now) == then


def test_a_public_holiday_is_quiet():
    assert (
        loud("2027-01-14T12:00", calendar=Calendar(holidays=frozenset({date(2027, 1, 14)})))
        == "Fri 2027-01-15 08:00"
    )


def test_quiet_hours_inside_one_day_leave_the_time_after_them():
    assert loud("2027-01-14T10:00", quiet_from=time(0), quiet_to=EIGHT) == "Thu 2027-01-14 10:00"
    assert loud("2027-01-14T05:00", quiet_from=time(0), quiet_to=EIGHT) == "Thu 2027-01-14 08:00"
    assert loud("2027-01-14T23:59", quiet_from=time(0), quiet_to=EIGHT) == "Thu 2027-01-14 23:59"


def test_without_quiet_hours_the_whole_working_day_is_loud():
    assert loud("2027-01-14T03:00", quiet_from=EIGHT, quiet_to=EIGHT) == "Thu 2027-01-14 03:00"


@given(
    st.integers(0, 5 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "UTC"]),
    st.times(),
    st.times(),
    st.frozensets(st.integers(0, 6), min_size=1),
)
def test_it_is_never_in_the_past_never_on_a_day_off_and_always_within_ten_days(
    now, zone, quiet_from, quiet_to, week
):
    found = next_loud_moment(
        now, zone=zone, quiet_from=quiet_from, quiet_to=quiet_to, calendar=Calendar(working_week=week)
    )
    local = found.astimezone(ZoneInfo(zone))
    assert now <= found <= now + timedelta(days=10)
    assert local.weekday() in week
    again = next_loud_moment(
        found, zone=zone, quiet_from=quiet_from, quiet_to=quiet_to, calendar=Calendar(working_week=week)
    )
    assert again == found
