"""Short answers to the five questions, read the way people type them.

Each function returns None when it cannot read the answer; who asked then asks again, kindly.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from fairlead.core.intake.dates import find_dates
from fairlead.core.intake.figures import CODES, in_minor, money
from fairlead.core.intake.neardays import find_near_days
from fairlead.core.intake.spoken import clocks_of, last_before
from fairlead.core.intake.values import Money
from fairlead.core.intake.zones import ABBREVIATIONS, as_offset
from fairlead.core.localtime import LocalTimeError, known_zone

_UNKNOWN: Final = re.compile(
    r"\A\s*(?:not known(?: yet)?|unknown|don.?t know|do not know|no idea|none|n/?a|\?+|-+)\s*\Z",
    re.IGNORECASE,
)
_AGO: Final = re.compile(
    r"\b(?P<n>\d{1,4}|an?|half an)\s?(?P<unit>minutes?|mins?|m|hours?|hrs?|h|days?|d)\s(?:ago|before)\b",
    re.IGNORECASE,
)
_LASTING: Final = re.compile(
    r"\b(?:for|lasted|lasting)\s(?:about\s)?(?:(?P<h>\d{1,3})\s?(?:hours?|hrs?|h)\b)?\s?(?:and\s)?"
    r"(?:(?P<m>\d{1,4})\s?(?:minutes?|mins?|m)\b)?",
    re.IGNORECASE,
)
_UNITS: Final = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_FIGURE: Final = r"(?P<n>\d[\d.,'’ ]{0,20})\s?(?P<scale>k|thousand|m|mn|million|bn|billion)?"
_BARE: Final = re.compile(rf"\A\s*{_FIGURE}\s*\Z", re.IGNORECASE)
_BEFORE: Final = re.compile(rf"(?<![\w.,]){_FIGURE}\s?(?:-|–|to|and)\s?\Z", re.IGNORECASE)
_AFTER: Final = re.compile(rf"\A\s?(?:-|–|to|and)\s?{_FIGURE}(?!\w)", re.IGNORECASE)
_SCALE: Final = re.compile(r"(?:k|thousand|m|mn|million|bn|billion)\b", re.IGNORECASE)
_PER_HOUR: Final = re.compile(r"(?:/|per|an|a|each)\s?(?:h|hr|hour)\b", re.IGNORECASE)
_TEAM: Final = re.compile(r"\A\D{0,30}(?P<n>\d{1,4})\b\D{0,40}\Z")
_LARGEST_TEAM: Final = 1000
_DAY: Final = timedelta(days=1)
_GRACE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Interval:
    """A start, and an end where one was said; both in UTC."""

    started: datetime
    resolved: datetime | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What somebody said it cost, or what an hour brings in; minor units of `currency`.

    `total` is low, likely and high. Exactly one of `total` and `rate` is set.
    """

    currency: str
    total: tuple[int, int, int] | None
    rate: int | None


def says_unknown(answer: str) -> bool:
    """Say whether an answer means that it is not known: "not known yet", "?", "-"."""
    return _UNKNOWN.match(answer) is not None


def read_interval(answer: str, *, now: datetime, zone: str, day: date | None = None) -> Interval | None:
    """Return the start and, if said, the end: "14:27 to 15:32", "yesterday 22:50 - 00:10", "65 minutes ago".

    `now` is aware; `zone` is an IANA name for times that carry no zone; `day` is the day of an answer that names
    none, where the text before it did. Without it a time that would still be to come
    today was yesterday. An end before its start is on the next day. Raises LocalTimeError for an unknown zone.
    """
    rules = known_zone(zone)
    clocks = last_before(clocks_of(answer), now.astimezone(rules).time())
    if not clocks:
        ago = _AGO.search(answer)
        if ago is None:
            return None
        count = (
            0.5 if ago["n"].lower() == "half an" else 1 if ago["n"].lower() in {"a", "an"} else int(ago["n"])
        )
        started = (
            (now - count * _UNITS[ago["unit"][0].lower()]).astimezone(UTC).replace(second=0, microsecond=0)
        )
        return Interval(started, _lasting(answer, started))
    today = now.astimezone(rules).date()
    read_days = list(find_dates(answer)) or list(find_near_days(answer, today=today))
    days = [one for read in read_days if (one := read.before(today))]
    first_day = days[0] if days else day or today
    zones = [clock.zone for clock in clocks if clock.zone is not None]
    moments: list[datetime] = []
    for number, clock in enumerate(clocks[:2]):
        spoken = clock.zone or (zones[0] if zones else None)
        on = days[min(number, len(days) - 1)] if days else first_day
        offset = None if spoken is None else as_offset(spoken)
        naive = datetime.combine(on + (_DAY if clock.next_day else timedelta(0)), clock.clock)
        if offset is not None:
            moments.append((naive - offset).replace(tzinfo=UTC))
        else:
            moments.append(naive.replace(tzinfo=known_zone(spoken.zone) if spoken else rules).astimezone(UTC))
    if not days and day is None and moments[0] > now + _GRACE:
        moments = [moment - _DAY for moment in moments]
    started = moments[0]
    if len(moments) == 1:
        return Interval(started, _lasting(answer, started))
    resolved = moments[1] if moments[1] >= started else moments[1] + _DAY
    return Interval(started, resolved)


def _lasting(answer: str, started: datetime) -> datetime | None:
    found = _LASTING.search(answer)
    if found is None or not (found["h"] or found["m"]):
        return None
    return started + timedelta(hours=int(found["h"] or 0), minutes=int(found["m"] or 0))


def read_cost(answer: str, *, currency: str | None = None) -> Cost | None:
    """Return a cost or a rate: "USD 180k", "between 120k and 200k EUR", "165000 per hour".

    `currency` is used for a bare number. Two amounts are the low and the high end; their middle is taken as
    likely.
    """
    amounts = list(money(answer))
    if not amounts:
        bare = _BARE.match(_PER_HOUR.sub("", answer))
        if bare is None or currency is None:
            return None
        minor = in_minor(bare["n"], bare["scale"], currency)
        return Cost(currency, None, minor) if _PER_HOUR.search(answer) else _total(currency, minor, minor)
    first = amounts[0]
    if first.per_hour:
        return Cost(first.currency, None, first.minor)
    if len(amounts) > 1 and amounts[1].currency == first.currency:
        return _total(first.currency, first.minor, amounts[1].minor)
    return _with_other_end(answer, first)


def _with_other_end(answer: str, first: Money) -> Cost:
    """Read "120k to 200k EUR" and "USD 120-200k": one end carries the currency for both, perhaps the "k" too."""
    own = _SCALE.search(answer, first.span.start, first.span.end)
    before, after = _BEFORE.search(answer[: first.span.start]), _AFTER.match(answer[first.span.end :])
    other = before or after
    if other is None:
        return _total(first.currency, first.minor, first.minor)
    scale = other["scale"] or (own[0] if own else None)
    stated = first.minor * (in_minor("1", scale, "JPY") if after is not None and own is None else 1)
    return _total(first.currency, stated, in_minor(other["n"], scale, first.currency))


def _total(currency: str, one: int, other: int) -> Cost:
    low, high = sorted((one, other))
    return Cost(currency, (low, (low + high) // 2, high), None)


def read_team_size(answer: str) -> int | None:
    """Return a size from 1 to 1,000: "7", "we are 7 people"."""
    found = _TEAM.match(answer)
    size = int(found["n"]) if found is not None else 0
    return size if 1 <= size <= _LARGEST_TEAM else None


def read_zone(answer: str) -> str:
    """Return the IANA name for "Europe/Berlin", "CET", "berlin" or "utc".

    Raises LocalTimeError with suggestions when there is no such zone.
    """
    asked = answer.strip().replace(" ", "_")
    meaning = ABBREVIATIONS.get(asked.upper())
    if meaning is not None:
        return meaning.zone
    try:
        return known_zone(asked).key
    except LocalTimeError as error:
        named = [
            name
            for name in error.suggestions
            if asked.lower() in {name.lower(), name.lower().rpartition("/")[2]}
        ]
        if len(named) == 1:
            return named[0]
        return known_zone(answer.strip() or "nothing").key  # says so in the words that were typed


def read_currency(answer: str) -> str | None:
    """Return a currency code of three letters in capitals, or None."""
    code = answer.strip().upper()
    return code if code in CODES.split("|") else None
