"""A line of time to scale: where a moment stands on it, where its ticks and days fall on a local clock.

Days have 23 or 25 hours when the clocks change, so nothing here adds days to a moment: ticks are looked for on the
clock on the wall, and a reading that did not exist is left out, one that happened twice stands twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Final
from zoneinfo import ZoneInfo

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_STEPS: Final = (
    *(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12)),
    *(timedelta(days=days) for days in (1, 2, 7, 14)),
)
_TWO_WEEKS: Final = 14 * _DAY
_EDGE: Final = 2.0  # nearer to an end the words of a tick would be cut off
_ROOM: Final = 0.04  # of the span, left free at both ends
_EPOCH: Final = datetime(1970, 1, 5)  # noqa: DTZ001 -- a Monday on the wall, from which steps are counted
# How far the clock on the wall may have jumped inside a span; only the search is longer for it.
_JUMP: Final = 3 * _HOUR


@dataclass(frozen=True, slots=True)
class Scale:
    """A span of time in UTC, drawn from 0 to 100."""

    start: datetime
    end: datetime

    def position(self, at: datetime) -> float:
        """Return where a moment stands, to a hundredth; what lies outside stands at the nearer end."""
        share = (at.astimezone(UTC) - self.start) / (self.end - self.start)
        return round(min(max(share, 0.0), 1.0) * 100, 2)

    def holds(self, at: datetime) -> bool:
        """Return whether a moment lies on the line."""
        return self.start <= at.astimezone(UTC) <= self.end


@dataclass(frozen=True, slots=True)
class Tick:
    """A reading of the clock on the line, and what the other clock showed; `other` is empty where both agree."""

    position: float
    clock: str
    other: str


@dataclass(frozen=True, slots=True)
class DayStart:
    """The first moment of a day on the line."""

    position: float
    words: str


def scale_around(first: datetime, last: datetime) -> Scale | None:
    """Return a line that holds both moments with a little room at its ends; None for a single moment."""
    first, last = first.astimezone(UTC), last.astimezone(UTC)
    if first >= last:
        return None
    room = max((last - first) * _ROOM, timedelta(seconds=1))
    return Scale(first - room, last + room)


def ticks_on(scale: Scale, zone: str, other: str, *, most: int = 9) -> tuple[Tick, ...]:
    """Return at most about `most` ticks at round readings of the clock in `zone`."""
    span = scale.end - scale.start
    step = next((one for one in _STEPS if span / one <= most), ceil(span / _DAY / most) * _DAY)
    rules = ZoneInfo(zone)
    short = step < _DAY
    return tuple(
        Tick(
            scale.position(at),
            clock(at, zone) if short else short_day(at.astimezone(rules).date()),
            clock(at, other, beside=zone) if short else "",
        )
        for at in _readings(scale, rules, step)
        if _EDGE <= scale.position(at) <= 100 - _EDGE
    )


def days_on(scale: Scale, zone: str) -> tuple[DayStart, ...]:
    """Return the first moments of the days that begin on the line; empty when it lies within one day.

    Empty for a line of more than two weeks as well: its ticks are days.
    """
    if scale.end - scale.start > _TWO_WEEKS:
        return ()
    return tuple(
        DayStart(scale.position(at), short_day(at.astimezone(ZoneInfo(zone)).date()))
        for at in _readings(scale, ZoneInfo(zone), _DAY)
    )


def clock(at: datetime, zone: str, *, beside: str = "") -> str:
    """Say what the clock on the wall showed: "14:27", with seconds where there are any, "01:30 again" the second time.

    `beside` names a zone whose clock stands next to this one: nothing is said where both show the same, and the
    day is added where it is another.
    """
    local = at.astimezone(ZoneInfo(zone))
    words = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    if local.fold:
        words += " again"
    if not beside:
        return words
    there = at.astimezone(ZoneInfo(beside))
    if there.utcoffset() == local.utcoffset():
        return ""
    return words if there.date() == local.date() else f"{words} {local:%a}"


def short_day(day: date) -> str:
    """Say a day as it stands on a line: "Thu 19 Nov"."""
    return f"{day:%a} {day.day} {day:%b}"


def change_of_clocks(scale: Scale, zone: str) -> str:
    """Say that the clocks of a zone were changed within the line, or nothing."""
    rules = ZoneInfo(zone)
    before, after = (moment.astimezone(rules).utcoffset() for moment in (scale.start, scale.end))
    if before is None or after is None or before == after:
        return ""
    way = "forward" if after > before else "back"
    return f"The clocks in {zone} went {way} in this time; lengths are true all the same."


def _readings(scale: Scale, rules: ZoneInfo, step: timedelta) -> Iterator[datetime]:
    """Yield the moments on the line at which the clock showed a multiple of `step`, in order."""
    ends = [moment.astimezone(rules) for moment in (scale.start, scale.end)]
    walls = [end.replace(tzinfo=None) for end in ends]
    # A reading from beyond the ends lies between them only where the clocks are changed; most lines have no such night.
    beyond = _JUMP if step >= _DAY or ends[0].utcoffset() != ends[1].utcoffset() else timedelta(0)
    reading = _EPOCH + (min(walls) - beyond - _EPOCH) // step * step
    found: set[datetime] = set()
    while reading <= max(walls) + beyond:
        found.update(_moments_of(reading, rules, midnight=step >= _DAY))
        reading += step
    yield from sorted(at for at in found if scale.holds(at))


def _moments_of(reading: datetime, rules: ZoneInfo, *, midnight: bool) -> Iterator[datetime]:
    if midnight:
        # Where the clocks go forward at midnight, 00:00 was not, and the old offset gives the day's first moment.
        yield datetime.combine(reading, time(), rules).astimezone(UTC)
        return
    for fold in (0, 1):
        at = reading.replace(tzinfo=rules, fold=fold).astimezone(UTC)
        if at.astimezone(rules).replace(tzinfo=None, fold=0) == reading:
            yield at
