"""Lines typed in the heat: dated back by a time at their beginning, over midnight and in the hour that comes twice."""

from datetime import UTC, datetime, timedelta

import pytest

from fairlead.core.livelog import read_line, sent_at, status_update

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 19, 14, 40, tzinfo=UTC)  # 15:40 in Berlin


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("rolled back", "2026-11-19T14:40", "rolled back"),
        ("15:32 rolled back", "2026-11-19T14:32", "rolled back"),
        ("  9.05: alarm \n second line", "2026-11-19T08:05", "alarm \n second line"),
        ("15:32:07 - rolled back", "2026-11-19T14:32:07", "rolled back"),
        ("15:41 clocks differ", "2026-11-19T14:41", "clocks differ"),
        ("23:50 alarm", "2026-11-18T22:50", "alarm"),
        ("25:10 is no time", "2026-11-19T14:40", "25:10 is no time"),
        ("12:75 is no time", "2026-11-19T14:40", "12:75 is no time"),
        ("12:30:75 is no time", "2026-11-19T14:40", "12:30:75 is no time"),
        ("15:32", "2026-11-19T14:40", "15:32"),
        ("10.5 GB free", "2026-11-19T14:40", "10.5 GB free"),
    ],
)
def test_a_line_is_dated_by_the_time_it_begins_with(text, at, words):
    assert read_line(text, now=NOW, zone=BERLIN) == (utc(at), words)


def test_after_midnight_an_evening_time_was_yesterday():
    assert read_line("23:58 undone", now=utc("2026-11-19T23:10"), zone=BERLIN) == (
        utc("2026-11-19T22:58"),
        "undone",
    )


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-10-25T00:40", "2026-10-25T00:30"),  # 02:40, the first time
        ("2026-10-25T01:10", "2026-10-25T00:30"),  # 02:10 again: 02:30 has been once
        ("2026-10-25T01:40", "2026-10-25T01:30"),  # 02:40 again
    ],
)
def test_in_the_hour_that_comes_twice_it_is_the_last_that_has_been(now, at):
    assert read_line("02:30 alarm", now=utc(now), zone=BERLIN) == (utc(at), "alarm")


def test_a_time_the_clock_skipped_was_the_day_before():
    at, _ = read_line("02:30 alarm", now=utc("2026-03-29T04:00"), zone=BERLIN)
    assert at == utc("2026-03-28T01:30")


def test_a_time_the_clock_never_showed_stays_in_the_words():
    """Samoa left out 30 December 2011; in Cairo no clock showed 00:30 on 24 April 2026."""
    now = utc("2011-12-30T10:05")  # 00:05 on the 31st in Apia
    assert read_line("23:30 alarm", now=now, zone="Pacific/Apia")[1] in {"alarm", "23:30 alarm"}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (None, NOW),
        (NOW - timedelta(minutes=3), NOW - timedelta(minutes=3)),
        (NOW + timedelta(minutes=1), NOW + timedelta(minutes=1)),
        (NOW + timedelta(hours=1), NOW),
        (NOW - timedelta(days=2), NOW),
    ],
)
def test_a_browser_is_believed_unless_its_clock_runs_wild(said, kept):
    assert sent_at(said, now=NOW) == kept


def test_a_status_update_says_the_state_what_is_seen_and_when_the_next_comes():
    text = status_update(
        state="identified",
        at=NOW,
        zone=BERLIN,
        customers_see=" The shop does not load. ",
        next_at=NOW + timedelta(minutes=30),
    )
    assert text.splitlines() == [
        "15:40 (Europe/Berlin): We know what causes it and are working on it.",
        "The shop does not load.",
        "Next update at 16:10.",
    ]
    assert (
        status_update(state="resolved", at=NOW, zone="UTC", customers_see="", next_at=None)
        == "14:40 (UTC): It is over."
    )
