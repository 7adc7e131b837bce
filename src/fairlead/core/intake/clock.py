"""Clock times as people write them: 14:27, 2:27 pm, 14:27:05Z, 14h27, 1427 UTC, 2pm."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Final

from fairlead.core.intake.zones import AFTER_CLOCK, ZoneReading, offset_minutes, reading

_CLOCK: Final = re.compile(
    r"(?:"
    r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?(?![\d]|:[\da-fA-F])"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"|(?P<hh>\d{1,2})h(?P<hm>\d{2})(?!\w)"
    r"|(?P<ph>\d{1,2})(?:\.(?P<pm>\d{2}))?\s?(?P<phalf>[ap])\.?m\b\.?"
    r"|(?P<uh>\d{1,2})\.(?P<um>\d{2})(?=\s?(?:Uhr|UTC|GMT|CES?T)\b)(?:\s?Uhr)?"
    r"|(?P<f>\d{4})(?=Z\b|\s?(?:UTC|GMT|hrs?|hours)\b)(?:\s?(?:hrs?|hours)\b)?"
    r")",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(r"(?<![\w.:/,+])(?<!\d{4}-\d\d-)\d{1,2}(?=[:h.apAP\d]|\s[apAP]\.?[mM])")
_OFFSET: Final = re.compile(r"\s?(?P<value>Z\b|[+-]\d{2}:?\d{2}(?!\d))")
_SECOND_ZONE: Final = re.compile(r"\s?\(\d{1,2}:\d{2}(?::\d{2})?\s?(?:[ap]m)?\s?[A-Z]{1,5}\)", re.IGNORECASE)
_NOON: Final = 12
_DAY_HOURS: Final = 24
_SIXTY: Final = 60


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock time as it was written.

    `next_day` is True for 24:00. `half` says that am or pm was written; `padded` that the hour had a leading
    zero, which twelve-hour clocks do not have. `zone` is what stood beside it, or None. `vague` says that it could be
    of the morning or of the afternoon.
    """

    clock: time
    next_day: bool
    half: bool
    padded: bool
    zone: ZoneReading | None
    start: int
    end: int
    vague: bool = False


def read_clock(text: str, at: int, *, after_date: bool = False) -> ClockReading | None:
    """Return the clock time written at exactly this offset, or None.

    `after_date` says that a full date stands directly before it: only then is "-05:00" an offset and not
    the end of a stretch of time.
    """
    found = _CLOCK.match(text, at)
    if found is None:
        return None
    hour_text, minute_text, half = _parts(found)
    hour, minute, second = int(hour_text), int(minute_text or 0), int(found["s"] or 0)
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half.lower() == "p" else 0)
    next_day = hour == _DAY_HOURS and minute == 0
    if (hour >= _DAY_HOURS and not next_day) or minute >= _SIXTY or second > _SIXTY:
        return None
    zone, end = _zone(text, found, after_date=after_date)
    return ClockReading(
        clock=time(hour % _DAY_HOURS, minute, min(second, _SIXTY - 1)),
        next_day=next_day,
        half=bool(half),
        padded=hour_text.startswith("0"),
        zone=zone,
        start=at,
        end=end,
    )


def find_clocks(text: str, start: int = 0, end: int | None = None) -> Iterator[ClockReading]:
    """Yield every clock time written in `text[start:end]`, in order."""
    stop = len(text) if end is None else end
    at = start
    while (spot := _FIRST.search(text, at, stop)) is not None:
        read = read_clock(text, spot.start())
        if read is not None and read.end <= stop:
            yield read
            at = read.end
        else:
            at = spot.end()


def _parts(found: re.Match[str]) -> tuple[str, str | None, str | None]:
    if found["h"]:
        return found["h"], found["m"], found["half"]
    if found["hh"]:
        return found["hh"], found["hm"], None
    if found["ph"]:
        return found["ph"], found["pm"], found["phalf"]
    if found["uh"]:
        return found["uh"], found["um"], None
    return found["f"][:2], found["f"][2:], None


def _zone(text: str, found: re.Match[str], *, after_date: bool) -> tuple[ZoneReading | None, int]:
    end = found.end()
    offset = _OFFSET.match(text, end)
    if offset is not None:
        value = offset["value"]
        if value in "Zz":
            return ZoneReading("UTC", 0, "Z"), offset.end()
        minutes = offset_minutes(value)
        if minutes is not None and (after_date or found["s"] or value[0] == "+"):
            return ZoneReading("", minutes, value), offset.end()
    named = AFTER_CLOCK.match(text, end)
    if named is not None:
        read = reading(named)
        if read is not None:
            # A bracket opened before the time ("[14:27 UTC]") is closed by whoever opened it.
            opened = text[end : named.start("iana" if named["iana"] else "name")].strip()
            return read, named.end() if opened else named.end() - len(named["close"] or "")
    # "12:48 (6:48 PDT)": the bracket repeats the same moment elsewhere and says nothing about this clock.
    again = _SECOND_ZONE.match(text, end)
    return None, again.end() if again is not None else end
