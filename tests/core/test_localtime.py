"""Clock times on a wall: which moment they were, and what is said when they were none or two."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.localtime import (
    Durations,
    LocalTimeError,
    durations,
    known_zone,
    order_problems,
    resolve,
    zone_names,
)


def wall(text):
    return datetime.fromisoformat(text)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def refused(text, zone, fold=None):
    with pytest.raises(LocalTimeError) as caught:
        resolve(wall(text), zone, fold)
    return caught.value


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2026-11-19T14:27", "America/New_York", "2026-11-19T19:27"),
        ("2026-07-16T14:27", "America/New_York", "2026-07-16T18:27"),
        ("2026-11-19T14:27", "Asia/Kathmandu", "2026-11-19T08:42"),
        ("2026-11-19T14:27:05", "UTC", "2026-11-19T14:27:05"),
        ("2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00"),
        ("2026-03-29T01:59:59", "Europe/Berlin", "2026-03-29T00:59:59"),
        ("2026-10-25T03:00", "Europe/Berlin", "2026-10-25T02:00"),
    ],
)
def test_an_ordinary_time_is_one_moment(text, zone, moment):
    resolved = resolve(wall(text), zone)
    assert (resolved.utc, resolved.fold, resolved.zone) == (utc(moment), 0, zone)
    assert resolved.local.replace(tzinfo=None) == wall(text)


def test_a_time_the_clocks_went_over_is_refused_with_the_time_that_was_meant():
    error = refused("2026-03-29T02:30", "Europe/Berlin")
    assert error.kind == "nonexistent"
    assert str(error) == (
        "02:30 on 29 March 2026 did not exist in Europe/Berlin: clocks went forward from 02:00 to 03:00. "
        "Did you mean 03:30?"
    )
    assert error.suggestions == ("03:30",)


def test_the_first_minute_of_the_gap_is_in_it_and_a_fold_does_not_help():
    assert refused("2026-03-29T02:00", "Europe/Berlin", fold=1).suggestions == ("03:00",)


def test_a_gap_of_half_an_hour_and_one_of_a_whole_day_are_told_as_they_were():
    assert "from 02:00 to 02:30. Did you mean 02:45?" in str(
        refused("2026-10-04T02:15", "Australia/Lord_Howe")
    )
    samoa = refused("2011-12-30T12:00", "Pacific/Apia")
    assert samoa.suggestions == ("2011-12-31 12:00",)
    assert "from 00:00 on 2011-12-30 to 00:00 on 2011-12-31" in str(samoa)


def test_a_time_that_happened_twice_is_asked_about_with_both_offsets():
    error = refused("2026-10-25T02:30", "Europe/Berlin")
    assert error.kind == "ambiguous"
    assert error.suggestions == ("02:30 at UTC+02:00", "02:30 at UTC+01:00")
    assert "clocks went back from 03:00 to 02:00" in str(error)
    west = refused("2026-11-01T01:30", "America/New_York")
    assert west.suggestions == ("01:30 at UTC-04:00", "01:30 at UTC-05:00")


def test_saying_which_of_the_two_gives_the_moment():
    first = resolve(wall("2026-10-25T02:30"), "Europe/Berlin", fold=0)
    second = resolve(wall("2026-10-25T02:30"), "Europe/Berlin", fold=1)
    assert (first.utc, second.utc) == (utc("2026-10-25T00:30"), utc("2026-10-25T01:30"))
    assert (first.fold, second.fold) == (0, 1)


def test_a_change_in_the_middle_of_an_hour_is_told_with_its_days():
    error = refused("2006-10-29T00:00:30", "America/St_Johns")
    assert "from 00:01 on 2006-10-29 to 23:01 on 2006-10-28" in str(error)


def test_a_fold_is_ignored_where_the_time_happened_once():
    assert resolve(wall("2026-06-01T12:00"), "Europe/Berlin", fold=1).fold == 0


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("berlin", ("Europe/Berlin",)),
        ("new york", ("America/New_York",)),
        ("europe/berlin ", ("Europe/Berlin",)),
        ("Europe/Berln", ("Europe/Berlin", "Europe/Dublin")),
        ("PST", ()),
        ("", ()),
        ("../../etc/passwd", ()),
        ("Europe", ()),
        ("a\0b", ()),
        ("x" * 5_000, ()),
    ],
)
def test_an_unknown_zone_is_refused_with_the_names_that_may_be_meant(name, suggestions):
    error = refused("2026-01-01T00:00", name)
    assert (error.kind, error.suggestions) == ("unknown_zone", suggestions)
    assert len(str(error)) < 200


def test_universal_time_goes_by_its_common_names():
    assert {known_zone(name).key for name in ("UTC", "utc", "Z", "gmt")} == {"UTC"}


def test_a_time_with_its_own_zone_and_a_year_that_cannot_be_are_refused():
    with pytest.raises(LocalTimeError, match="already carries a zone") as caught:
        resolve(utc("2026-01-01T00:00"), "UTC")
    assert caught.value.kind == "not_local"
    for year in ("0001", "1969", "2200", "9999"):
        assert refused(f"{year}-01-01T00:00", "Pacific/Apia").kind == "out_of_range"


def test_zone_names_are_places_and_utc_and_all_of_them_work():
    names = zone_names()
    assert names[0] == "UTC"
    assert {"Europe/Berlin", "Asia/Kathmandu", "America/Argentina/Buenos_Aires"} < set(names)
    assert not [name for name in names if name.startswith(("Etc/", "US/", "posix"))]
    assert list(names[1:]) == sorted(names[1:])


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 -- hypothesis wants them without a zone
    st.sampled_from(
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tehran"]
    ),
)
def test_every_moment_comes_back_from_the_clock_time_it_showed(moment, zone):
    local = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    resolved = resolve(local.replace(tzinfo=None, fold=0), zone, fold=local.fold)
    assert resolved.utc == moment.replace(tzinfo=UTC)


NOW = utc("2026-11-22T12:00")
TIMES = {
    "started": utc("2026-11-19T14:27"),
    "detected": utc("2026-11-19T14:35"),
    "reported": utc("2026-11-19T14:31"),
    "mitigated": utc("2026-11-19T15:32"),
    "resolved": utc("2026-11-19T17:00"),
}


def named(**changes):
    return {problem.field: problem.message for problem in order_problems(**TIMES | changes, now=NOW)}


def test_times_in_a_sound_order_have_no_problem_even_where_a_customer_knew_first():
    assert named() == {}
    assert named(detected=None, reported=None, mitigated=None, resolved=None) == {}
    assert order_problems(started=None, mitigated=TIMES["mitigated"], now=NOW) == ()


@pytest.mark.parametrize("field", ["detected", "reported", "mitigated", "resolved"])
def test_nothing_lies_before_the_start(field):
    found = named(**{field: utc("2026-11-19T14:26:59")})
    assert "before the start" in found[field]


@pytest.mark.parametrize("field", list(TIMES))
def test_nothing_lies_in_the_future_beyond_what_two_clocks_may_differ(field):
    assert "in the future" in named(**{field: NOW + timedelta(minutes=6)})[field]
    assert "in the future" not in named(**{field: NOW + timedelta(minutes=4)}).get(field, "")


@pytest.mark.parametrize("field", ["detected", "mitigated"])
def test_detection_and_mitigation_come_before_the_resolution(field):
    assert named(**{field: utc("2026-11-19T17:00:01")}) == {
        field: f"“{field.capitalize()}” is after “Resolved”. Check both times."
    }


def test_more_than_a_month_after_the_start_is_taken_for_a_wrong_date():
    found = named(started=utc("2026-10-19T14:27"))
    assert "more than 31 days after the start" in found["resolved"]
    times = TIMES | {"started": utc("2026-10-19T14:27")}
    assert order_problems(**times, now=NOW, longest_days=40) == ()


def test_the_order_is_of_moments_and_not_of_clocks_on_a_wall():
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 2, 50, tzinfo=berlin, fold=0)
    later = datetime(2026, 10, 25, 2, 10, tzinfo=berlin, fold=1)
    assert order_problems(started=first, resolved=later, now=NOW) == ()
    assert order_problems(started=later, resolved=first, now=NOW)[0].field == "resolved"


def test_durations_are_counted_from_the_start_in_exact_minutes():
    told = durations(TIMES["started"], TIMES["detected"], TIMES["mitigated"], TIMES["resolved"])
    assert told == Durations(
        to_detect=Fraction(8), to_mitigate=Fraction(65), to_resolve=Fraction(153), duration=Fraction(65)
    )
    without_mitigation = durations(TIMES["started"], None, None, TIMES["started"] + timedelta(seconds=30))
    assert without_mitigation == Durations(None, None, Fraction(1, 2), Fraction(1, 2))
    assert durations(None, *[TIMES["resolved"]] * 3) == Durations(None, None, None, None)
