"""The calendar of the check-ins says "1:1" and nothing else, and can be imported again."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

from fairlead.papers.checkins import check_ins_ics

TALK = uuid.UUID("6f1c8f6e-3f5a-4c63-9d39-54fd1c6f5a10")
DAYS = [date(2026, 10, 23), date(2026, 10, 27)]  # the clocks go back between them
NOW = datetime(2026, 10, 20, 17, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def events(**changed):
    given = {"talk_id": TALK, "zone": "Europe/Berlin", "now": NOW, **changed}
    text = check_ins_ics(given.pop("days", DAYS), **given)
    return text, list(Calendar.from_ical(text).walk("VEVENT"))


def test_each_day_is_an_event_at_ten_in_the_zone_of_the_people_who_meet():
    _text, found = events()
    assert [event["dtstart"].dt.astimezone(UTC).isoformat() for event in found] == [
        "2026-10-23T08:00:00+00:00",
        "2026-10-27T09:00:00+00:00",
    ]
    assert found[0]["dtstart"].params["TZID"] == "Europe/Berlin"
    assert found[0]["dtend"].dt - found[0]["dtstart"].dt == timedelta(minutes=20)


def test_nothing_private_is_in_it():
    text, found = events()
    for event in found:
        assert str(event["summary"]) == "1:1"
        assert str(event["class"]) == "PRIVATE"
        assert set(event) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS"}
    assert b"check-in" not in text.split(b"BEGIN:VEVENT", 1)[1]


def test_the_stamp_is_in_utc_and_the_lines_end_as_the_format_asks():
    text, found = events()
    assert found[0]["dtstamp"].dt == datetime(2026, 10, 20, 15, 0, tzinfo=UTC)
    assert b"DTSTAMP:20261020T150000Z" in text
    assert text.count(b"\r\n") == text.count(b"\n")
    assert max(len(line) for line in text.split(b"\r\n")) <= 75


def test_the_zone_comes_along_with_its_clock_changes():
    text, _found = events()
    assert b"BEGIN:VTIMEZONE" in text
    assert b"TZID:Europe/Berlin" in text


def test_the_same_talk_has_the_same_events_whatever_their_time():
    first, moved, other = (
        events()[1],
        events(at=time(15, 30), sequence=1)[1],
        events(talk_id=uuid.UUID(int=1))[1],
    )
    assert [event["uid"] for event in first] == [event["uid"] for event in moved]
    assert moved[0]["sequence"] == 1
    assert first[0]["uid"] != first[1]["uid"]
    assert first[0]["uid"] != other[0]["uid"]


def test_a_calendar_without_days_is_still_a_calendar():
    text, found = events(days=[])
    assert found == []
    assert b"BEGIN:VCALENDAR" in text


def test_universal_time_needs_no_zone_of_its_own():
    text, found = events(zone="UTC")
    assert found[0]["dtstart"].dt == datetime(2026, 10, 23, 10, 0, tzinfo=UTC)
    assert b"BEGIN:VEVENT" in text
