"""The days on which an incident is looked at again."""

from calendar import isleap
from datetime import date
from typing import Final

_LEAP_DAY: Final = (2, 29)


def anniversary(day: date, years: int) -> date:
    """Return the day some years later; 29 February falls on the 28th in years that have no 29th."""
    year = day.year + years
    if (day.month, day.day) == _LEAP_DAY and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def next_anniversary(day: date, *, after: date) -> tuple[int, date]:
    """Return how many years it will be, and the day, of the first anniversary after a day."""
    years = max(1, after.year - day.year)
    if anniversary(day, years) <= after:
        years += 1
    return years, anniversary(day, years)


def years_words(years: int) -> str:
    """Say how long ago it was."""
    return "A year ago today" if years == 1 else f"{years} years ago today"
