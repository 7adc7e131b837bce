"""Figures of the impact in a text: money, how long, how many customers, how much support, the team's size.

Money is read as written and never added up. A bare "$1" or "$HOME" is shell text, not money.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from fairlead.core.intake.values import Found, Measure, Money, Span
from fairlead.core.wording import minor_digits

_SIGNS: Final = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"} | {
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "S$": "SGD",
}
_NAMES: Final = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "quid": "GBP", "franc": "CHF", "yen": "JPY"}
CODES: Final = "USD|EUR|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|INR|BRL|SGD|ZAR|CNY|MXN"
_TIMES: Final = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6} | {
    "bn": 10**9,
    "billion": 10**9,
    "grand": 10**3,
    "mio": 10**6,
    "lakh": 10**5,
    "crore": 10**7,
}
_NUMBER: Final = r"\d{1,3}(?:[.,'’ ]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,2})?(?![\d])"
_MAGNITUDE: Final = r"(?:\s?(?P<{0}>k|thousand|grand|million|billion|lakh|crore|mio|mn|bn|m)\b)?"
_MONEY: Final = re.compile(
    r"(?<![\w$€£¥₹])(?:(?P<sign>(?:US|AU?|CA?|NZ|S)\$|[$€£¥₹]"
    rf"|(?:{CODES})\b)\s?(?P<a>{_NUMBER}){_MAGNITUDE.format('am')}"
    rf"|(?P<b>{_NUMBER}){_MAGNITUDE.format('bm')}\s?(?P<name>€|£|(?:{CODES})\b|(?:dollar|euro|pound"
    r"|franc)s?\b|yen\b|quid\b))",
    re.IGNORECASE,
)
_NO_CURRENCY: Final = re.compile(
    r"\b(?:costs?|costing|lost|losing)\s(?:us\s)?(?:(?:about|around|roughly|some|nearly|over)\s)?"
    rf"(?P<amount>(?:{_NUMBER})\s?(?:k|thousand|grand|million|lakh|crore|mio|mn|m)\b)",
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
_PARTS: Final = {
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "third": Fraction(1, 3),
    "fifth": Fraction(1, 5),
} | {
    "thirds": Fraction(1, 3),
    "quarters": Fraction(1, 4),
    "fifths": Fraction(1, 5),
}
_SMALL: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_PART: Final = re.compile(
    r"\b(?:(?P<half>half)|(?:(?P<many>a|one|two|three|four)\s)(?P<part>thirds?|quarters?|fifths?))\s(?:of\s)?"
    rf"(?:(?:all|our|the)\s){{0,2}}(?:\w{{1,14}}\s)?(?:{_PEOPLE}|orders|checkouts)\b"
    r"|\b(?P<in>one|[1-9])\s(?:in|out of)\s(?P<of>two|three|four|five|six|ten|\d{1,3})\s"
    rf"(?:of\s)?(?:(?:all|our|the)\s){{0,2}}(?:\w{{1,14}}\s)?(?:{_PEOPLE}|orders|checkouts)\b",
    re.IGNORECASE,
)
# "All customers in Europe" are not all, nor are "nearly all".
_EVERYONE: Final = re.compile(
    rf"(?<!not )(?<!nearly )(?<!almost )\b(?:all|every)\s(?:of\s)?(?:(?:our|the)\s)?(?:{_PEOPLE}"
    r"|customer|user)\b(?!\s(?:in|on|from|with|who|using|of|at)\s(?!(?:all|every)\b|\d))"
    r"|\bin (?:all|every) regions?\b",
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
    r"|(?:down|unavailable|outage|unreachable|offline|stopped|unable|fail(?:ed|ing)?|broken"
    r"|interrupted)\b[^.\n]{0,50}\bfor"
    r")\b[\s:*|]{0,6}(?:(?:about|around|approximately|roughly|some|nearly|almost|over|a total of|was"
    r"|of)\s){0,2}"
    + _UNITS.format("x")
    + r"|(?<![\d.:])(?=\d)"
    + _UNITS.format("y")
    + r"\s(?:\w{1,12}\s)?(?:outage|downtime|incident|disruption|interruption|period)\b",
    re.IGNORECASE,
)
_COUNTED: Final = r"an?|one|two|three|four|five|six|ten|\d{1,4}(?:\.\d)?"
_LENGTH: Final = (
    r"(?:(?:about|around|approximately|roughly|some|nearly|almost|over)\s){0,2}"
    rf"(?:(?P<halfhour>half an hour|half hour)|(?P<threequarters>three quarters of an hour)"
    rf"|(?P<hours>{_COUNTED})\s?(?:hours?|hrs?"
    r"|h)(?P<more>\sand\sa\shalf)?\b(?:,?\s?(?:and\s)?(?P<rest>\d{1,2})\s?(?:minutes?|mins?|m)\b)?"
    rf"|(?P<minutes>{_COUNTED})\s?(?:minutes?|mins?|m)\b)"
)
_FREE_LENGTH: Final = re.sub(r"\?P<\w+>", "?:", _LENGTH)
_DOWN: Final = (
    r"down|offline|unavailable|unreachable|broken|fail(?:ed|ing)?|stuck|empty|slow|errors"
    r"|could(?:n[’']t|\snot)"
    r"|can(?:no|['’])t|unable|nobody|no one|outage"
)
_LASTED: Final = re.compile(
    rf"(?:\b(?:{_DOWN})\b(?:[^.;\n]{{0,60}}?\bfor)?\s|(?<=[\dm]\s)for\s"
    rf"|\bfor\s(?={_FREE_LENGTH},?\s(?:from|until|till|starting|since)\b))"
    rf"(?P<all>{_LENGTH})(?!\s(?:before|without)\b)",  # "for an hour before we noticed" had not ended then
    re.IGNORECASE,
)
_SPAN: Final = re.compile(rf"\bfor\s(?P<all>{_LENGTH})", re.IGNORECASE)
# "Down for 40 minutes now" has no end yet.
_GOES_ON: Final = re.compile(
    r"\b(?:has|have|it[’']s)\sbeen\b|\bstill\s(?:down|broken|failing|offline|ongoing)"
    r"|\b(?:and counting|so far|already|ongoing)\b",
    re.IGNORECASE,
)
_NEAR: Final = 40  # characters around a length that can say that it goes on
_TEAM: Final = re.compile(
    r"\bteam of (?P<a>\d{1,3})\b|\b(?P<b>\d{1,3})\s(?:people|engineers|of us)\s(?:in|on)\s(?:my|the"
    r"|our)\steam\b"
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


def without_currency(text: str) -> str:
    """Return the amount beside "cost" or "lost" that comes without a currency ("cost us 180k"), or an empty text."""
    found = _NO_CURRENCY.search(text)
    return "" if found is None else found["amount"]


def measures(text: str) -> Iterator[Measure]:
    """Yield durations (minutes), shares of one, counts of customers and of support contacts."""
    yield from _durations(text)
    yield from _shares(text)
    for found in _COUNT.finditer(text):
        yield Measure("customers", number(found["n"]), Span(*found.span()), "a count of customers")
    for found in _SUPPORT.finditer(text):
        yield Measure("support", number(found["n"]), Span(*found.span()), "a count of support contacts")


def _durations(text: str) -> Iterator[Measure]:
    """Yield how long it lasted; "down for 40 minutes and counting" has not lasted, it lasts."""
    taken: list[int] = []  # where lengths end that were read already
    for found in _DURATION.finditer(text):
        hours, minutes = found["xh"] or found["yh"], found["xm"] or found["ym"]
        if (hours or minutes) and not _goes_on(text, found):
            taken.append(found.end())
            value = Fraction(hours or 0) * 60 + Fraction(minutes or 0)
            yield Measure(
                "duration", value, Span(*found.span()), "a stretch of time beside a word for an outage"
            )
    for found in _LASTED.finditer(text):
        if not _goes_on(text, found) and not any(found.start() <= end <= found.end() for end in taken):
            why = "a length of time, said of the outage"
            yield Measure("duration", _spelt(found), Span(*found.span("all")), why)


def _goes_on(text: str, found: re.Match[str]) -> bool:
    return _GOES_ON.search(text, max(0, found.start() - _NEAR), found.end() + _NEAR) is not None


def _shares(text: str) -> Iterator[Measure]:
    for found in _SHARE.finditer(text):
        if (share := Fraction(found["n"]) / 100) <= 1:
            yield Measure("share", share, Span(*found.span()), "a percentage of customers or orders")
    for found in _PART.finditer(text):
        if 0 < (share := _part(found)) <= 1:
            yield Measure("share", share, Span(*found.span()), "a part of the customers or orders, in words")
    for found in _EVERYONE.finditer(text):
        yield Measure("share", Fraction(1), Span(*found.span()), "the text speaks of all of them")


def lengths(text: str) -> Iterator[Span]:
    """Yield where lengths of time stand that are told with "for", or right after a word for an outage."""
    for pattern in (_SPAN, _LASTED):
        for found in pattern.finditer(text):
            yield Span(*found.span("all"))


def _part(found: re.Match[str]) -> Fraction:
    if found["half"]:
        return _PARTS["half"]
    if found["part"]:
        return _SMALL.get(found["many"].lower(), 1) * _PARTS[found["part"].lower()]
    ones, of = (_SMALL.get(found[name].lower()) or int(found[name]) for name in ("in", "of"))
    return Fraction(ones, of) if of else Fraction(0)


def _spelt(found: re.Match[str]) -> Fraction:
    """Return minutes for "an hour and a half", "2.5 hours", "half an hour"."""
    if found["halfhour"] or found["threequarters"]:
        return Fraction(30 if found["halfhour"] else 45)
    count = (found["hours"] or found["minutes"]).lower()
    value = Fraction(_SMALL.get(count, 1)) if count.isalpha() else Fraction(count)
    if found["minutes"]:
        return value
    return value * 60 + (30 if found["more"] else 0) + int(found["rest"] or 0)


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
