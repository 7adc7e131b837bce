"""Days told from today: "yesterday", "last night", "last Thursday", "two days ago"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from fairlead.core.intake.clock import find_clocks
from fairlead.core.intake.dates import DateReading

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NEAR_DAY: Final = re.compile(
    r"\b(?:(?P<before>the day before yesterday)|(?P<night>last night)|(?P<yesterday>yesterday)"
    r"|(?P<today>today|tonight|this (?:morning|afternoon|evening|noon))"
    rf"|(?P<count>{'|'.join(_NUMBERS)}|[2-9]) days ago"
    rf"|(?P<last>(?:last|past)\s)?(?P<weekday>{'|'.join(_DAYS)}))\b",
    re.IGNORECASE,
)
_SMALL_HOURS: Final = 6
_BESIDE: Final = 40
_WEEK: Final = 7


def find_near_days(text: str, *, today: date) -> Iterator[DateReading]:
    """Yield each day told from `today`. A weekday is the last one before today and may be meant otherwise: `either`."""
    for found in NEAR_DAY.finditer(text):
        if found["weekday"]:
            back = (today.weekday() - _DAYS.index(found["weekday"].lower())) % _WEEK
            back = _WEEK if found["last"] and back == 0 else back
        elif found["count"]:
            count = found["count"].lower()
            back = _NUMBERS.get(count) or int(count)
        elif found["night"]:
            # "Last night at 1:30" is already today.
            beside = next(find_clocks(text, found.end(), min(len(text), found.end() + _BESIDE)), None)
            back = 0 if beside is not None and beside.clock.hour < _SMALL_HOURS else 1
        else:
            back = 2 if found["before"] else 1 if found["yesterday"] else 0
        day = today - timedelta(days=back)
        yield DateReading(day.year, day.month, day.day, bool(found["weekday"]), *found.span())
