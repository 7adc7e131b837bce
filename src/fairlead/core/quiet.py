"""When somebody may be disturbed: outside their quiet hours, on days when they work."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from fairlead.core.cadence import Calendar, moment_on

_DAY: Final = timedelta(days=1)


def next_loud_moment(
    now: datetime, *, zone: str, quiet_from: time, quiet_to: time, calendar: Calendar
) -> datetime:
    """Return the first moment from `now` on (UTC) at which somebody may be reminded.

    Quiet hours go over midnight where they end earlier than they begin; where both are the same there are none. Where
    they lie inside one day, the part of the day after them counts.
    """
    day = now.astimezone(ZoneInfo(zone)).date()
    while True:
        opens = moment_on(day, time(0) if quiet_from == quiet_to else quiet_to, zone)
        over_midnight = quiet_to < quiet_from
        closes = moment_on(day, quiet_from, zone) if over_midnight else moment_on(day + _DAY, time(0), zone)
        if now < closes and not calendar.is_off(day):
            return max(now, opens).astimezone(UTC)
        day += _DAY
