"""A calendar to subscribe to (RFC 5545, RFC 7986): it says "1:1" and when, and nothing else.

What it says depends on its events alone, so that the same events give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from icalendar import Calendar, Component, Event, Timezone, TimezoneStandard

from fairlead.papers.checkins import LENGTH, TITLE

REFRESH: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event: what keeps it the same in every calendar, when it is, how often it was moved, and when last."""

    id: UUID
    at: datetime
    sequence: int
    changed_at: datetime


def feed_ics(events: Sequence[FeedEvent]) -> bytes:
    """Return the calendar of these events, with moments in UTC."""
    calendar = Calendar()
    _add(calendar, prodid="-//Fairlead//1:1//EN", version="2.0", calscale="GREGORIAN", method="PUBLISH")
    _add(calendar, name=TITLE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})  # pyright: ignore[reportUnknownMemberType] -- see _add
    if not events:  # a calendar holds one component at least
        calendar.add_component(_utc())
    for one in events:
        event = Event()
        start = one.at.astimezone(UTC)
        _add(
            event,
            uid=f"{one.id}@fairlead",
            sequence=one.sequence,
            dtstamp=one.changed_at.astimezone(UTC).replace(microsecond=0),
            dtstart=start,
            dtend=start + LENGTH,
            summary=TITLE,
        )
        event.add("class", "PRIVATE")  # pyright: ignore[reportUnknownMemberType] -- see _add
        calendar.add_component(event)
    return calendar.to_ical()


def _utc() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    _add(zone, tzid="UTC")
    _add(
        standard,
        dtstart=datetime(1970, 1, 1),  # noqa: DTZ001 - the format asks for a local time here
        tzoffsetfrom=timedelta(0),
        tzoffsetto=timedelta(0),
    )
    zone.add_component(standard)
    return zone


def _add(component: Component, **properties: object) -> None:
    for name, value in properties.items():
        component.add(name, value)  # pyright: ignore[reportUnknownMemberType] -- the library leaves its values untyped
