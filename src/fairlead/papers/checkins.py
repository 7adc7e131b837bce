"""The check-ins as a calendar that says nothing: "1:1", private, in the zone of the people who meet."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event

TITLE: Final = "1:1"
TEN: Final = time(10, 0)
LENGTH: Final = timedelta(minutes=20)


def check_ins_ics(
    days: Sequence[date], *, talk_id: uuid.UUID, zone: str, now: datetime, at: time = TEN, sequence: int = 0
) -> bytes:
    """Return an iCalendar file with one event for each day.

    `zone` is an IANA name and `at` the time there; `now` is aware and stamps the events in UTC. The UIDs follow
    from `talk_id` and the place in the list, so that importing again (with a higher `sequence`) moves
    events instead of doubling them.
    """
    calendar = Calendar()
    _add(calendar, prodid="-//Fairlead//check-ins//EN", version="2.0")
    for number, day in enumerate(days, start=1):
        event = Event()
        start = datetime.combine(day, at, ZoneInfo(zone))
        _add(
            event,
            uid=f"{uuid.uuid5(talk_id, f'check-in {number}')}@fairlead",
            sequence=sequence,
            dtstamp=now.astimezone(UTC),
            dtstart=start,
            dtend=start + LENGTH,
            summary=TITLE,
        )
        event.add("class", "PRIVATE")  # pyright: ignore[reportUnknownMemberType] -- see _add
        calendar.add_component(event)
    if days:
        calendar.add_missing_timezones(first_date=min(days), last_date=max(days) + timedelta(days=366))
    return calendar.to_ical()


def _add(component: Component, **properties: object) -> None:
    for name, value in properties.items():
        component.add(name, value)  # pyright: ignore[reportUnknownMemberType] -- the library leaves its values untyped
