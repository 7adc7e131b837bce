"""Clock times on a wall turned into moments, and the order of an incident's moments.

A local time can be missing (the clocks went forward over it) or happen twice (they went back over it). Both
are said in a sentence, with the times that would work; nothing is guessed. The zone rules are those of the
IANA database as the standard library's `zoneinfo` reads it. Moments are aware datetimes in UTC, durations
exact minutes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

Kind = Literal["unknown_zone", "not_local", "nonexistent", "ambiguous", "out_of_range"]

_FUTURE_GRACE: Final = timedelta(minutes=5)
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_TICK: Final = timedelta(microseconds=1)
_BEFORE_RESOLVED: Final = frozenset({"detected", "mitigated"})
_EARLIEST_YEAR: Final = 1970
_LATEST_YEAR: Final = 2200
_AREAS: Final = frozenset(
    {
        *("Africa", "America", "Antarctica", "Arctic", "Asia"),
        *("Atlantic", "Australia", "Europe", "Indian", "Pacific"),
    }
)
# What people write for universal time; the database knows it under its own names.
_UTC_NAMES: Final = frozenset({"utc", "z", "gmt", "zulu"})


class LocalTimeError(ValueError):
    """A local time that cannot be used as it stands.

    `kind` says why, the text is a sentence for the person who typed it, and `suggestions` are times or zone
    names that would work: for an ambiguous time the earlier moment first, then the later one.
    """

    def __init__(self, kind: Kind, message: str, suggestions: tuple[str, ...] = ()) -> None:
        """Keep the kind and the suggestions; the message is the text."""
        super().__init__(message)
        self.kind: Kind = kind
        self.message = message
        self.suggestions = suggestions


@dataclass(frozen=True, slots=True)
class Resolved:
    """A clock time that means one moment: the moment in UTC, the same in its zone, the zone's name, the
    fold used.
    """

    utc: datetime
    local: datetime
    zone: str
    fold: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not fit about an incident's times: the field, and a sentence."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Durations:
    """What follows from an incident's moments, in exact minutes; None where a moment is missing.

    All four are counted from the start. `duration` ends at the mitigation if it is known, because that is
    when customers were served again, else at the resolution.
    """

    to_detect: Fraction | None
    to_mitigate: Fraction | None
    to_resolve: Fraction | None
    duration: Fraction | None


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Return the zone names to choose from, sorted: UTC, and the Area/Place names of the IANA database."""
    return ("UTC", *sorted(name for name in available_timezones() if name.partition("/")[0] in _AREAS))


def known_zone(name: str) -> ZoneInfo:
    """Return the zone with this IANA name. Raises LocalTimeError with close names if there is none."""
    if name.lower() in _UTC_NAMES:
        return ZoneInfo("UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a path that leads out, a folder, a name too long
        near = _names_like(name)
        ask = f" Did you mean {' or '.join(near)}?" if near else " Write it like Europe/Berlin, or UTC."
        raise LocalTimeError("unknown_zone", f"“{name[:60]}” is not a zone we know.{ask}", near) from None


def resolve(naive: datetime, zone: str, fold: int | None = None) -> Resolved:
    """Return the moment that a clock in `zone` showed as `naive`.

    `fold` chooses where the time happened twice: 0 the first, 1 the second, None for not said. It is
    ignored where the time happened once. Raises LocalTimeError: unknown_zone, not_local (`naive` carries a
    zone of its own), out_of_range (before 1970 or after 2199), nonexistent, or ambiguous when `fold` is
    None.
    """
    rules = known_zone(zone)
    if naive.tzinfo is not None:
        told = "This time already carries a zone. Give it as the clock on the wall showed it."
        raise LocalTimeError("not_local", told)
    if not _EARLIEST_YEAR <= naive.year < _LATEST_YEAR:
        raise LocalTimeError("out_of_range", f"The year {naive.year} cannot be right. Check the date.")
    earlier, later = (naive.replace(tzinfo=rules, fold=side).astimezone(UTC) for side in (0, 1))
    # PEP 495: in a gap the reading with fold 0 lies after the one with fold 1, in an overlap before it.
    if earlier > later:
        raise _nonexistent(naive, rules, zone)
    if earlier < later and fold is None:
        raise _ambiguous(naive, rules, zone)
    side = fold if fold is not None and earlier < later else 0
    moment = later if side else earlier
    return Resolved(utc=moment, local=moment.astimezone(rules), zone=zone, fold=side)


def order_problems(
    *,
    started: datetime | None,
    now: datetime,
    detected: datetime | None = None,
    reported: datetime | None = None,
    mitigated: datetime | None = None,
    resolved: datetime | None = None,
    longest_days: int = 31,
) -> tuple[Problem, ...]:
    """Return what does not fit about an incident's moments; empty when all is well. Missing moments are
    skipped.

    Every moment is an aware datetime. Nothing may lie before the start or after now (with five minutes of
    grace for clocks that differ), detection and mitigation not after the resolution, and nothing more than
    `longest_days` after the start, because a wrong month or year is likelier than an outage that long. A
    report may come before the detection: a customer often knows first. Each field is named at most once.
    """
    moments = {
        name: moment.astimezone(UTC)
        for name, moment in (
            ("started", started),
            ("detected", detected),
            ("reported", reported),
            ("mitigated", mitigated),
            ("resolved", resolved),
        )
        if moment is not None
    }
    found = ((field, _problem_with(field, moments, now, longest_days)) for field in moments)
    return tuple(Problem(field, message) for field, message in found if message)


def durations(
    started: datetime | None, detected: datetime | None, mitigated: datetime | None, resolved: datetime | None
) -> Durations:
    """Return the times to detect, mitigate and resolve, and the duration, in exact minutes from the start."""
    ended = resolved if mitigated is None else mitigated
    to_detect, to_mitigate, to_resolve, duration = (
        None if started is None or moment is None else minutes_between(started, moment)
        for moment in (detected, mitigated, resolved, ended)
    )
    return Durations(to_detect, to_mitigate, to_resolve, duration)


def minutes_between(started: datetime, ended: datetime) -> Fraction:
    """Return the exact minutes from one aware datetime to another.

    Both are taken to UTC first: Python subtracts two times of one zone as clocks on a wall, not as time
    that passed.
    """
    return Fraction((ended.astimezone(UTC) - started.astimezone(UTC)) // _TICK, _MINUTE // _TICK)


def _names_like(name: str) -> tuple[str, ...]:
    """Return up to three zone names somebody may have meant: itself in other case, its place, or close
    spellings.
    """
    wanted = name.strip()[:60].replace(" ", "_").lower()
    by_lower = {known.lower(): known for known in zone_names()}
    if wanted in by_lower:
        return (by_lower[wanted],)
    places = sorted(known for lower, known in by_lower.items() if lower.rpartition("/")[2] == wanted)
    near = get_close_matches(wanted, by_lower, n=3, cutoff=0.8)
    return tuple(places[:3] or [by_lower[lower] for lower in near])


def _problem_with(field: str, moments: dict[str, datetime], now: datetime, longest_days: int) -> str:
    moment = moments[field]
    name = f"“{field.capitalize()}”"
    started = moments.get("started", moment)
    if moment > now + _FUTURE_GRACE:
        return f"{name} is in the future. Check the day and the zone."
    if moment < started:
        return f"{name} is before the start. Check both times, and the day of each."
    if moment - started > longest_days * _DAY:
        return f"{name} is more than {longest_days} days after the start. Check the dates."
    if field in _BEFORE_RESOLVED and moment > moments.get("resolved", moment):
        return f"{name} is after “Resolved”. Check both times."
    return ""


def _nonexistent(naive: datetime, rules: ZoneInfo, zone: str) -> LocalTimeError:
    before, after = _change_near(naive, rules)
    # In a gap, the reading with the old offset lands as far behind the change as the clock had run past it.
    meant = naive.replace(tzinfo=rules, fold=0).astimezone(UTC).astimezone(rules)
    # A gap of a whole day (Samoa, 2011) needs the day as well.
    form = "%H:%M" if meant.date() == naive.date() else "%Y-%m-%d %H:%M"
    suggestion = meant.strftime(form)
    return LocalTimeError(
        "nonexistent",
        f"{_spoken(naive)} did not exist in {zone}: clocks went forward from {_clock(before, after)} to "
        f"{_clock(after, before)}. Did you mean {suggestion}?",
        (suggestion,),
    )


def _ambiguous(naive: datetime, rules: ZoneInfo, zone: str) -> LocalTimeError:
    before, after = _change_near(naive, rules)
    first, second = (
        _with_offset(naive, naive.replace(tzinfo=rules, fold=side).utcoffset()) for side in (0, 1)
    )
    return LocalTimeError(
        "ambiguous",
        f"{_spoken(naive)} happened twice in {zone}: clocks went back from {_clock(before, after)} to "
        f"{_clock(after, before)}. Was it {first}, before the change, or {second}, after it?",
        (first, second),
    )


def _change_near(naive: datetime, rules: ZoneInfo) -> tuple[datetime, datetime]:
    """Return what the clock on the wall showed at the change nearest to `naive`: the last reading and the
    next.
    """
    old, new = ((naive.replace(tzinfo=rules, fold=side).utcoffset() or timedelta()) for side in (0, 1))
    # The moment of the change lies between the readings that the two offsets give; halve until it is found.
    low, high = min(naive - old, naive - new) - _TICK, max(naive - old, naive - new)
    while high - low > _TICK:
        middle = low + (high - low) // 2
        if _offset_at(middle, rules) == old:
            low = middle
        else:
            high = middle
    return high + old, high + new


def _offset_at(moment: datetime, rules: ZoneInfo) -> timedelta | None:
    return moment.replace(tzinfo=UTC).astimezone(rules).utcoffset()


def _clock(reading: datetime, other: datetime) -> str:
    return reading.strftime("%H:%M" if reading.date() == other.date() else "%H:%M on %Y-%m-%d")


def _spoken(naive: datetime) -> str:
    return f"{naive:%H:%M} on {naive.day} {naive:%B %Y}"


def _with_offset(naive: datetime, offset: timedelta | None) -> str:
    minutes = (offset or timedelta()) // _MINUTE
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{naive:%H:%M} at UTC{sign}{hours:02d}:{rest:02d}"
