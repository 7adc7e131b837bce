"""Numbers in words: money, shares and durations as a calm person would say them.

Everything here takes exact numbers and gives back English text; nothing is rounded before it arrives here.
Money comes in integer minor units (cents for USD); how many digits a currency has after the point follows
ISO 4217, list one.
"""

from fractions import Fraction
from typing import Final

# ISO 4217 list one: the currencies that do not have two digits after the point.
_NO_DIGITS: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS: Final = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DIGITS: Final = "CLF UYW"
_DIGITS: Final = {
    **dict.fromkeys(_NO_DIGITS.split(), 0),
    **dict.fromkeys(_THREE_DIGITS.split(), 3),
    **dict.fromkeys(_FOUR_DIGITS.split(), 4),
}
_MILLION: Final = 1_000_000
_BILLION: Final = 1_000_000_000
_MINUTES_A_DAY: Final = 24 * 60


def minor_digits(currency: str) -> int:
    """Return how many digits of `currency` (an ISO 4217 code) stand after the point: 2 for USD, 0 for JPY."""
    return _DIGITS.get(currency, 2)


def format_money(minor: int, currency: str) -> str:
    """Write an amount out in full: `format_money(17_970_000, "USD")` is "USD 179,700".

    `minor` is in minor units. The digits after the point are written only when they say something, so
    179,700.00 is written without them and 179,700.50 with them.
    """
    digits = minor_digits(currency)
    sign = "-" if minor < 0 else ""
    whole, rest = divmod(abs(minor), 10**digits)
    decimals = f".{rest:0{digits}d}" if rest else ""
    return f"{currency} {sign}{whole:,}{decimals}"


def two_digits(value: int) -> int:
    """Round a whole number to its two leading digits, halves to the even neighbour, as `round` does."""
    places = len(str(abs(value))) - 2
    return value if places <= 0 else round(Fraction(value, 10**places)) * 10**places


def spoken_money(minor: int, currency: str) -> str:
    """Say an amount as one would aloud: `spoken_money(17_930_000, "USD")` is "about USD 180,000".

    `minor` is in minor units and not negative. Two leading digits are kept, because a third would claim to
    know more than an estimate does; from a million on the word is used.
    """
    if minor == 0:
        return "no money"
    major = round(Fraction(minor, 10 ** minor_digits(currency)))
    if major == 0:
        return f"less than {currency} 1"
    return f"about {currency} {_large(two_digits(major))}"


def spoken_range(low: int, likely: int, high: int, currency: str) -> str:
    """Say a range aloud: "about USD 180,000, somewhere between USD 150,000 and USD 190,000".

    The amounts are minor units, not negative, low <= likely <= high. A range that sounds like one figure is
    said as one figure.
    """
    said = spoken_money(likely, currency)
    ends = [spoken_money(end, currency).removeprefix("about ") for end in (low, high)]
    if ends[0] == ends[1]:
        return said
    return f"{said}, somewhere between {ends[0]} and {ends[1]}"


def duration_words(minutes: int | Fraction) -> str:
    """Say a duration in words: 65 is "1 h 5 min", 3,000 is "2 days 2 h", half a minute is "30 s".

    `minutes` is not negative and may be a fraction. Under a minute the seconds are given, under a day hours
    and minutes, from there days and hours; the smallest unit shown is rounded.
    """
    exact = Fraction(minutes)
    if exact < 1 and round(exact * 60) < 60:  # noqa: PLR2004 -- seconds in a minute
        return f"{round(exact * 60)} s"
    whole = round(exact)
    if whole < 60:  # noqa: PLR2004 -- minutes in an hour
        return f"{whole} min"
    if whole < _MINUTES_A_DAY:
        hours, rest = divmod(whole, 60)
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, rest = divmod(round(exact / 60), 24)
    name = "day" if days == 1 else "days"
    return f"{days} {name} {rest} h" if rest else f"{days} {name}"


def percent(share: Fraction) -> str:
    """Write a share of one as a percentage with at most one decimal: 0.125 is "12.5%"."""
    tenths = round(share * 1000)
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def _large(major: int) -> str:
    for size, name in ((_BILLION, "billion"), (_MILLION, "million")):
        if major >= size:
            tenths = major * 10 // size  # exact: two leading digits are left
            whole, rest = divmod(tenths, 10)
            return f"{whole:,}.{rest} {name}" if rest else f"{whole:,} {name}"
    return f"{major:,}"


def plain_number(value: int | Fraction) -> str:
    """Write a count without noise: 1,400 or 2.5, at most two decimals."""
    rounded = Fraction(round(Fraction(value) * 100), 100)
    whole, rest = divmod(rounded, 1)
    return f"{int(whole):,}" + f"{float(rest):.2f}".rstrip("0").rstrip(".").removeprefix("0")
