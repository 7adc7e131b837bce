"""Short answers are read the way people type them at five in the afternoon."""

from datetime import UTC, date, datetime

import pytest

from fairlead.core.intake.answers import (
    Cost,
    read_cost,
    read_currency,
    read_interval,
    read_team_size,
    read_zone,
    says_unknown,
)
from fairlead.core.localtime import LocalTimeError

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)  # five in the afternoon in Berlin


@pytest.mark.parametrize(
    ("answer", "started", "resolved"),
    [
        ("14:27", "20 13:27", None),
        ("14:27 to 15:32", "20 13:27", "20 14:32"),
        ("14:27-15:32", "20 13:27", "20 14:32"),
        ("2:27 pm until 3:32 pm", "20 13:27", "20 14:32"),
        ("14:27 for 65 minutes", "20 13:27", "20 14:32"),
        ("14:27, lasted 1 h 5 min", "20 13:27", "20 14:32"),
        ("14:27 for now", "20 13:27", None),
        ("yesterday 22:50 to 00:10", "19 21:50", "19 23:10"),
        ("22:50 - 23:10", "19 21:50", "19 22:10"),
        ("19 Nov 14:27 to 15:32", "19 13:27", "19 14:32"),
        ("2026-11-18 23:30 to 2026-11-19 01:00", "18 22:30", "19 00:00"),
        ("14:27 to 15:32 UTC", "20 14:27", "20 15:32"),
        ("9:05 PT yesterday", "19 17:05", None),
        ("23:00 to 24:00 yesterday", "19 22:00", "19 23:00"),
        ("last Thursday 14:27 to 15:32", "19 13:27", "19 14:32"),
        ("this morning 9.40 to 10.15", "20 08:40", "20 09:15"),
        ("2:27 to 3:32 pm", "20 13:27", "20 14:32"),
        ("since half past two", "20 13:30", None),
        ("65 minutes ago", "20 14:55", None),
        ("an hour ago, for 20 minutes", "20 15:00", "20 15:20"),
        ("half an hour ago", "20 15:30", None),
        ("2 days ago", "18 16:00", None),
    ],
)
def test_since_when_and_until_when(answer, started, resolved):
    read = read_interval(answer, now=NOW, zone="Europe/Berlin")
    assert read is not None
    assert f"{read.started:%d %H:%M}" == started
    assert (f"{read.resolved:%d %H:%M}" if read.resolved else None) == resolved


def test_the_day_of_the_text_counts_for_an_answer_that_names_none():
    day = date(2026, 11, 18)
    told = read_interval("14:27 to 15:32", now=NOW, zone="UTC", day=day)
    named = read_interval("yesterday 14:27", now=NOW, zone="UTC", day=day)
    assert told is not None
    assert named is not None
    assert f"{told.started:%d %H:%M}" == "18 14:27"
    assert f"{named.started:%d %H:%M}" == "19 14:27"


@pytest.mark.parametrize("answer", ["", "this afternoon", "soon", "65"])
def test_an_answer_without_a_time_is_asked_again(answer):
    assert read_interval(answer, now=NOW, zone="UTC") is None


@pytest.mark.parametrize(
    ("answer", "cost"),
    [
        ("USD 180k", Cost("USD", (18_000_000,) * 3, None)),
        ("about $180,000", Cost("USD", (18_000_000,) * 3, None)),
        ("between 120k and 200k EUR", Cost("EUR", (12_000_000, 16_000_000, 20_000_000), None)),
        ("120-200k EUR", Cost("EUR", (12_000_000, 16_000_000, 20_000_000), None)),
        ("USD 120k-200k", Cost("USD", (12_000_000, 16_000_000, 20_000_000), None)),
        ("USD 120-200k", Cost("USD", (12_000_000, 16_000_000, 20_000_000), None)),
        ("USD 120k to USD 200k", Cost("USD", (12_000_000, 16_000_000, 20_000_000), None)),
        ("USD 120k, in euros EUR 100k", Cost("USD", (12_000_000,) * 3, None)),
        ("165k USD per hour", Cost("USD", None, 16_500_000)),
        ("EUR 165,000/h", Cost("EUR", None, 16_500_000)),
        ("180k", Cost("CHF", (18_000_000,) * 3, None)),
        ("165000 an hour", Cost("CHF", None, 16_500_000)),
    ],
)
def test_what_it_cost_or_what_an_hour_brings_in(answer, cost):
    assert read_cost(answer, currency="CHF") == cost


def test_a_bare_number_without_a_currency_is_asked_again():
    assert read_cost("180k") is None
    assert read_cost("a lot", currency="EUR") is None


@pytest.mark.parametrize("answer", ["not known", "Not known yet", "?", "-", "don't know", "no idea", "n/a"])
def test_not_known_is_an_answer(answer):
    assert says_unknown(answer)


def test_a_figure_is_not_not_known():
    assert not says_unknown("none of your 5 guesses")


@pytest.mark.parametrize(
    ("answer", "size"), [("7", 7), ("we are 12 people", 12), ("0", None), ("many", None), ("5000", None)]
)
def test_the_size_of_the_team(answer, size):
    assert read_team_size(answer) == size


@pytest.mark.parametrize(
    ("answer", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("CET", "Europe/Berlin"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_its_place_or_its_letters(answer, zone):
    assert read_zone(answer) == zone


@pytest.mark.parametrize("answer", ["Berln", "the moon", ""])
def test_a_zone_that_nobody_knows_is_refused_with_a_sentence(answer):
    with pytest.raises(LocalTimeError):
        read_zone(answer)


def test_a_currency_is_three_letters_we_know():
    assert read_currency(" eur ") == "EUR"
    assert read_currency("EURO") is None
