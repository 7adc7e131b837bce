"""A timeline as a few lines of text that a person looks over and corrects, and back.

A line that is a day alone says the day of the lines below it; every other line begins with a clock time. A line
without a time goes on with the words above it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from fairlead.core.localtime import LocalTimeError, known_zone, resolve

_DAY: Final = re.compile(r"\s*(?:[A-Z][a-z]{2,8},? )?(\d{4})-(\d\d)-(\d\d)\s*:?\s*\Z")
_TIMED: Final = re.compile(
    r"\s*(?:(?P<day>\d{4}-\d\d-\d\d)[ T])?(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d))?"
    r"(?:\s?(?P<z>Z|(?:UTC)?[+-]\d\d:?\d\d))?(?:\s+|\Z)(?P<words>.*)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline: its moment in UTC and its words."""

    at: datetime
    words: str


class LinesError(ValueError):
    """A line that cannot be read; the message names it and says what to write instead."""


def lines_written(lines: Iterable[Line], *, zone: str) -> str:
    """Return lines as text, by the clock of `zone`; a time that happened twice there carries its offset."""
    rules, day, parts = known_zone(zone), None, list[str]()
    for line in lines:
        local = line.at.astimezone(rules)
        if local.date() != day:
            day = local.date()
            parts.append(f"{day:%Y-%m-%d}")
        clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
        twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        offset = f"{local:%z}" if twice else ""
        mark = f" {offset[:3]}:{offset[3:5]}" if offset else ""
        parts.append(f"{clock}{mark} {' '.join(line.words.split())}")
    return "\n".join(parts)


def read_lines(text: str, *, zone: str, day: date | None) -> tuple[Line, ...]:
    """Return the lines of such a text in its order; `day` is the day of lines above which none stands.

    Raises LinesError for a line that cannot be placed, LocalTimeError for an unknown zone.
    """
    known_zone(zone)
    found: list[Line] = []
    for number, written in enumerate(text.splitlines(), start=1):
        if not written.strip():
            continue
        alone, timed = _DAY.match(written), _TIMED.match(written)
        if alone is not None:
            day = _day(f"{alone[1]}-{alone[2]}-{alone[3]}", number)
        elif timed is not None:
            day = _day(timed["day"], number) if timed["day"] else day
            found.append(Line(_moment(timed, day, zone, number), timed["words"].strip()))
        elif found:
            last = found.pop()
            found.append(Line(last.at, f"{last.words} {written.strip()}".strip()))
        else:
            raise LinesError(f"Line {number} has no time. Begin it with one, like 14:27.")
    return tuple(found)


def _day(written: str, number: int) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise LinesError(f"Line {number}: there is no such day.") from None


def _moment(timed: re.Match[str], day: date | None, zone: str, number: int) -> datetime:
    if day is None:
        raise LinesError(f"Line {number}: which day? Write it on a line above, like 2026-11-20.")
    try:
        naive = datetime.combine(day, time(int(timed["h"]), int(timed["m"]), int(timed["s"] or 0)))
        offset = _offset(timed["z"])
    except ValueError:
        raise LinesError(f"Line {number}: there is no such time.") from None
    if offset is not None:
        return naive.replace(tzinfo=offset).astimezone(UTC)
    try:
        return resolve(naive, zone).utc
    except LocalTimeError as error:
        hint = " Write the offset behind the time, like 02:30 +02:00." if error.kind == "ambiguous" else ""
        raise LinesError(f"Line {number}: {error.message}{hint}") from None


def _offset(written: str | None) -> timezone | None:
    if written is None:
        return None
    if written == "Z":
        return UTC
    plain = written.removeprefix("UTC").replace(":", "")
    span = timedelta(hours=int(plain[1:3]), minutes=int(plain[3:5]))
    return timezone(-span if plain[0] == "-" else span)
