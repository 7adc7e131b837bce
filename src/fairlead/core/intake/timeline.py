"""Lines that begin with a clock time, turned into entries with their day, their zone and their text.

The day of an entry is the one written on its line, else the one carried down from the lines above it. A
clock that jumps back by more than four hours has passed midnight; a smaller step back is a line out of order.
Lists that run from the newest line to the oldest are recognised and read the other way.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Final

from fairlead.core.intake.clock import ClockReading
from fairlead.core.intake.dates import DateReading
from fairlead.core.intake.lines import Beginning, DayLine, heading_level, kind_of, read_line
from fairlead.core.intake.values import Entry, Span
from fairlead.core.intake.zones import as_offset
from fairlead.core.localtime import known_zone

OUT_OF_ORDER: Final = timedelta(hours=4)
LONGEST_TEXT: Final = 2_000  # characters of one entry; the whole text stays in the source
_TRIM: Final = " \t\r:;,|*_~`)]>–—-."
_TAGS: Final = re.compile(r"\A(?:</?[a-z][a-z\d]{0,9}>\s?)+", re.IGNORECASE)
_LINE: Final = re.compile(r"[^\n]+")
_NOON: Final = 12
_DAY: Final = timedelta(days=1)
_NONE: Final = timedelta(0)
PART_LEVEL: Final = 2  # "## Timeline" begins a new part; "### Detection" stands inside one
FEWEST_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class StampedLine:
    """A line that begins with a clock time, before its day and zone are known. Offsets are of the text."""

    begun: Beginning
    text: str
    span: Span
    section_day: date | None
    fresh: bool


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield every line that is not empty with the offset it starts at; a carriage return stays at its end."""
    for found in _LINE.finditer(text):
        yield found.start(), found[0]


def stamped_lines(text: str, *, today: date, year: int | None) -> tuple[StampedLine, ...]:
    """Return every line that begins with a clock time. `year` is for days written without one."""
    found: list[StampedLine] = []
    carried: date | None = None
    fresh = True  # the first entry below a new part of the text starts its day anew
    takes_more = False
    for offset, line in lines_of(text):
        read = read_line(line)
        day = None if read is None or read.day is None else resolved_day(read.day, today=today, year=year)
        carried = day or carried
        if isinstance(read, Beginning):
            span = Span(offset, offset + len(line))
            found.append(StampedLine(read, _own_text(line, read), span, carried, fresh or day is not None))
            fresh, takes_more = False, True
            continue
        level = heading_level(line)
        fresh = fresh or isinstance(read, DayLine) or 1 <= level <= PART_LEVEL
        takes_more = takes_more and not isinstance(read, DayLine) and level == 0
        if takes_more:
            takes_more = _continue(found, offset, line)
    return tuple(found)


def resolved_day(day: DateReading, *, today: date, year: int | None) -> date | None:
    """Return a day with its year: the one written, else `year`, else the last one that is not to come."""
    return day.before(today) if year is None else day.on(year)


def _own_text(line: str, read: Beginning) -> str:
    rest = line[read.rest :].strip()
    if read.kind == "table":
        rest = " — ".join(cell.strip() for cell in rest.strip("| ").split("|") if cell.strip())
    kept = _TAGS.sub("", rest.lstrip(_TRIM)).lstrip(_TRIM)
    opened = rest[: len(rest) - len(kept)]
    for mark in ("**", "__", "*", "_", "`"):
        # "**14:27 UTC: text**" and "**14:27** text": the emphasis went with the time.
        if kept.endswith(mark) and kept.count(mark) % 2 == 1 and mark not in opened:
            kept = kept.removesuffix(mark)
    return kept.strip()[:LONGEST_TEXT]


def _continue(found: list[StampedLine], offset: int, line: str) -> bool:
    """Give a line that has no time of its own to the entry above it. Return whether more may follow."""
    last = found[-1]
    stripped = line.strip()
    if not stripped:
        return True
    touching = offset - last.span.end == 1
    is_open = last.begun.kind in {"heading", "chat"} or not last.text
    kind = kind_of(line)
    if kind == "table" or (not is_open and (kind == "list" or not touching)):
        return False
    if len(last.text) < LONGEST_TEXT:
        glue = (" " if touching else "\n") if last.text else ""
        text = f"{last.text}{glue}{stripped[:LONGEST_TEXT]}"[:LONGEST_TEXT]
        found[-1] = replace(last, text=text, span=Span(last.span.start, offset + len(line)))
    return True


def entries(lines: Sequence[StampedLine], *, zone: tzinfo, day: date) -> tuple[Entry, ...]:
    """Return the entries in the order of the text. `zone` is for times without one, `day` for the first.

    The reason of each entry says where its day and its zone come from.
    """
    sign = -1 if _newest_first(lines) else 1
    twelve = all(_fits_twelve(line.begun.clock) for line in lines)
    result: list[Entry] = []
    before: datetime | None = None
    last_day, afternoon = day, False
    for line in lines:
        clock = line.begun.clock
        if clock.half:
            afternoon = clock.clock.hour >= _NOON
        elif twelve and afternoon and clock.clock.hour < _NOON:
            # "11:50 AM, 12:10 PM, 1:15": pm is carried down, because no time of the text speaks against it.
            clock = replace(clock, clock=clock.clock.replace(hour=clock.clock.hour + _NOON))
        own = _own_zone(clock, zone)
        local_day, why = _day_of(line, clock, own, last_day, before, sign=sign, base=day)
        at = _moment(local_day, clock, own, before)
        if clock.zone is not None:
            why += f", the zone ({clock.zone.label}) beside the time"
        until = _until(line.begun.until, local_day, own, at)
        text = line.text or "(no words beside this time)"
        result.append(
            Entry(at, until, text, line.begun.speaker, line.span, f"The line begins with a time; {why}.")
        )
        before, last_day = at, local_day
    return tuple(result)


def _own_zone(clock: ClockReading, zone: tzinfo) -> tzinfo:
    if clock.zone is None:
        return zone
    offset = as_offset(clock.zone)
    return known_zone(clock.zone.zone) if offset is None else timezone(offset)


def _day_of(
    line: StampedLine,
    clock: ClockReading,
    zone: tzinfo,
    last_day: date,
    before: datetime | None,
    *,
    sign: int,
    base: date,
) -> tuple[date, str]:
    """Return the day of a line and why: written on it, above it, or carried down, over midnight if need be."""
    if line.begun.day is not None and line.section_day is not None:
        return line.section_day, "the day stands on the line"
    if line.fresh or before is None:
        return (
            (line.section_day, "the day stands above") if line.section_day else (base, "the day of the text")
        )
    same = datetime.combine(last_day + (_DAY if clock.next_day else _NONE), clock.clock, zone).astimezone(UTC)
    if sign * (before - same) > OUT_OF_ORDER:
        return last_day + sign * _DAY, "the clock passed midnight"
    return last_day, "the day is carried down"


def _moment(day: date, clock: ClockReading, zone: tzinfo, before: datetime | None) -> datetime:
    """Return the moment in UTC. In the hour that happens twice, the one that does not go back is taken."""
    naive = datetime.combine(day + (_DAY if clock.next_day else _NONE), clock.clock)
    first = naive.replace(tzinfo=zone).astimezone(UTC)
    again = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return again if before is not None and first < before <= again else first


def _until(read: ClockReading | None, day: date, zone: tzinfo, at: datetime) -> datetime | None:
    if read is None:
        return None
    end = datetime.combine(day, read.clock, _own_zone(read, zone)).astimezone(UTC)
    return end if end >= at else end + _DAY


def _newest_first(lines: Sequence[StampedLine]) -> bool:
    """Say whether at least two of three steps from line to line, inside a day, go back."""
    steps = [
        (line.begun.clock.clock, following.begun.clock.clock)
        for line, following in pairwise(lines)
        if not following.fresh
    ]
    back = sum(following < first for first, following in steps)
    return len(steps) >= FEWEST_STEPS and back * 3 >= len(steps) * 2


def _fits_twelve(clock: ClockReading) -> bool:
    """Say whether a time could stand on a twelve-hour clock: "14:10" and "01:15" could not."""
    return clock.half or (not clock.padded and 1 <= clock.clock.hour <= _NOON)
