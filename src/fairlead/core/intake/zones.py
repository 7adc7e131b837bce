"""Time zones as people write them: abbreviations, offsets and IANA names.

An abbreviation beside a clock time is read to the letter, as RFC 5322 does: PST is eight hours behind UTC
even in July. A statement about a whole text ("all times in CET") names the clock on a wall, and people write
CET all summer; it is read as the zone whose wall clock that is. Where one abbreviation serves several
countries, the most common use in incident reports is taken, and the reason says so.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from fairlead.core.intake.values import Found, Span
from fairlead.core.localtime import LocalTimeError, known_zone


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What an abbreviation means: a zone for whole texts, minutes east of UTC for single times."""

    zone: str
    offset: int | None


_ROWS: Final = """
UTC UTC 0 | GMT UTC 0 | Z UTC 0 | WET Europe/Lisbon 0 | WEST Europe/Lisbon 60 | BST Europe/London 60
CET Europe/Berlin 60 | CEST Europe/Berlin 120 | MEZ Europe/Berlin 60 | MESZ Europe/Berlin 120
EET Europe/Helsinki 120 | EEST Europe/Helsinki 180 | MSK Europe/Moscow 180 | IST Asia/Kolkata 330
SGT Asia/Singapore 480 | HKT Asia/Hong_Kong 480 | JST Asia/Tokyo 540 | KST Asia/Seoul 540
AEST Australia/Sydney 600 | AEDT Australia/Sydney 660 | NZST Pacific/Auckland 720 | NZDT Pacific/Auckland 780
EST America/New_York -300 | EDT America/New_York -240 | CST America/Chicago -360 | CDT America/Chicago -300
MST America/Denver -420 | MDT America/Denver -360 | PST America/Los_Angeles -480 | PDT America/Los_Angeles -420
AKST America/Anchorage -540 | AKDT America/Anchorage -480 | HST Pacific/Honolulu -600 | BRT America/Sao_Paulo -180
"""
# These say "the clock on the wall there" and nothing about summer, so they have no offset of their own.
_WALL: Final = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "PT": "America/Los_Angeles",
}


def _table() -> dict[str, Abbreviation]:
    rows = (row.split() for row in _ROWS.replace("\n", "|").split("|") if row.strip())
    named = {name: Abbreviation(zone, int(offset)) for name, zone, offset in rows}
    return named | {name: Abbreviation(zone, None) for name, zone in _WALL.items()}


ABBREVIATIONS: Final = _table()
_SHARED: Final = {"IST": "India", "CST": "North America", "BST": "Britain"}

_NAME: Final = r"(?:" + "|".join(sorted(ABBREVIATIONS, key=len, reverse=True)) + r")"
_OFFSET: Final = r"[+\-−]\d{1,2}(?::?\d{2})?"
_IANA: Final = r"[A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_]{2,30}(?:/[A-Z][A-Za-z_]{2,30})?"
# After a clock time: "UTC", "(CET)", "UTC+2", "Europe/Berlin".
AFTER_CLOCK: Final = re.compile(
    rf"\s?[(\[]?(?:(?P<name>{_NAME})\b(?P<offset>{_OFFSET}(?![\d:]))?|(?P<iana>{_IANA}))(?P<close>[)\]])?"
)
_STATED: Final = re.compile(
    r"\b(?:times?|clock|time\s?zone|tz)\b[^\n\w]{0,3}"
    r"(?:are |is |given |shown |listed |stated |below |all |in |as |the ){0,5}[^\n\w+\-]{0,4}"
    rf"(?:(?P<name>{_NAME})\b(?P<offset>{_OFFSET}(?![\d:]))?|(?P<iana>{_IANA}))",
    re.IGNORECASE,
)
_AROUND: Final = frozenset(
    {"all", "note", "please", "the", "local", "that", "are", "in", "timestamps", "and", "dates"}
)
_LONGEST_OFFSET: Final = 14 * 60


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """A zone read from text: the IANA name where there is one, and minutes east of UTC where they are said."""

    zone: str
    offset: int | None
    label: str


_NAMED: Final = re.compile(
    r"(?<![\w/])(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)"
    r"/[A-Z][A-Za-z_]{2,30}(?:/[A-Z][A-Za-z_]{2,30})?(?![\w/])"
)


def offset_minutes(text: str) -> int | None:
    """Return minutes east of UTC for "+02:00", "+0200", "+2" or "-5", or None beyond fourteen hours."""
    sign = -1 if text[0] in "-−" else 1
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)  # noqa: PLR2004 -- "+0200" against "+2"
    total = hours * 60 + minutes
    return sign * total if total <= _LONGEST_OFFSET and minutes < 60 else None  # noqa: PLR2004 -- minutes in an hour


def _fixed_zone(offset: int) -> str:
    """Return the IANA name of a whole-hour offset; its sign is reversed there, by POSIX custom."""
    hours = -offset // 60
    return f"Etc/GMT{hours:+d}" if offset % 60 == 0 and offset else "UTC"


def reading(found: re.Match[str]) -> ZoneReading | None:
    """Return what a match of `AFTER_CLOCK` (or of a statement about the text) means, or None for no zone."""
    label = found["iana"] or found["name"] + (found["offset"] or "")
    if found["iana"]:
        try:
            known_zone(found["iana"])
        except LocalTimeError:
            return None
        return ZoneReading(found["iana"], None, label)
    meaning = ABBREVIATIONS[found["name"].upper()]
    if found["offset"]:
        offset = offset_minutes(found["offset"])
        return None if offset is None else ZoneReading(_fixed_zone(offset), offset, label)
    return ZoneReading(meaning.zone, meaning.offset, label)


def stated_zone(text: str) -> Found[str] | None:
    """Return the zone that the text states for all of its times ("all times in UTC"), or None."""
    for found in _STATED.finditer(text):
        name = found["name"]
        if name and name != name.upper():
            continue  # "time is ..." in ordinary words
        read = reading(found)
        if read is not None:
            return Found(
                read.zone, Span(*found.span()), _why(f"the text says its times are in {read.label}", read)
            )
    return None


def says_only_a_zone(line: str) -> bool:
    """Tell whether a line says in which zone the times of the text are, and nothing else."""
    found = _STATED.search(line)
    if found is None or stated_zone(line) is None:
        return False
    around = line[: found.start()] + line[found.end() :]
    return all(word.lower() in _AROUND for word in re.findall(r"[^\W\d_]+", around))


def usual_zone(mentions: list[tuple[ZoneReading, Span]]) -> Found[str] | None:
    """Return the zone that most of the times in the text carry, or None when none does or two tie."""
    if not mentions:
        return None
    ranking = Counter(read.zone for read, _span in mentions).most_common(2)
    if len(ranking) > 1 and ranking[0][1] == ranking[1][1]:
        return None
    read, span = next((read, span) for read, span in mentions if read.zone == ranking[0][0])
    return Found(read.zone, span, _why(f"times in the text carry “{read.label}”", read))


def named_zone(text: str) -> Found[str] | None:
    """Return the zone whose IANA name stands anywhere in the text, or None when none does or there are two."""
    known: dict[str, Span] = {}
    for found in _NAMED.finditer(text):
        try:
            known.setdefault(known_zone(found[0]).key, Span(*found.span()))
        except LocalTimeError:
            continue
    if len(known) != 1:
        return None
    ((name, span),) = known.items()
    return Found(name, span, f"the text names {name}")


def _why(reason: str, read: ZoneReading) -> str:
    shared = _SHARED.get(read.label)
    return f"{reason}; {read.label} is read as the one of {shared}" if shared else reason


def as_offset(read: ZoneReading) -> timedelta | None:
    """Return the offset that was said to the letter, or None when only a wall clock was named."""
    return None if read.offset is None else timedelta(minutes=read.offset)
