"""Clock times inside sentences, each with its day and the words of its clause.

"At 14:27 a change went out; the shop was back at 15:32" has two: the words up to the next pause belong to
the time beside them.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

from fairlead.core.intake.clock import ClockReading
from fairlead.core.intake.dates import DateReading, find_dates
from fairlead.core.intake.spoken import clocks_of
from fairlead.core.intake.timeline import resolved_day
from fairlead.core.intake.values import Span
from fairlead.core.intake.zones import as_offset
from fairlead.core.localtime import known_zone

_CLAUSE: Final = 120  # characters on either side of a time that can belong to its clause
_PAUSE: Final = re.compile(
    r"[;\n|]|[.!?](?=\s|\Z)|,(?=\s)|\s(?:and|then|but|until|till|while|when)\s|\s[–—]\s", re.IGNORECASE
)
_RANGE: Final = re.compile(
    r"\s?(?:-|–|—|to|and|until|till|through)\s?(?:about |around |at )?\Z", re.IGNORECASE
)
_RANGE_OPENS: Final = re.compile(r"\b(?:from|between|down|outage|since)\b[^.\n]{0,30}\Z", re.IGNORECASE)
_NEAR: Final = 60
_ABOUT: Final = r"(?:\s(?:by|at|around|about|approximately|approx\.?|roughly|ca\.?|circa)|\s?~){0,2}\s?\Z"
# Right before a time: it ends there. "Back" is not the one of "rolled back".
UNTIL: Final = re.compile(
    r"(?:\b(?:until|till|til|up to)"
    r"|(?<!not )(?<!n't )\b(?:fixed|solved|sorted|repaired|restored|recovered|resolved|ended|(?:is"
    r"|was|all) over"
    r"|(?<!roll )(?<!rolled )(?<!rolling )(?<!rolls )back(?: (?:up|online|to normal|in business"
    r"|again|live)){0,2}"
    r"|up again|(?:ok|okay|fine|good|working|normal)(?: (?:again|now)){0,2})(?: it)?(?: since)?)" + _ABOUT,
    re.IGNORECASE,
)
# Right before a time: it begins there.
SINCE: Final = re.compile(
    r"(?:\bsince|(?<!nvestigation )(?<!nvestigations )\bstart(?:ed|ing)|\bbegan"
    r"|(?<!restored )(?<!back )(?<!recovered )(?<!backup )\bfrom)" + _ABOUT,
    re.IGNORECASE,
)
_GAP: Final = 5  # between a day and its time: "T", ", at "
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mention:
    """A time in a sentence, in UTC. `opens` and `closes` say that it begins or ends a stretch of time.

    `before` and `after` are the words of its clause, `lead` all words since the last pause that is a full stop or
    the last time. `sure` is False when the hour could be of the morning or of the afternoon.
    """

    at: datetime
    before: str
    after: str
    opens: bool
    closes: bool
    span: Span
    lead: str = ""
    sure: bool = True


def clocks_in(text: str, taken: Sequence[Span] = ()) -> tuple[ClockReading, ...]:
    """Return the clock times of the text that do not stand inside one of the `taken` spans (in order)."""
    kept: list[ClockReading] = []
    number = 0
    for clock in clocks_of(text):
        while number < len(taken) and taken[number].end <= clock.start:
            number += 1
        if number == len(taken) or clock.start < taken[number].start:
            kept.append(clock)
    return tuple(kept)


def mentions(
    text: str,
    clocks: Sequence[ClockReading],
    *,
    zone: tzinfo,
    base: date,
    today: date,
    year: int | None,
    near: Sequence[DateReading] = (),
) -> tuple[Mention, ...]:
    """Return each clock time with its day, its zone and its clause.

    A time without a day of its own takes the day written last before it in the same paragraph, else the day
    after it on the same line, else `base`. `near` are days told from today; they count where
    no day is written. A stretch that would end before it begins ends on the next day.
    """
    days = [(read, day) for read in find_dates(text) if (day := resolved_day(read, today=today, year=year))]
    days = days or [(read, read.before(today) or today) for read in near]
    ends = [read.end for read, _day in days]
    result: list[Mention] = []
    for number, clock in enumerate(clocks):
        earlier = clocks[number - 1] if number else None
        later = clocks[number + 1] if number + 1 < len(clocks) else None
        opens = later is not None and _is_stretch(text, clock, later)
        closes = earlier is not None and bool(result) and result[-1].opens
        # In "between 12:17 and 12:30 UTC" the zone counts for both.
        spoken = clock.zone or (later.zone if opens and later is not None else None)
        offset = None if spoken is None else as_offset(spoken)
        own = zone if spoken is None else timezone(offset) if offset is not None else known_zone(spoken.zone)
        at = datetime.combine(_day_of(text, clock, days, ends, base), clock.clock, own).astimezone(UTC)
        lead = text[max(earlier.end if earlier is not None else 0, clock.start - _CLAUSE) : clock.start]
        ends_it = closes or UNTIL.search(lead) is not None
        if ends_it and result and at < result[-1].at:
            # In the night in which the clock goes back, the end may stand before the start and yet be later.
            again = at.astimezone(own).replace(fold=1).astimezone(UTC)
            at = again if again >= result[-1].at else _next_day(at, own)
        elif clock.next_day:
            at = _next_day(at, own)
        start = earlier.end if earlier is not None else 0
        end = later.start if later is not None else len(text)
        # "Started: 2026-11-19 10:00": the day stands between the label and the time.
        above = bisect_right(ends, clock.start) - 1
        dated = clock.start
        if above >= 0 and ends[above] >= clock.start - _GAP:
            dated = days[above][0].start
        before = text[max(start, clock.start - _CLAUSE) : dated]
        after = text[clock.end : min(end, clock.end + _CLAUSE)]
        result.append(
            Mention(
                at,
                _last_clause(before),
                _first_clause(after),
                opens,
                closes,
                Span(clock.start, clock.end),
                text[max(start, clock.start - _CLAUSE) : dated],
                not clock.vague,
            )
        )
    return tuple(result)


def _next_day(at: datetime, zone: tzinfo) -> datetime:
    """Return the same clock time one day on; in a night in which the clock changes that is not 24 hours."""
    return (at.astimezone(zone) + _DAY).astimezone(UTC)


def _is_stretch(text: str, first: ClockReading, second: ClockReading) -> bool:
    between = text[first.end : second.start]
    if len(between) > _NEAR or not _RANGE.match(between):
        return False
    dashed = between.strip() in {"-", "–", "—", "to", "until", "till", "through"}
    return dashed or bool(_RANGE_OPENS.search(text[max(0, first.start - _NEAR) : first.start]))


def _day_of(
    text: str,
    clock: ClockReading,
    days: Sequence[tuple[DateReading, date]],
    ends: Sequence[int],
    base: date,
) -> date:
    """Return the day of a time; `ends` are the ends of `days`, so that none is looked at in vain."""
    number = bisect_right(ends, clock.start)
    if number and "\n\n" not in text[ends[number - 1] : clock.start]:
        return days[number - 1][1]
    if number < len(days):
        read, day = days[number]
        if clock.end <= read.start <= clock.end + _NEAR and "\n" not in text[clock.end : read.start]:
            return day
    return base


def _last_clause(before: str) -> str:
    last = 0
    for found in _PAUSE.finditer(before):
        # A pause right before the time ("since then, 14:27") would leave nothing to go by.
        if before[found.end() :].strip():
            last = found.end() if found[0].strip().isalpha() is False else found.start()
    return before[last:].strip()


def _first_clause(after: str) -> str:
    found = _PAUSE.search(after)
    return (after if found is None else after[: found.start()]).strip()
