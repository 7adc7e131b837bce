"""Times in the cells of a row, as spreadsheets and people write them: 11/20/2026 2:27 PM, 20.11.2026 14:27, 15:32."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final, Literal

from fairlead.core.importing.stamps import Stamp, StampError, iso_stamp, local_stamp
from fairlead.core.intake.clock import ClockReading, read_clock
from fairlead.core.intake.dates import DateReading, read_date
from fairlead.core.intake.zones import as_offset
from fairlead.core.localtime import known_zone

Order = Literal["day", "month", ""]

EITHER: Final = "the day could be read in two ways (day first or month first); month first was taken."
_BETWEEN: Final = re.compile(r"[\s,;T]{1,3}(?:at\s)?")
_SLASHED: Final = re.compile(r"\s*(\d{1,2})/(\d{1,2})/\d{2,4}\b")
_MONTHS: Final = 12
_DAY: Final = timedelta(days=1)


def order_of(cells: Iterable[str]) -> Order:
    """Return what comes first in days such as 20/11/2026, as far as one of the cells tells; else ""."""
    seen: set[Order] = set()
    for cell in cells:
        found = _SLASHED.match(cell)
        if found is not None and int(found[1]) > _MONTHS:
            seen.add("day")
        elif found is not None and int(found[2]) > _MONTHS:
            seen.add("month")
    return seen.pop() if len(seen) == 1 else ""


class RowClock:
    """Reads the times of one row from left to right: a clock alone takes the day of the time before it."""

    def __init__(self, *, today: date, day: date | None, order: Order, problems: list[str]) -> None:
        """`day` is for times before any day is read; what is doubtful is added to `problems`."""
        self.today, self.day, self.order, self.problems = today, day, order, problems
        self.before: datetime | None = None

    def take_day(self, cell: str) -> None:
        """Take the day of a cell that holds nothing else, for the times of the row."""
        text = cell.strip()
        if not text:
            return
        read = read_date(text, 0)
        day = self._date(read, text, "day") if read is not None else None
        if day is None:
            self.problems.append(f"day: “{text[:40]}” is not a day we can read.")
        else:
            self.day = day

    def stamp(self, field: str, cell: str, zone: str | None) -> Stamp | None:
        """Return the moment of a cell; None for an empty one, and for one that a problem now tells of."""
        text = cell.strip()
        if not text:
            return None
        try:
            stamp = self._iso(text, zone) or self._written(field, text, zone)
        except StampError as error:
            self.problems.append(f"{field}: {error}")
            return None
        if stamp.problem:
            self.problems.append(f"{field}: {stamp.problem}")
        self.before = stamp.at
        return stamp

    def _iso(self, text: str, zone: str | None) -> Stamp | None:
        try:
            stamp = iso_stamp(text, zone=zone)
        except StampError:
            return None
        if stamp is not None:
            self.day = stamp.at.astimezone(known_zone(zone or "UTC")).date()
        return stamp

    def _written(self, field: str, text: str, zone: str | None) -> Stamp:
        read = read_date(text, 0)
        at = 0
        if read is not None:
            between = _BETWEEN.match(text, read.end)
            at = between.end() if between is not None else read.end
        clock = read_clock(text, at, after_date=read is not None)
        if clock is None or text[clock.end :].strip():
            what = (
                "has no clock time" if read is not None and at == len(text) else "is not a time we can read"
            )
            raise StampError(f"“{text[:40]}” {what}.")
        day = self.day if read is None else self._date(read, text, field)
        if day is None:
            raise StampError(f"“{text[:40]}” {'has no day' if read is None else 'is not a day that exists'}.")
        stamp = _moment(day, clock, zone)
        if read is None and self.before is not None and stamp.at < self.before:
            day += _DAY  # a clock alone that is earlier than the moment before it has passed midnight
            stamp = _moment(day, clock, zone)
        self.day = day
        return stamp

    def _date(self, read: DateReading, text: str, field: str) -> date | None:
        if read.either and _SLASHED.match(text):
            if self.order == "day":
                read = replace(read, month=read.day, day=read.month)
            elif not self.order:
                self.problems.append(f"{field}: {EITHER}")
        return read.before(self.today)


def _moment(day: date, clock: ClockReading, zone: str | None) -> Stamp:
    naive = datetime.combine(day + _DAY if clock.next_day else day, clock.clock)
    if clock.zone is None:
        return local_stamp(naive, zone=zone)
    offset = as_offset(clock.zone)
    if offset is None:
        return local_stamp(naive, zone=clock.zone.zone)
    return Stamp((naive - offset).replace(tzinfo=known_zone("UTC")), has_zone=True)
