"""A private calendar: sound by the book, neutral, the same for the same days, and gone once its address is ended."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.papers.feed import FeedEvent, feed_ics
from fairlead.people.models import Membership, Reminders
from fairlead.people.reminding import calendar_close, calendar_open
from fairlead.private.checkins.services import checkin_move
from tests.private.calendar_rules import problems
from tests.private.ninety import THURSDAY, Ninety, after, on, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_afternoon_of_the_talk():
    with clock.fixed(on(THURSDAY, 13)):
        yield


def asked(token: str, **headers: str):
    return Client().get(f"/calendar/{token}.ics", headers=headers)


def events(text: bytes) -> dict[str, object]:
    return {str(event["uid"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def test_every_check_in_stands_there_as_a_1_to_1_and_nothing_else(cast):
    talk, token = Ninety(cast), calendar_open(cast.engineer)
    answer = asked(token)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert problems(answer.content) == []
    found = events(answer.content)
    assert [event["dtstart"].dt for event in found.values()] == [row.at for row in talk.rows()]
    for event in found.values():
        assert set(event) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS"}
        assert (str(event["summary"]), str(event["class"])) == ("1:1", "PRIVATE")
    words = [w for account in (cast.engineer, cast.manager) for w in (*account.name.split(), account.email)]
    for word in (*words, "Routing", "talk", "check", str(talk.case), str(talk.incident.pk)):
        assert word.lower() not in answer.content.decode().lower()


def test_both_see_the_same_events_under_the_same_ids(cast):
    Ninety(cast)
    theirs, ours = (asked(calendar_open(account)).content for account in (cast.engineer, cast.manager))
    assert theirs == ours


def test_a_calendar_without_anything_in_it_is_sound_too(cast):
    answer = asked(calendar_open(cast.teammate))
    assert problems(answer.content) == []
    assert events(answer.content) == {}


def test_a_moved_one_keeps_its_id_and_says_that_it_was_moved(cast):
    talk, token = Ninety(cast), calendar_open(cast.engineer)
    before = events(asked(token).content)
    row = talk.rows()[1]
    with clock.fixed(on(after(1))):
        checkin_move(talk.opened("manager", Act.FIX_CHECKIN), checkin=row, at=on(after(7), 15), edition=0)
    later = events(asked(token).content)
    assert set(later) <= set(before), "no new event stands beside the old one"
    moved = later[f"{row.pk}@fairlead"]
    assert (moved["dtstart"].dt, moved["sequence"]) == (on(after(7), 15), 1)
    assert moved["dtstamp"].dt == on(after(1))
    follows = later[f"{talk.rows()[2].pk}@fairlead"]
    assert (follows["dtstart"].dt, follows["sequence"]) == (on(after(14), 10), 1), (
        "what counts from it moved too"
    )
    first = f"{talk.rows()[0].pk}@fairlead"
    assert later[first] == before[first], "one that stayed where it was says nothing new"


def test_a_missed_one_leaves_the_calendar_and_the_one_that_catches_up_is_in_it(cast):
    talk, token = Ninety(cast), calendar_open(cast.engineer)
    work(after(5))
    days = [event["dtstart"].dt.date() for event in events(asked(token).content).values()]
    assert days[0] == after(5)
    assert len(days) == len(talk.rows("planned"))


def test_a_client_that_asks_a_thousand_times_gets_the_same_bytes_once(cast, django_assert_max_num_queries):
    talk, token = Ninety(cast), calendar_open(cast.engineer)
    first = asked(token)
    trail = AuditEntry.objects.count()
    for _ in range(1000):
        with django_assert_max_num_queries(6):
            again = asked(token, **{"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert AuditEntry.objects.count() == trail, "no case is opened for it"
    assert asked(token).content == first.content
    talk.hold()
    changed = talk.rows("planned")[0]
    with clock.fixed(on(after(5))):
        checkin_move(talk.opened("manager", Act.FIX_CHECKIN), checkin=changed, at=on(after(7)), edition=0)
    assert asked(token, **{"If-None-Match": first["ETag"]}).status_code == 200


def test_an_ended_address_leads_to_the_same_bytes_as_one_that_never_was(cast):
    Ninety(cast)
    old = calendar_open(cast.engineer)
    new = calendar_open(cast.engineer)
    nothing = asked("a" * 43)
    assert (nothing.status_code, asked(old).status_code, asked(new).status_code) == (404, 404, 200)
    calendar_close(cast.engineer)
    for token in (old, new):
        answer = asked(token)
        assert (answer.content, dict(answer.headers)) == (nothing.content, dict(nothing.headers))


def test_the_address_is_not_in_the_database(cast):
    token = calendar_open(cast.engineer)
    kept = Reminders.objects.get(account=cast.engineer).calendar
    assert len(token) >= 43
    assert token not in kept
    assert asked(kept).status_code == 404


def test_somebody_who_left_or_no_longer_leads_finds_nothing_of_it(cast):
    Ninety(cast)
    theirs, ours = calendar_open(cast.engineer), calendar_open(cast.manager)
    Membership.objects.filter(account=cast.manager).update(ended_at=clock.now())
    assert events(asked(ours).content) == {}
    assert len(events(asked(theirs).content)) == 9
    cast.engineer.is_active = False
    cast.engineer.save()
    assert asked(theirs).status_code == 404


@pytest.mark.parametrize(
    ("spoiled", "why"),
    [
        (lambda text: text.replace(b"\r\n", b"\n"), "CRLF"),
        (lambda text: text.replace(b"SUMMARY:1:1", b"SUMMARY:" + b"x" * 80), "not folded"),
        (lambda text: text.replace(b"CLASS:PRIVATE", b"CLASS:PUBLIC", 1), "may not be"),
        (
            lambda text: text.replace(b"DTSTAMP:2027", b"DTSTAMP;TZID=Europe/Berlin:2027", 1)[:-1],
            "does not end",
        ),
        (lambda text: text.replace(b"END:VEVENT\r\n", b"", 1), "ends where"),
        (lambda text: text.replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\nUID:one"), "stands 2 times"),
        (lambda text: text.replace(b"DTSTAMP:20270114T180000Z", b"DTSTAMP:20270114T180000", 1), "may not be"),
        (lambda text: text.replace(b";VALUE=DURATION", b""), "may not be"),
    ],
)
def test_the_strict_reader_finds_what_is_planted(spoiled, why):
    one = FeedEvent(uuid.uuid4(), on(THURSDAY), 0, on(THURSDAY, 13))
    sound = feed_ics([one, FeedEvent(uuid.uuid4(), on(after(1)), 2, on(THURSDAY, 13) + timedelta(seconds=1))])
    assert problems(sound) == []
    assert any(why in problem for problem in problems(spoiled(sound)))
