"""What somebody types into the log of a running outage: when it happened, and what happened."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from fairlead.core.timescale import clock

# A time of day and what follows it, as in: 14:32 rolled back; 14.32: rolled back; 9:05:30 - alarm.
_BACK_DATED: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?(?:\s*[-–:,]\s+|\s+)(\S.*)", re.DOTALL)
_GRACE: Final = timedelta(minutes=2)  # a clock on the wall may run a little ahead
_DAY: Final = timedelta(days=1)
_HOURS, _SIXTY = 24, 60


def read_line(text: str, *, now: datetime, zone: str) -> tuple[datetime, str]:
    """Return the moment (UTC) and the words of a typed line; `now` is when it was typed, `zone` whose clock is read.

    A line that begins with a time of day is dated back to the last moment the clock showed it: after midnight, 23:50
    was yesterday; in the hour that comes twice, it is the later of those that have been. A time the clock never
    showed stays in the words.
    """
    text = text.strip()
    found = _BACK_DATED.fullmatch(text)
    if found is None:
        return now.astimezone(UTC), text
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if hour >= _HOURS or minute >= _SIXTY or second >= _SIXTY:
        return now.astimezone(UTC), text
    at = _last_showing(hour, minute, second, now.astimezone(UTC), ZoneInfo(zone))
    return (at, found[4].strip()) if at is not None else (now.astimezone(UTC), text)


def sent_at(said: datetime | None, *, now: datetime) -> datetime:
    """Return when a line was typed: what its browser says, unless that lies ahead of the server or very far back.

    A line written while the line was cut arrives late and keeps its own time. A clock that runs wild does not.
    """
    if said is None or said > now + _GRACE or said < now - _DAY:
        return now
    return said.astimezone(UTC)


STATES: Final = {
    "investigating": "We are looking into a problem.",
    "identified": "We know what causes it and are working on it.",
    "monitoring": "It works again. We are watching it.",
    "resolved": "It is over.",
}


def status_update(
    *, state: str, at: datetime, zone: str, customers_see: str, next_at: datetime | None
) -> str:
    """Write the draft of a status update: time, state in a sentence, what customers see, when the next comes."""
    parts = [
        f"{clock(at, zone)} ({zone.replace('_', ' ')}): {STATES[state]}",
        customers_see.strip(),
        "" if next_at is None else f"Next update at {clock(next_at, zone)}.",
    ]
    return "\n".join(part for part in parts if part)


def _last_showing(hour: int, minute: int, second: int, now: datetime, rules: ZoneInfo) -> datetime | None:
    today = (now + _GRACE).astimezone(rules).date()
    for day in (today, today - _DAY):
        reading = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 -- on the wall
        moments = (reading.replace(tzinfo=rules, fold=fold).astimezone(UTC) for fold in (1, 0))
        for at in moments:
            if at <= now + _GRACE and at.astimezone(rules).replace(tzinfo=None, fold=0) == reading:
                return at
    return None
