"""Days as people write them: 2026-11-20, Nov 20 2026, Friday, 20th of November, 20.11.2026, 11/20/26, 20 novembre."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fairlead.core.intake.daynames import MONTHS_ELSEWHERE, any_of

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_ELSEWHERE: Final = any_of(MONTHS_ELSEWHERE) + r"\b"
_WEEKDAY: Final = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b[.,]?\s{1,3}(?:the\s)?)?"
)
_YEAR: Final = r"(?:,?\s{{1,2}}(?:de\s)?(?P<{name}>(?:19|20)\d\d)\b)?"
_DATE: Final = re.compile(
    _WEEKDAY
    + r"(?:"
    + r"(?P<iy>(?:19|20)\d\d)(?P<isep>[-/.])(?P<im>\d{1,2})(?P=isep)(?P<id>\d{1,2})(?!\d|-\w)"
    + r"|(?P<am>"
    + _MONTH
    + r")\.?\s{1,2}(?P<ad>\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d)"
    + _YEAR.format(name="ay")
    + r"|(?P<bd>\d{1,2})(?:st|nd|rd|th|\.)?\s{1,2}(?:of\s|de\s)?(?P<bm>"
    + _MONTH
    + "|"
    + _ELSEWHERE
    + r")\.?"
    + _YEAR.format(name="by")
    + r"|(?P<cd>\d{1,2})(?P<csep>[-/])(?P<cm>"
    + _MONTH
    + r")(?P=csep)(?P<cy>(?:19|20)\d\d)(?!\d)"
    + r"|(?P<jy>(?:19|20)\d\d)年(?P<jm>\d{1,2})月(?P<jd>\d{1,2})日"
    + r"|(?P<n1>\d{1,2})(?P<nsep>[./-])(?P<n2>\d{1,2})(?P=nsep)(?P<ny>(?:19|20)\d\d|\d\d)(?![\d.])"
    + r")",
    re.IGNORECASE,
)
# A date begins with a digit or with the first letter of a month or weekday, at the start of a word.
_FIRST: Final = re.compile(r"(?<![\w./:-])(?=[\dJFMASONDTWjfmasondtw])")
_MONTHS_A_YEAR: Final = 12
_YESTERDAY_SLACK: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DateReading:
    """A day as it was written. `year` is None when it was left out; `either` when day and month may swap."""

    year: int | None
    month: int
    day: int
    either: bool
    start: int
    end: int

    def on(self, year: int) -> date | None:
        """Return the day in its own year, or in `year` when it has none; None if there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None

    def before(self, today: date) -> date | None:
        """Return the day in its own year, or else the last such day that is not after `today`."""
        tomorrow = today + _YESTERDAY_SLACK  # somewhere it is tomorrow already
        this_year = self.on(today.year)
        return self.on(today.year - 1) if this_year is not None and this_year > tomorrow else this_year


def read_date(text: str, at: int) -> DateReading | None:
    """Return the day written at exactly this offset, or None."""
    found = _DATE.match(text, at)
    return None if found is None else _reading(found)


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[DateReading]:
    """Yield every day written in `text[start:end]`, in order."""
    stop = len(text) if end is None else end
    at = start
    while (spot := _FIRST.search(text, at, stop)) is not None:
        read = read_date(text, spot.start())
        if read is not None and read.end <= stop:
            yield read
            at = read.end
        else:
            at = spot.start() + 1


def _reading(found: re.Match[str]) -> DateReading | None:
    either = False
    if found["iy"]:
        year, month, day = int(found["iy"]), int(found["im"]), int(found["id"])
    elif found["am"]:
        year, month, day = _year(found["ay"]), _month(found["am"]), int(found["ad"])
    elif found["bm"]:
        year, month, day = _year(found["by"]), _month(found["bm"]), int(found["bd"])
    elif found["cm"]:
        year, month, day = int(found["cy"]), _month(found["cm"]), int(found["cd"])
    elif found["jy"]:
        year, month, day = int(found["jy"]), int(found["jm"]), int(found["jd"])
    else:
        # With dots and dashes the day comes first; with slashes so does the month, where it can.
        first, second = int(found["n1"]), int(found["n2"])
        month_first = found["nsep"] == "/" and first <= _MONTHS_A_YEAR
        month, day = (first, second) if month_first or second > _MONTHS_A_YEAR else (second, first)
        either = max(first, second) <= _MONTHS_A_YEAR and first != second
        written = int(found["ny"])
        year = written if len(found["ny"]) == 4 else 2000 + written  # noqa: PLR2004 -- "26" is 2026
    read = DateReading(year, month, day, either, *found.span())
    return read if read.on(2000) is not None else None  # 2000 is a leap year, so 29 February passes


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _month(text: str) -> int:
    name = text.lower()
    return MONTHS_ELSEWHERE.get(name) or _MONTHS.index(name[:3]) + 1
