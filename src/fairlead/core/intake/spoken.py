"""Clock times that are times only by the words around them: "at 9.40", "1427 to 1532", "2 to 3pm", "half past three".

Alone each of them could be a version, a year or a count. Beside "at", "from" or "until" it is a time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import time
from typing import Final

from fairlead.core.intake.clock import ClockReading, find_clocks

_WORD_HOURS: Final = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_STEPS: Final = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
_CUE: Final = (
    r"(?:\b(?:at|from|since|until|till|til|by|between|around|about"
    r"|morning|afternoon|evening|today|yesterday)\s)"
)
_JOIN: Final = r"\s?(?:-|–|—|to|and|until|till|through)\s?"
_DOT: Final = (
    r"(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d%]|\.\d"
    r"|\s?(?:%|k\b|m\b|[KMGT]i?B\b|percent|million|seconds?\b|hours?\b|release|version))"
)
_BARE: Final = r"(?:0\d|1[0-8]|2[1-3])[0-5]\d(?![\d.,:%]\d|%|[\w-])"  # 1900 to 2099 is a year
_WORDS: Final = re.compile(
    r"\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight)\b"
    r"|\b(?:a\s)?(?P<step>half|quarter|twenty-five|twenty|ten|five)\s(?P<way>past|after|to"
    rf"|before)\s(?P<hour>{'|'.join(_WORD_HOURS)})\b"
    rf"|\b(?P<sharp>{'|'.join(_WORD_HOURS)}|1[0-2]|[1-9])\so[’']clock\b",
    re.IGNORECASE,
)
_WRITTEN: Final = re.compile(
    rf"{_CUE}(?P<one>{_DOT}|{_BARE})(?:{_JOIN}(?P<two>{_DOT}|{_BARE}))?"
    rf"|(?<![\w.,:])(?P<three>{_BARE}){_JOIN}(?P<four>{_BARE})(?=\s?(?:hrs?|hours|UTC|GMT)\b)"
    rf"|(?<![\w.,:])(?P<hours>1[0-2]|[1-9])(?={_JOIN}(?:1[0-2]|[1-9])(?:[:.][0-5]\d)?\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
_NO_TIMES: Final = re.compile(
    r"\b(?:versions?|upgrad\w{1,3}|updat\w{1,3}|releas\w{1,3}|v|port|grew|rose|fell|went"
    r"|dropped)\b[^.;,\n]{0,25}\Z",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"\s?(?:-|–|—|to|and|until|till|through)\s?(?:about |around )?\Z", re.IGNORECASE)
_LATE: Final = re.compile(r"\b(?:afternoon|evening|tonight)\b[^.;\n]{0,40}\Z", re.IGNORECASE)
_LATE_AFTER: Final = re.compile(r"\s(?:in the|this|that) (?:afternoon|evening)\b", re.IGNORECASE)
_NOON: Final = 12
_HALF_DAY: Final = 12 * 60
_SEEN: Final = 60


def clocks_of(text: str) -> tuple[ClockReading, ...]:
    """Return every clock time of the text in order, written or spoken.

    In "2:27 to 3:32 pm" the pm counts for both, in "this afternoon at 2:27" the afternoon does. An hour that
    could be of the morning or of the afternoon is `vague` unless another time of the text settles it.
    """
    read = list(find_clocks(text))
    starts = {one.start for one in read}
    read += (
        [
            one
            for one in _spoken(text)
            if one.start not in starts
            and not any(other.start < one.end and one.start < other.end for other in read)
        ]
        if len(read) < _SEEN
        else []
    )
    read.sort(key=lambda one: one.start)
    read = [_of_the_afternoon(text, one) for one in read]
    for number in range(len(read) - 2, -1, -1):
        read[number] = _half_from(text, read[number], read[number + 1])
    read = _carried(read)
    sure = [_minutes(one) for one in read if one.half or one.clock.hour > _NOON]
    return tuple(_nearest(one, sure) if one.vague and sure else one for one in read)


def last_before(clocks: Sequence[ClockReading], now: time) -> tuple[ClockReading, ...]:
    """Return the clocks with each vague one at the last such hour before `now`; it stays vague, to be asked about."""
    limit = now.hour * 60 + now.minute
    return tuple(
        _later(one) if one.vague and not (_minutes(one) <= limit < _minutes(one) + _HALF_DAY) else one
        for one in clocks
    )


def _spoken(text: str) -> Iterator[ClockReading]:
    for found in _WORDS.finditer(text):
        if found["noon"] or found["midnight"]:
            hour, minute, vague = (_NOON if found["noon"] else 0), 0, False
        elif found["sharp"]:
            hour, minute, vague = _hour(found["sharp"]), 0, True
        else:
            hour, minute, vague = _hour(found["hour"]), _STEPS[found["step"].lower()], True
            if found["way"].lower() in {"to", "before"}:
                hour, minute = hour - 1, 60 - minute
        next_day = bool(found["midnight"])
        half = not vague and not next_day
        yield ClockReading(time(hour % 24, minute), next_day, half, False, None, *found.span(), vague)
    for found in _WRITTEN.finditer(text):
        if _NO_TIMES.search(text, max(0, found.start() - 40), found.start()):
            continue
        for name in ("one", "two", "three", "four", "hours"):
            if found[name]:
                digits = found[name].replace(".", "")
                hour, minute = (int(digits), 0) if name == "hours" else (int(digits[:-2]), int(digits[-2:]))
                padded = digits.startswith("0")
                yield ClockReading(time(hour, minute), False, False, padded, None, *found.span(name))


def _hour(words: str) -> int:
    hour = int(words) if words.isdigit() else _WORD_HOURS.index(words.lower()) + 1
    return hour % _NOON


def _minutes(one: ClockReading) -> int:
    return one.clock.hour * 60 + one.clock.minute


def _later(one: ClockReading) -> ClockReading:
    return replace(one, clock=one.clock.replace(hour=(one.clock.hour + _NOON) % 24))


def _could_be_late(one: ClockReading) -> bool:
    return (
        not one.half and not one.padded and not one.next_day and one.clock.hour < _NOON and one.zone is None
    )


def _of_the_afternoon(text: str, one: ClockReading) -> ClockReading:
    if not _could_be_late(one) or one.clock.hour == 0:
        return one
    late = _LATE.search(text[max(0, one.start - _SEEN) : one.start]) or _LATE_AFTER.match(text, one.end)
    return replace(_later(one), half=True, vague=False) if late else one


def _carried(read: list[ClockReading]) -> list[ClockReading]:
    """Return the clocks with pm carried on: "down at 2:27 pm, back at 3:32", unless another shows a day of 24 hours."""
    if len(read) > _SEEN or any(not one.half and (one.padded or one.clock.hour > _NOON) for one in read):
        return read
    kept: list[ClockReading] = []
    for one in read:
        before = kept[-1] if kept else None
        is_late = before is not None and before.half and before.clock.hour >= _NOON
        later = is_late and _could_be_late(one) and _minutes(_later(one)) >= _minutes(kept[-1])
        kept.append(replace(_later(one), half=True, vague=False) if later else one)
    return kept


def _half_from(text: str, one: ClockReading, other: ClockReading) -> ClockReading:
    """Return the first time of "2:27 to 3:32 pm" in the half of the day that lets it come first."""
    hour = one.clock.hour
    if one.half or one.padded or one.next_day or hour > _NOON or not other.half:
        return one
    if not _JOINED.match(text[one.end : other.start]):
        return one
    early, late = (
        replace(one, clock=one.clock.replace(hour=hour % _NOON + add), half=True, vague=False)
        for add in (0, _NOON)
    )
    is_late = other.clock.hour >= _NOON
    same, different = (late, early) if is_late else (early, late)
    return same if _minutes(same) <= _minutes(other) else different


def _nearest(one: ClockReading, sure: Sequence[int]) -> ClockReading:
    both = (one, _later(one))
    near = min(both, key=lambda each: min(abs(_minutes(each) - minutes) for minutes in sure))
    return replace(near, vague=False)
