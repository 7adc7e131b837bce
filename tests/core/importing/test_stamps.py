"""Times as machines write them, to the microsecond and without a float."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.importing.stamps import StampError, StampReader, iso_stamp, local_stamp, slack_stamp


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2026-11-20T14:27:05Z", "14:27:05"),
        ("2026-11-20t14:27:05z", "14:27:05"),
        ("2026-11-20 14:27Z", "14:27:00"),
        ("2026-11-20T16:27:05+02:00", "14:27:05"),
        ("2026-11-20T09:27:05-0500", "14:27:05"),
        ("2026-11-20T16:27:05+02", "14:27:05"),
        ("2026-11-20T14:27:05.123456789Z", "14:27:05.123456"),
        ("2026-11-20T14:27:05,5Z", "14:27:05.500000"),
        ("2026-11-20T14:27:60Z", "14:27:59"),
    ],
)
def test_an_iso_time_is_read_to_the_microsecond(text, clock):
    stamp = iso_stamp(text)
    assert stamp.at.time().isoformat() == clock
    assert stamp.has_zone


def test_the_empty_time_of_go_is_no_time():
    assert iso_stamp("0001-01-01T00:00:00Z") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-11-20",
        "2026-02-30T10:00:00Z",
        "2026-11-20T25:00:00Z",
        "2026-11-20T10:00:61Z",
        "0900-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "2026-11-20T10:00:00+23:00",
        "2300-01-01T00:00:00",
    ],
)
def test_what_is_not_a_time_is_refused(text):
    with pytest.raises(StampError):
        iso_stamp(text)


def test_a_time_without_a_zone_takes_the_given_one_or_says_that_none_was_named():
    assert iso_stamp("2026-11-20T15:27:00", zone="Europe/Berlin").at.hour == 14
    stamp = iso_stamp("2026-11-20T15:27:00")
    assert (stamp.at.hour, stamp.has_zone) == (15, False)


def test_an_hour_that_happened_twice_or_never_is_read_and_named():
    twice = local_stamp(datetime.fromisoformat("2026-10-25T02:30"), zone="Europe/Berlin")
    assert (twice.at.hour, twice.at.minute) == (0, 30)
    assert "happened twice" in twice.problem
    never = local_stamp(datetime.fromisoformat("2026-03-29T02:30"), zone="Europe/Berlin")
    assert (never.at.hour, never.at.minute) == (1, 30)
    assert "did not exist" in never.problem


def test_a_slack_time_is_read_digit_by_digit():
    assert slack_stamp("1795181220.000300") == datetime(2026, 11, 20, 13, 27, 0, 300, tzinfo=UTC)
    assert slack_stamp("1795181220").microsecond == 0


@given(st.integers(10**9, 2 * 10**9), st.integers(0, 999_999))
def test_no_slack_time_is_rounded(seconds, micro):
    at = slack_stamp(f"{seconds}.{micro:06d}")
    assert (int(at.timestamp() // 1), at.microsecond) == (seconds, micro)


@pytest.mark.parametrize("ts", ["", "12", "1e9", "1795181220.", "99999999999999.1", "-1795181220.0"])
def test_what_is_not_a_slack_time_is_refused(ts):
    with pytest.raises(StampError):
        slack_stamp(ts)


def test_a_record_keeps_in_sentences_what_is_wrong_with_its_times():
    reader = StampReader(None)
    assert [reader.at("a", value) for value in (None, "", "0001-01-01T00:00:00Z")] == [None] * 3
    assert reader.problems == []
    assert reader.at("b", 17) is None
    assert reader.at("c", "2026-11-20T15:27:00") is not None
    assert reader.problems == [
        "b: “17” is not a time we can read.",
        "c: no time zone is named, so it was read as UTC.",
    ]
    local = StampReader("Europe/Berlin")
    local.at("d", "2026-10-25T02:30:00")
    assert local.problems[0].startswith("d: 02:30 on 25 October 2026 happened twice")
