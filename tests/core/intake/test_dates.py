"""Days are read as people write them, with their doubts."""

from datetime import date

import pytest

from fairlead.core.intake.dates import find_dates, read_date


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20",
        "2026/11/20",
        "2026.11.20",
        "Nov 20 2026",
        "November 20th, 2026",
        "Friday, November 20, 2026",
        "20 Nov 2026",
        "20. November 2026",
        "Fri 20th of November 2026",
        "20.11.2026",
        "20.11.26",
        "20/11/2026",
        "11/20/2026",
        "11-20-2026",
        "20/Nov/2026",
        "20-Nov-2026",
        "20 novembre 2026",
        "20 de novembro de 2026",
        "2026年11月20日",
    ],
)
def test_a_day_is_read_in_many_forms(text):
    read = read_date(text, 0)
    assert read is not None
    assert read.on(1999) == date(2026, 11, 20)
    assert not read.either


@pytest.mark.parametrize(
    "text", ["2026-13-01", "2026-02-30", "32 Nov 2026", "1.2.3.4", "Mayor 5", "10.0.0.1", "Jan 10:30"]
)
def test_what_is_no_day_is_left_alone(text):
    assert read_date(text, 0) is None


def test_a_day_that_could_be_two_is_marked():
    slashes, dots = read_date("03/02/2026", 0), read_date("03.02.2026", 0)
    assert slashes is not None
    assert dots is not None
    assert (slashes.on(1), dots.on(1)) == (date(2026, 3, 2), date(2026, 2, 3))
    assert slashes.either
    assert dots.either


def test_a_day_without_a_year_is_the_last_one_that_is_not_to_come():
    today = date(2026, 1, 10)
    december, january, leap = read_date("Dec 30", 0), read_date("9 January", 0), read_date("Feb 29", 0)
    assert december is not None
    assert january is not None
    assert leap is not None
    assert december.before(today) == date(2025, 12, 30)
    assert january.before(today) == date(2026, 1, 9)
    assert leap.before(today) is None


def test_days_are_found_in_order_and_not_inside_paths_or_versions():
    text = "On 2026-11-20, see logs/2026-11-21.txt and v1.2.3, again on Nov 22. file 2026-11-23-review.md"
    assert [read.day for read in find_dates(text)] == [20, 22]


def test_a_day_that_runs_over_the_end_of_the_stretch_is_not_found():
    assert list(find_dates("on 2026-11-20", 0, 8)) == []
