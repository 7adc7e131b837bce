"""One line at a time: does it begin with a clock time, is it a day on its own, or neither?

Everything here looks at the first few dozen characters of a line and is linear in them, so that a line of
ten megabytes costs no more than a short one.
"""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal
from unicodedata import category

from fairlead.core.intake.clock import ClockReading, read_clock
from fairlead.core.intake.dates import DateReading, find_dates, read_date
from fairlead.core.intake.daynames import WEEKDAYS_ELSEWHERE, any_of
from fairlead.core.intake.zones import AFTER_CLOCK, reading

LineKind = Literal["heading", "list", "table", "chat", "plain"]

_LOOK: Final = 240  # a clock time that comes later does not begin the line
_DIGIT: Final = re.compile(r"\d")
_DECORATION: Final = " \t>*+-•·‣–—_~`[(|#"
_SYMBOLS: Final = frozenset(
    {"So", "Sm", "Sk", "Mn", "Cf"}
)  # arrows, emoji with their marks, what is not seen
_BOX: Final = re.compile(r"\[[ xX]\]\s")  # to tick
# A number, a chat's word for an emoji, an HTML tag: what may stand before a time and says nothing of it.
_MARKER: Final = re.compile(
    r"\d{1,3}[.)]\s{1,4}(?=[\d\[(*_`~])"
    r"|:[a-z][a-z\d_+-]{0,40}:|</?[a-z][a-z\d]{0,9}(?:\s[^<>]{0,80})?/?>",
    re.IGNORECASE,
)
# Spaces that do not break and the digits of wide alphabets come along when a page is copied; a sign stays a sign long.
_PLAIN: Final = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ")
    | {"：": ":"}
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
)
_WORD: Final = re.compile(
    r"(?:at|around|about|approx(?:\.|imately)?|circa|ca\.?|time:|today|yesterday|on)\s{1,3}",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"[\s,;:T|*_\-–—]{0,6}(?:(?:at|on)\s{1,2})?", re.IGNORECASE)
_WEEKDAY: Final = re.compile(
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?|"
    + any_of(WEEKDAYS_ELSEWHERE)
    + r")[,.]?\s{1,3}",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"\s?(?:-|–|—|to|until|till)\s?", re.IGNORECASE)
# "name  2:27 PM", "name [14:27]", "name — Today at 2:27 PM": a chat log copied out of its window.
_CHAT: Final = re.compile(
    r"(?P<name>[^\W\d_][^\n\t:|<>\[\]()]{0,59}?)"
    r"(?:\s{2,8}|\t|\s\[|\s—\s(?:Today at |Yesterday at )?|\s(?=\d{1,2}:\d{2}\s?[AP]M\b))"
    r"(?=\d)"
)
_IRC: Final = re.compile(r"\s?<[@+~&%]?(?P<name>[^<>\s]{1,40})>\s?")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_CHAT_WORDS: Final = 4
_AFTER_CHAT: Final = "]):-–— \t\r"
_DAY_ALONE: Final = re.compile(
    r"(?:timeline|date|day|on|of|the|incident|started|update[sd]?|all|times|in|utc|"
    + any_of(WEEKDAYS_ELSEWHERE)
    + r")\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A line that begins with a clock time: the readings, and where the rest of the line starts."""

    kind: LineKind
    clock: ClockReading
    until: ClockReading | None
    day: DateReading | None
    speaker: str
    rest: int


@dataclass(frozen=True, slots=True)
class DayLine:
    """A line that says a day and little else; the times below it happen on that day."""

    day: DateReading


def kind_of(line: str) -> LineKind:
    """Return what a line looks like: a heading, an item of a list, a row of a table, or plain text."""
    begun = line.lstrip(" \t>")
    if begun.startswith("#"):
        return "heading"
    if begun.startswith("|"):
        return "table"
    return "list" if begun[:2] in {"- ", "* ", "+ ", "• "} or _MARKER.match(begun) else "plain"


def heading_level(line: str) -> int:
    """Return how many # a Markdown heading begins with, or 0 when the line is none."""
    begun = line[:_LOOK].lstrip(" \t>")
    level = len(begun) - len(begun.lstrip("#"))
    return level if begun[level : level + 1] in {" ", ""} else 0


def read_line(line: str) -> Beginning | DayLine | None:
    """Return how a line begins, when that has to do with time, or None. The offsets count from its start."""
    head = line[:_LOOK].translate(_PLAIN)
    if _DIGIT.search(head) is None:
        return None
    kind = kind_of(head)
    at = _skip(head, 0)
    begun = _stamp(head, at, kind)
    if begun is not None:
        return begun
    chat = _CHAT.match(head, at)
    if chat is not None and len(chat["name"].split()) <= _CHAT_WORDS:
        spoken = _chat_header(head, chat)
        if spoken is not None:
            return spoken
    return _day_line(line, head, kind)


def _skip(head: str, at: int) -> int:
    """Return the offset after bullets, quotes, brackets and words such as "at" and "ca."."""
    length = len(head)
    moved = True
    while moved:
        start = at
        while at < length and _is_decoration(head[at]):
            box = _BOX.match(head, at)
            at = box.end() if box is not None else at + 1
        for pattern in (_MARKER, _WORD):
            found = pattern.match(head, at)
            if found is not None:
                at = found.end()
        moved = at > start
    return at


def _is_decoration(sign: str) -> bool:
    return sign in _DECORATION or (sign > "\x7f" and category(sign) in _SYMBOLS)


def _stamp(head: str, at: int, kind: LineKind) -> Beginning | None:
    weekday = _WEEKDAY.match(head, at)
    day = read_date(head, at)
    if day is not None:
        between = _BETWEEN.match(head, day.end)
        at = _skip(head, between.end() if between is not None else day.end)
        clock = read_clock(head, at, after_date=True)
    else:
        clock = _clock_after_its_zone(head, weekday.end() if weekday is not None else at)
    if clock is None:
        return None
    end, until = clock.end, None
    dash = _RANGE.match(head, end)
    if dash is not None:
        until = read_clock(head, dash.end())
        end = until.end if until is not None else end
    if day is None:
        # The day may follow the time: "12:45 PM PST Saturday Oct 30th", "11:00, 19 Jan 2018".
        between = _BETWEEN.match(head, end)
        start = between.end() if between is not None else end
        day = read_date(head, start)
        end = day.end if day is not None else end
    speaker = ""
    closed = len(head) - len(head[end:].lstrip("])")) if head[end : end + 1] in {"]", ")"} else end
    irc = _IRC.match(head, closed)
    if irc is not None:
        speaker, end = irc["name"], irc.end()
    return Beginning(kind, clock, until, day, speaker, end)


def _clock_after_its_zone(head: str, at: int) -> ClockReading | None:
    """Return the clock time at this offset, or behind the zone that stands here: “UTC 10:05”."""
    clock = read_clock(head, at)
    named = AFTER_CLOCK.match(head, at) if clock is None else None
    if named is None or named.start() != at or named["name"] is None:
        return clock
    behind = _BETWEEN.match(head, named.end())
    clock = read_clock(head, named.end() if behind is None else behind.end())
    return None if clock is None else replace(clock, zone=clock.zone or reading(named))


def _chat_header(head: str, chat: re.Match[str]) -> Beginning | None:
    at = chat.end()
    day = read_date(head, at)
    if day is not None:
        between = _BETWEEN.match(head, day.end)
        at = between.end() if between is not None else day.end
    clock = read_clock(head, at)
    if clock is None:
        return None
    rest = head[clock.end :].strip(_AFTER_CHAT)
    bracketed = head[chat.end() - 1] == "["
    if rest and not bracketed:
        return None  # a sentence with a time in it, not the header of a message
    return Beginning("chat", clock, None, day, chat["name"].strip(), clock.end)


def _day_line(line: str, head: str, kind: LineKind) -> DayLine | None:
    if len(line) > _LOOK or kind == "table":
        return None
    day = next(find_dates(head), None)
    if day is None:
        return None
    others = _LETTERS.findall(_DAY_ALONE.sub(" ", head[: day.start] + " " + head[day.end :]))
    return DayLine(day) if kind == "heading" or not others else None
