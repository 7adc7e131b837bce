"""A table of incidents as CSV: a row each, its columns guessed from the header or said by name.

Cells are words and nothing else: one that a spreadsheet would run as a formula stays the text it is, and one that was
defused for a spreadsheet reads as it did before.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from fairlead.core.importing.cells import Order, RowClock, order_of
from fairlead.core.importing.columns import FIELDS, TIME_FIELDS, Column, MappingError, columns_of
from fairlead.core.importing.decoding import NotTextError, decoded
from fairlead.core.importing.values import (
    ImportedEntry,
    ImportedIncident,
    ImportedTimes,
    Reading,
    checked,
    content_id,
    entry_from,
    source_id,
    title_from,
    unreadable,
)
from fairlead.core.intake import understand
from fairlead.core.intake.answers import read_zone
from fairlead.core.localtime import LocalTimeError, known_zone
from fairlead.core.spreadsheet import restored

__all__ = ["FIELDS", "read_table"]

MOST_ROWS: Final = 100_000
_DELIMITERS: Final = ",;\t|"
_MOST_PROBLEMS: Final = 50
NO_TITLE: Final = "No column looks like the title. Name it with --map title=COLUMN. There are: {}."
NO_START: Final = "No column looks like the start. Name it with --map started=COLUMN."
NO_ZONE: Final = "No time zone is named, so the times were read as UTC. Give one with --zone."


def read_table(
    content: bytes,
    *,
    now: datetime,
    zone: str | None = None,
    day: date | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Reading:
    """Return an incident for each row of a CSV file (comma, semicolon, tab or bar; the first row names columns).

    `now` is an aware datetime, `zone` an IANA name for times that carry none, `day` the day of times
    without one, `mapping` columns by field. A row without an id of its own is known by its content.
    """
    try:
        text, lost = decoded(content)
    except NotTextError as error:
        return unreadable(str(error))
    rows = _rows(text)
    header = next((row for _line, row in rows if isinstance(row, list)), None)
    if header is None:
        return unreadable("There is no row in it.")
    try:
        columns = columns_of(header, mapping or {})
    except MappingError as error:
        return unreadable(str(error))
    if "title" not in columns:
        there = ", ".join(name.strip()[:60] for name in header[:30] if name.strip())
        return unreadable(NO_TITLE.format(there or "none"))
    table = _Table(header, columns, zone=zone, day=day, now=now)
    problems = [*lost, *([] if "started" in columns or "day" in columns else [NO_START])]
    body: list[tuple[int, list[str]]] = []
    for line, row in rows:
        if len(body) >= MOST_ROWS:
            problems.append(f"Only the first {MOST_ROWS:,} rows were read.")
            break
        if isinstance(row, str):
            problems.append(f"Line {line}: {row}")
        else:
            body.append((line, row))
    table.learn([row for _line, row in body])
    incidents = tuple(table.incident(line, row) for line, row in body)
    more = len(problems) - _MOST_PROBLEMS
    shown = (*problems[:_MOST_PROBLEMS], *((f"And {more} more like these.",) if more > 0 else ()))
    return Reading(incidents, shown, (table.said(),))


def header_of(content: bytes) -> tuple[str, ...]:
    """Return the names of a table's columns, as its first row gives them; none when it cannot be read."""
    try:
        text, _lost = decoded(content)
    except NotTextError:
        return ()
    header = next((row for _line, row in _rows(text) if isinstance(row, list)), list[str]())
    return tuple(name.strip() for name in header if name.strip())


def _rows(text: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row that is not empty with the line it ends on; a sentence where one cannot be read."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield reader.line_num, "This row could not be read; perhaps a quotation mark is not closed."
            continue
        if any(cell.strip() for cell in row):
            yield reader.line_num, [restored(cell) for cell in row]


class _Table:
    """The meaning of the columns, and one row after the other."""

    def __init__(
        self,
        header: Sequence[str],
        columns: Mapping[str, Column],
        *,
        zone: str | None,
        day: date | None,
        now: datetime,
    ) -> None:
        self.header, self.columns = header, columns
        self.zone, self.day, self.now = zone, day, now
        self.order: Order = ""

    def said(self) -> str:
        """Return how the columns were understood, for a person to look at."""
        parts = (f"{field} from “{self.columns[field].header}”" for field in FIELDS if field in self.columns)
        used = {column.at for column in self.columns.values()}
        rest = ", ".join(f"“{name.strip()}”" for at, name in enumerate(self.header) if at not in used)
        return f"Columns: {', '.join(parts)}.{f' Not read: {rest}.' if rest else ''}"

    def learn(self, rows: Sequence[Sequence[str]]) -> None:
        """See from all the rows whether 03/04/2026 begins with the day or the month."""
        self.order = order_of(self._cell(row, field) for row in rows for field in (*TIME_FIELDS, "day"))

    def incident(self, line: int, row: Sequence[str]) -> ImportedIncident:
        """Return a row as an incident; what is wrong with it stands in its problems."""
        problems: list[str] = []
        if len(row) != len(self.header):
            problems.append(
                f"Line {line}: there are {len(row)} cells where the header has {len(self.header)}."
            )
        zone = self._zone(row, problems)
        times, read_as = self._times(row, zone, problems)
        title = title_from(self._cell(row, "title"))
        if title is None:
            problems.append(f"Line {line}: there is no title.")
        entries = self._entries(row, times, read_as)
        key = self._cell(row, "id").strip()
        incident = ImportedIncident(
            source_id=source_id("csv", key) if key else self._mark(row),
            title=title,
            zone=read_as,
            times=times,
            entries=entries,
            problems=tuple(problems),
        )
        return checked(incident, now=self.now)

    def _mark(self, row: Sequence[str]) -> str:
        """Return the id of a row without one: of the cells that are read, so that a new column changes nothing."""
        return content_id("csv", *(f"{field}={self._cell(row, field).strip()}" for field in FIELDS))

    def _cell(self, row: Sequence[str], field: str) -> str:
        column = self.columns.get(field)
        return row[column.at] if column is not None and column.at < len(row) else ""

    def _zone(self, row: Sequence[str], problems: list[str]) -> str | None:
        cell = self._cell(row, "zone").strip()
        if not cell:
            return self.zone
        try:
            return read_zone(cell)
        except LocalTimeError as error:
            problems.append(f"zone: {error.message}")
            return self.zone

    def _times(
        self, row: Sequence[str], zone: str | None, problems: list[str]
    ) -> tuple[ImportedTimes, str | None]:
        """Return the moments of a row and the zone they were read in; None when none was named."""
        clock = RowClock(today=self.now.date(), day=self.day, order=self.order, problems=problems)
        clock.take_day(self._cell(row, "day"))
        found: dict[str, datetime] = {}
        zones: list[str | None] = []
        for field in TIME_FIELDS:
            own_zone = zone or (self.columns[field].zone if field in self.columns else None)
            stamp = clock.stamp(field, self._cell(row, field), own_zone)
            if stamp is not None:
                found[field] = stamp.at
                zones.append(own_zone or ("UTC" if stamp.has_zone else None))
        if None in zones:
            problems.append(NO_ZONE)
        return ImportedTimes(**found), next((one for one in zones if one), zone)

    def _entries(
        self, row: Sequence[str], times: ImportedTimes, zone: str | None
    ) -> tuple[ImportedEntry, ...]:
        text = self._cell(row, "timeline")
        if not text.strip():
            return ()
        rules = known_zone(zone or "UTC")
        day = times.started.astimezone(rules).date() if times.started is not None else self.day
        found = understand(text, now=self.now, zone=zone or "UTC", date=day)
        return tuple(entry_from(entry.at, entry.text) for entry in found.entries)
