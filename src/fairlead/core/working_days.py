"""Counting working days: Monday to Friday. Public holidays come with the cadence of the follow-up."""

from datetime import datetime, timedelta

_SATURDAY = 5


def working_days_later(moment: datetime, days: int) -> datetime:
    """Return the same time of day, `days` working days later. `days` is at least one."""
    while days:
        moment += timedelta(days=1)
        if moment.weekday() < _SATURDAY:
            days -= 1
    return moment
