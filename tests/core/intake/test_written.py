"""A timeline as lines of text: written by the clock of a zone, corrected by hand, and read back."""

from datetime import UTC, date, datetime

import pytest

from fairlead.core.intake.written import Line, LinesError, lines_written, read_lines
from fairlead.core.localtime import LocalTimeError

BERLIN = "Europe/Berlin"


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_lines_stand_under_their_day_and_are_read_back_as_they_were():
    lines = (
        Line(at(2026, 11, 20, 22, 50), "Latency rises"),
        Line(at(2026, 11, 20, 23, 5, 30), "Rolled\n back"),
        Line(at(2026, 11, 21, 0, 10), "Well again"),
    )
    text = lines_written(lines, zone=BERLIN)
    assert text == ("2026-11-20\n23:50 Latency rises\n2026-11-21\n00:05:30 Rolled back\n01:10 Well again")
    assert [one.at for one in read_lines(text, zone=BERLIN, day=None)] == [one.at for one in lines]


def test_a_time_that_happened_twice_carries_its_offset():
    lines = (Line(at(2026, 10, 25, 0, 30), "first"), Line(at(2026, 10, 25, 1, 30), "second"))
    text = lines_written(lines, zone=BERLIN)
    assert text == "2026-10-25\n02:30 +02:00 first\n02:30 +01:00 second"
    assert read_lines(text, zone=BERLIN, day=None) == lines


@pytest.mark.parametrize(
    ("written", "hour"), [("14:27 x", 13), ("14:27Z x", 14), ("14:27 UTC-05:00 x", 19), ("14:27 +0530 x", 8)]
)
def test_an_offset_outranks_the_zone(written, hour):
    (line,) = read_lines(written, zone=BERLIN, day=date(2026, 11, 20))
    assert (line.at.hour, line.words) == (hour, "x")


def test_a_day_may_stand_before_the_time_and_words_may_go_on_below():
    text = "Friday, 2026-11-20\n\n14:27 pushed\n  to all\n2026-11-21 09:00 talked\n10:00"
    assert [(one.at, one.words) for one in read_lines(text, zone="UTC", day=None)] == [
        (at(2026, 11, 20, 14, 27), "pushed to all"),
        (at(2026, 11, 21, 9), "talked"),
        (at(2026, 11, 21, 10), ""),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("pushed", "Line 1 has no time"),
        ("14:27 pushed", "Line 1: which day"),
        ("2026-02-30\n14:27 x", "Line 1: there is no such day"),
        ("2026-02-30 14:27 x", "Line 1: there is no such day"),
        ("2026-11-20\n25:27 x", "Line 2: there is no such time"),
        ("2026-11-20\n14:27 +99:00 x", "Line 2: there is no such time"),
        ("2026-10-25\n02:30 x", "Write the offset behind the time"),
        ("2026-03-29\n02:30 x", "did not exist"),
        ("0001-01-01\n02:30 x", "cannot be right"),
    ],
)
def test_what_cannot_be_placed_is_named_with_its_line(text, says):
    with pytest.raises(LinesError, match=says):
        read_lines(text, zone=BERLIN, day=None)


def test_an_unknown_zone_is_refused():
    with pytest.raises(LocalTimeError):
        read_lines("", zone="Europe/Berlim", day=None)
