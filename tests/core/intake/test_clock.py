"""Clock times are read as people write them, and what only looks like one is left alone."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.intake.clock import find_clocks, read_clock
from fairlead.core.intake.zones import as_offset, offset_minutes


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:27", time(14, 27)),
        ("2:27 pm", time(14, 27)),
        ("2:27PM", time(14, 27)),
        ("2:27 p.m.", time(14, 27)),
        ("12:05 am", time(0, 5)),
        ("12:05 pm", time(12, 5)),
        ("13:55 PM", time(13, 55)),
        ("14:27:05Z", time(14, 27, 5)),
        ("14:27:05,810", time(14, 27, 5)),
        ("14:27:60", time(14, 27, 59)),
        ("14h27", time(14, 27)),
        ("2pm", time(14, 0)),
        ("2.30 pm", time(14, 30)),
        ("14.27 Uhr", time(14, 27)),
        ("1427 UTC", time(14, 27)),
        ("1427Z", time(14, 27)),
        ("0905 hours", time(9, 5)),
        ("24:00", time(0, 0)),
    ],
)
def test_a_clock_time_is_read_in_many_forms(text, clock):
    read = read_clock(text, 0)
    assert read is not None
    assert read.clock == clock


@pytest.mark.parametrize(
    "text",
    [
        "25:00",
        "14:60",
        "24:01",
        "14:2",
        "16:9",
        "10:00:5e:aa",
        "12:34:56:78",
        "2026",
        "1427",
        "14.27",
        "x14:27",
    ],
)
def test_what_is_no_clock_time_is_left_alone(text):
    assert read_clock(text, 0) is None


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("14:27 UTC", 0),
        ("14:27 (CET)", 60),
        ("[14:27 CEST]", 120),
        ("14:27 UTC+2", 120),
        ("14:27 PST", -480),
        ("14:27+01:00", 60),
        ("14:27:05-0500", -300),
        ("14:27Z", 0),
    ],
)
def test_the_zone_beside_a_time_is_read_to_the_letter(text, offset):
    read = next(find_clocks(text))
    assert read.zone is not None
    assert as_offset(read.zone) == timedelta(minutes=offset)


def test_a_zone_without_an_offset_of_its_own_names_its_wall_clock():
    read = read_clock("9:05 PT", 0)
    assert read is not None
    assert read.zone is not None
    assert read.zone.zone == "America/Los_Angeles"
    assert as_offset(read.zone) is None


def test_an_iana_name_beside_a_time_is_a_zone_and_an_invented_one_is_not():
    known, invented = read_clock("14:27 Europe/Berlin", 0), read_clock("14:27 Nowhere/Nothing", 0)
    assert known is not None
    assert known.zone is not None
    assert known.zone.zone == "Europe/Berlin"
    assert invented is not None
    assert invented.zone is None


def test_a_closing_bracket_belongs_to_whoever_opened_it():
    inside, outside = read_clock("14:27 (UTC) x", 0), read_clock("14:27 UTC) x", 0)
    assert inside is not None
    assert outside is not None
    assert (inside.end, outside.end) == (11, 9)


def test_the_end_of_a_stretch_is_not_an_offset():
    read = read_clock("10:30-11:00", 0)
    assert read is not None
    assert read.zone is None


def test_a_second_zone_in_brackets_says_nothing_about_the_first_time():
    read = read_clock("12:48 (6:48 PDT): stuck", 0)
    assert read is not None
    assert read.zone is None
    assert read.end == len("12:48 (6:48 PDT)")


def test_all_times_of_a_sentence_are_found_in_order():
    found = [read.clock for read in find_clocks("down from 14:27 to 3:32 pm, ratio 4:3, port :8080, 99:99")]
    assert found == [time(14, 27), time(15, 32)]


def test_a_time_that_runs_over_the_end_of_the_stretch_is_not_found():
    assert list(find_clocks("at 14:27", 0, 6)) == []


@pytest.mark.parametrize(("text", "minutes"), [("+2", 120), ("-05:30", -330), ("+15", None), ("+0199", None)])
def test_an_offset_is_minutes_east_of_utc(text, minutes):
    assert offset_minutes(text) == minutes


@given(st.times(), st.sampled_from(["{:%H:%M}", "{:%H:%M:%S}", "{:%I:%M %p}", "{:%Hh%M}"]))
def test_every_time_of_the_day_is_read_back(clock, form):
    read = read_clock(form.format(clock), 0)
    assert read is not None
    assert (read.clock.hour, read.clock.minute) == (clock.hour, clock.minute)


@given(st.text(alphabet="0123456789: apm.hZ+-()UTC", max_size=60))
def test_no_text_makes_it_fail(text):
    for read in find_clocks(text):
        assert text[read.start : read.end]
