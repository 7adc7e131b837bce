"""Counting months on the calendar, the first day included."""

from calendar import monthrange
from datetime import date, timedelta


def months_later(day: date, months: int) -> date:
    """Return the last day of a stretch of whole months whose first day is `day`.

    The first day counts: twelve months from 29 January end on 28 January of the next year. Where the month has no
    such day, the stretch ends with the month: one month from 31 January ends on the last day of February.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    if day.day > last:
        return date(year, month + 1, last)
    return date(year, month + 1, day.day) - timedelta(days=1)
