"""Money, durations, shares and counts are read as written; shell text and versions are left alone."""

from fractions import Fraction

import pytest

from fairlead.core.intake.figures import measures, money, number, support_flooded, team_size


@pytest.mark.parametrize(
    ("text", "minor", "currency", "per_hour"),
    [
        ("USD 180,000", 18_000_000, "USD", False),
        ("$180k", 18_000_000, "USD", False),
        ("US$ 180 thousand", 18_000_000, "USD", False),
        ("€1.2m", 120_000_000, "EUR", False),
        ("180.000 EUR", 18_000_000, "EUR", False),
        ("180 000 euros", 18_000_000, "EUR", False),
        ("£12.50", 1250, "GBP", False),
        ("1.2 million dollars", 120_000_000, "USD", False),
        ("¥5000", 5000, "JPY", False),
        ("2 million yen", 2_000_000, "JPY", False),
        ("CHF 9", 900, "CHF", False),
        ("3 billion pounds", 300_000_000_000, "GBP", False),
        ("about $165,000 per hour", 16_500_000, "USD", True),
        ("$165k/h", 16_500_000, "USD", True),
        ("EUR 100 a minute", 600_000, "EUR", True),
    ],
)
def test_an_amount_is_read(text, minor, currency, per_hour):
    [found] = money(text)
    assert (found.minor, found.currency, found.per_hour) == (minor, currency, per_hour)
    assert text[found.span.start : found.span.end] in text


@pytest.mark.parametrize(
    "text",
    ["echo $1", "$HOME", "port 443", "10.0.0.0/8", "version 1.2.3", "65 minutes", "3 replicas", "AS 64512"],
)
def test_what_is_no_money_is_left_alone(text):
    assert list(money(text)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("180,000", 180_000),
        ("180.000", 180_000),
        ("1 200", 1200),
        ("1.5", Fraction(3, 2)),
        ("1,234.50", Fraction("1234.5")),
    ],
)
def test_numbers_are_read_as_people_group_them(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("the shop was down for 65 minutes", "duration", 65),
        ("it lasted 1 h 5 min", "duration", 65),
        ("Time to recovery: 20 hours 20 minutes", "duration", 1220),
        ("a 47 minute period", "duration", 47),
        ("a 1.5 hour outage", "duration", 90),
        ("nobody could pay for half an hour", "duration", 30),
        ("offline two hours", "duration", 120),
        ("80% of our customers", "share", Fraction(4, 5)),
        ("in all regions", "share", 1),
        ("1,200 customers", "customers", 1200),
        ("420 support tickets", "support", 420),
    ],
)
def test_a_figure_is_read(text, key, value):
    [found] = measures(text)
    assert (found.key, found.value) == (key, value)


@pytest.mark.parametrize(
    "text",
    [
        "wait for 10 minutes",
        "120% of users",
        "99% of the traffic",
        "it lasted long",
        "took a 5 minute walk",
        "down for an hour before we noticed",
        "down for 40 minutes and counting",
    ],
)
def test_what_is_no_figure_of_the_impact_is_left_alone(text):
    assert list(measures(text)) == []


def test_a_flooded_support_desk_is_noticed():
    assert support_flooded("Support was completely flooded") is not None
    assert support_flooded("a swamped help desk") is not None
    assert support_flooded("support was calm") is None


@pytest.mark.parametrize(
    ("text", "size"),
    [("a team of 7", 7), ("12 engineers on our team", 12), ("Team size: 5", 5), ("the team", None)],
)
def test_the_size_of_the_team_is_read_when_it_is_said(text, size):
    found = team_size(text)
    assert (found.value if found else None) == size
