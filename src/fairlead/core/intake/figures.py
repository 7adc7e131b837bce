"""Figures of the impact in a text: money, how long, how many customers, how much support, the team's size.

Money is read as written and never added up. A bare "$1" or "$HOME" is shell text, not money.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from fairlead.core.intake.values import Found, Measure, Money, Span
from fairlead.core.wording import minor_digits

_SIGNS: Final = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_NAMES: Final = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "franc": "CHF", "yen": "JPY"}
CODES: Final = "USD|EUR|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|INR|BRL|SGD|ZAR|CNY|MXN"
_TIMES: Final = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6} | {
    "bn": 10**9,
    "billion": 10**9,
}
_NUMBER: Final = r"\d{1,3}(?:[.,'’ ]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,2})?(?![\d])"
_MAGNITUDE: Final = r"(?:\s?(?P<{0}>k|thousand|million|billion|mn|bn|m)\b)?"
_MONEY: Final = re.compile(
    rf"(?<![\w$€£¥])(?:(?P<sign>US\$|[$€£¥]|(?:{CODES})\b)\s?(?P<a>{_NUMBER}){_MAGNITUDE.format('am')}"
    rf"|(?P<b>{_NUMBER}){_MAGNITUDE.format('bm')}\s?(?P<name>€|£|(?:{CODES})\b|(?:dollar|euro|pound|franc)s?\b|yen\b))",
    re.IGNORECASE,
)
_PER: Final = re.compile(
    r"\s{0,2}(?:/|per|an|a|each|every)\s?(?P<unit>h|hr|hour|min|minute)\b", re.IGNORECASE
)
_SMALLEST: Final = 10  # "$1" to "$9" are arguments of a script
_PEOPLE: Final = r"(?:customers|users|clients|accounts|visitors|shoppers|people|members|tenants)"
_SHARE: Final = re.compile(
    r"(?P<n>\d{1,3}(?:\.\d{1,2})?)\s?(?:%|percent|per cent)\s(?:of\s)?(?:(?:all|our|the|affected)\s){0,2}"
    rf"(?:{_PEOPLE}|orders|checkouts)\b",
    re.IGNORECASE,
)
_EVERYONE: Final = re.compile(
    rf"\b(?:all|every)\s(?:of\s)?(?:(?:our|the)\s)?(?:{_PEOPLE}|customer|user)\b|\bin (?:all|every) regions?\b",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(rf"(?<![\d.,$€£])(?P<n>{_NUMBER})\s(?:\w{{1,14}}\s)?{_PEOPLE}\b", re.IGNORECASE)
_CONTACTS: Final = "tickets|calls|support contacts|complaints|support requests|e-?mails from customers"
_SUPPORT: Final = re.compile(
    rf"(?<![\d.,$€£])(?P<n>{_NUMBER})\s(?:\w{{1,14}}\s)?(?:{_CONTACTS})\b", re.IGNORECASE
)
_FULL: Final = r"\b(?:flood(?:ed|ing)?|overwhelmed|swamped)\b"
_DESK: Final = r"\b(?:support|help ?desk)\b"
_FLOODED: Final = re.compile(rf"{_FULL}[^.\n]{{0,30}}{_DESK}|{_DESK}[^.\n]{{0,30}}{_FULL}", re.IGNORECASE)
_UNITS: Final = (
    r"(?:(?P<{0}h>\d{{1,3}}(?:\.\d)?)[\s-]?(?:hours?|hrs?|h)\b)?"
    r"(?:,?\s?(?:and\s)?(?P<{0}m>\d{{1,4}})[\s-]?(?:minutes?|mins?|m)\b)?"
)
_DURATION: Final = re.compile(
    r"\b(?:lasted|lasting|duration|downtime|time to (?:recovery|resolve|restore)"
    r"|(?:down|unavailable|outage|unreachable|offline|stopped|unable|fail(?:ed|ing)?|broken|interrupted)\b[^.\n]{0,50}\bfor"
    r")\b[\s:*|]{0,6}(?:(?:about|around|approximately|roughly|some|nearly|almost|over|a total of|was|of)\s){0,2}"
    + _UNITS.format("x")
    + r"|(?<![\d.:])(?=\d)"
    + _UNITS.format("y")
    + r"\s(?:\w{1,12}\s)?(?:outage|downtime|incident|disruption|interruption|period)\b",
    re.IGNORECASE,
)
_TEAM: Final = re.compile(
    r"\bteam of (?P<a>\d{1,3})\b|\b(?P<b>\d{1,3})\s(?:people|engineers|of us)\s(?:in|on)\s(?:my|the|our)\steam\b"
    r"|\bteam(?: size)?[\s:]{1,3}(?P<c>\d{1,3})\b(?!\s?(?:hours|min|%))",
    re.IGNORECASE,
)


def number(text: str) -> Fraction:
    """Return a number as people group it: "180,000", "180.000", "1 200", "1.5", "1,234.50"."""
    digits = re.sub(r"['’ ]", "", text)
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return Fraction(digits)
    decimals = len(digits) - last - 1
    whole = re.sub(r"[.,]", "", digits[:last])
    if decimals == 3:  # noqa: PLR2004 -- three digits after a separator are a group of thousands
        return Fraction(whole + digits[last + 1 :])
    return Fraction(f"{whole or 0}.{digits[last + 1 :]}")


def in_minor(digits: str, scale: str | None, currency: str) -> int:
    """Return minor units for a number and its "k" or "million": `in_minor("180", "k", "USD")`."""
    return round(number(digits) * _TIMES.get((scale or "").lower(), 1) * 10 ** minor_digits(currency))


def money(text: str) -> Iterator[Money]:
    """Yield every amount of money in the text; an amount per minute is given per hour."""
    for found in _MONEY.finditer(text):
        unit = found["sign"] or found["name"]
        magnitude = (found["am"] or found["bm"] or "").lower()
        value = number(found["a"] or found["b"]) * _TIMES.get(magnitude, 1)
        if unit == "$" and not magnitude and value < _SMALLEST:
            continue
        currency = _SIGNS.get(unit.upper()) or _NAMES.get(unit.lower().rstrip("s")) or unit.upper()
        per = _PER.match(text, found.end())
        minutes = per is not None and per["unit"].lower().startswith("m")
        minor = round(value * 10 ** minor_digits(currency) * (60 if minutes else 1))
        end = found.end() if per is None else per.end()
        why = "an amount per hour" if per is not None else "an amount of money"
        yield Money(minor, currency, per is not None, Span(found.start(), end), why)


def measures(text: str) -> Iterator[Measure]:
    """Yield durations (minutes), shares of one, counts of customers and of support contacts."""
    for found in _DURATION.finditer(text):
        hours, minutes = found["xh"] or found["yh"], found["xm"] or found["ym"]
        if hours or minutes:
            value = Fraction(hours or 0) * 60 + Fraction(minutes or 0)
            yield Measure(
                "duration", value, Span(*found.span()), "a stretch of time beside a word for an outage"
            )
    for found in _SHARE.finditer(text):
        if (share := Fraction(found["n"]) / 100) <= 1:
            yield Measure("share", share, Span(*found.span()), "a percentage of customers or orders")
    for found in _EVERYONE.finditer(text):
        yield Measure("share", Fraction(1), Span(*found.span()), "the text speaks of all of them")
    for found in _COUNT.finditer(text):
        yield Measure("customers", number(found["n"]), Span(*found.span()), "a count of customers")
    for found in _SUPPORT.finditer(text):
        yield Measure("support", number(found["n"]), Span(*found.span()), "a count of support contacts")


def support_flooded(text: str) -> Span | None:
    """Return where the text says that support was flooded, or None."""
    found = _FLOODED.search(text)
    return None if found is None else Span(*found.span())


def team_size(text: str) -> Found[int] | None:
    """Return the size of the team when the text says it ("a team of 7"), or None."""
    found = _TEAM.search(text)
    if found is None:
        return None
    return Found(int(found["a"] or found["b"] or found["c"]), Span(*found.span()), "the text says how many")
