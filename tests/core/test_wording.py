"""Numbers as a calm person says them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.wording import (
    duration_words,
    format_money,
    percent,
    plain_number,
    spoken_money,
    spoken_range,
)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (17_970_000, "USD", "USD 179,700"),
        (17_970_050, "USD", "USD 179,700.50"),
        (5, "EUR", "EUR 0.05"),
        (0, "USD", "USD 0"),
        (-123_456, "USD", "USD -1,234.56"),
        (180_000, "JPY", "JPY 180,000"),
        (1_234_567, "KWD", "KWD 1,234.567"),
        (12_345, "CLF", "CLF 1.2345"),
    ],
)
def test_money_is_written_with_its_currency_and_only_the_digits_that_say_something(minor, currency, text):
    assert format_money(minor, currency) == text


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (17_930_000, "USD", "about USD 180,000"),
        (17_400_000, "USD", "about USD 170,000"),
        (9_960_000, "USD", "about USD 100,000"),
        (120_000_000, "USD", "about USD 1.2 million"),
        (200_000_000, "EUR", "about EUR 2 million"),
        (99_999_999, "EUR", "about EUR 1 million"),
        (2_350_000_000_000, "USD", "about USD 24 billion"),
        (4_700, "USD", "about USD 47"),
        (700, "USD", "about USD 7"),
        (40, "USD", "less than USD 1"),
        (0, "USD", "no money"),
        (183_000, "JPY", "about JPY 180,000"),
    ],
)
def test_money_is_said_with_two_leading_digits(minor, currency, text):
    assert spoken_money(minor, currency) == text


def test_a_range_is_said_with_its_ends_unless_it_sounds_like_one_figure():
    said = spoken_range(15_400_000, 18_300_000, 19_600_000, "USD")
    assert said == "about USD 180,000, somewhere between USD 150,000 and USD 200,000"
    assert spoken_range(18_100_000, 18_200_000, 18_300_000, "USD") == "about USD 180,000"
    assert spoken_range(0, 30, 80_000, "USD") == "less than USD 1, somewhere between no money and USD 800"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (65, "1 h 5 min"),
        (60, "1 h"),
        (0, "0 s"),
        (Fraction(1, 2), "30 s"),
        (Fraction(599, 600), "1 min"),
        (1, "1 min"),
        (59, "59 min"),
        (Fraction(119, 2), "1 h"),
        (1_439, "23 h 59 min"),
        (1_440, "1 day"),
        (3_000, "2 days 2 h"),
        (2_879, "2 days"),
    ],
)
def test_durations_are_said_in_the_units_people_use(minutes, text):
    assert duration_words(minutes) == text


@pytest.mark.parametrize(
    ("share", "text"), [("1", "100%"), ("0.125", "12.5%"), ("0.3333", "33.3%"), ("0", "0%")]
)
def test_shares_are_written_as_percentages(share, text):
    assert percent(Fraction(share)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_400, "1,400"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 3), "0.33"),
        (Fraction(299, 100), "2.99"),
        (0, "0"),
    ],
)
def test_counts_are_written_without_noise(value, text):
    assert plain_number(value) == text


@given(st.integers(0, 10**15), st.sampled_from(["USD", "JPY", "KWD", "CLF"]))
def test_money_written_out_reads_back_as_the_same_amount(minor, currency):
    code, number = format_money(minor, currency).split(" ")
    digits = {"USD": 2, "JPY": 0, "KWD": 3, "CLF": 4}[currency]
    assert (code, Fraction(number.replace(",", "")) * 10**digits) == (currency, minor)
