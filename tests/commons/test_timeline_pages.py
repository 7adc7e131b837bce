"""The forms of a timeline: no second, no zone and no day is lost, and what contradicts the rest is said."""

import uuid
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_record, moment_set
from fairlead.commons.timeline.models import Entry
from fairlead.commons.timeline.selectors import history_of
from fairlead.commons.timeline.services import NewEntry, entries_add, entry_change, entry_drop
from fairlead.core.refusal import Refused

pytestmark = pytest.mark.django_db

START = datetime(
    2026, 10, 25, 0, 20, tzinfo=UTC
)  # 02:20 in Berlin, ten minutes into the hour that comes twice
HOUR = timedelta(hours=1)


@pytest.fixture
def incident(cast):
    values = {"title": "The shop was down", "zone": "Europe/Berlin", "started_at": START}
    return incident_record(cast.actor("teammate"), incident_id=uuid.uuid4(), values=values)


@pytest.fixture
def entry(cast, incident):
    at = START + HOUR + timedelta(seconds=31, microseconds=250_000)  # 02:20:31 again
    return entries_add(
        cast.actor("teammate"), incident=incident, entries=[NewEntry(uuid.uuid4(), at, "Alarm")]
    )[0]


@pytest.fixture
def client(cast):
    return cast.client("teammate")


def address(name: str, *parts: object) -> str:
    return reverse(name, args=parts)


class Fields(HTMLParser):
    """What a browser would send of the one form of a page, untouched and by its first button."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.open = ""
        self.feed(page.partition('id="timeline-form"')[2].partition("</form>")[0])

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag in {"select", "textarea"}:
            self.open = found["name"]
        elif tag == "input" and found.get("value"):
            self.sent[found["name"]] = found["value"]
        elif tag == "option" and ("selected" in found or self.open not in self.sent):
            self.sent[self.open] = found["value"]

    def handle_data(self, data):
        if self.open == "words" and data.strip():
            self.sent["words"] = data.strip()


def filled(client, path: str) -> dict[str, str]:
    return Fields(client.get(path).content.decode()).sent


def test_a_form_sent_back_untouched_changes_nothing_even_in_the_hour_that_comes_twice(
    client, incident, entry
):
    path = address("entry", incident.pk, entry.pk)
    form = filled(client, path)
    assert form["at"] == "2026-10-25T02:20:31"
    assert client.post(path, {**form, "words": "Disk alarm"}).status_code == 302
    entry.refresh_from_db()
    assert entry.at == START + HOUR + timedelta(seconds=31, microseconds=250_000)
    assert (entry.words, entry.edition) == ("Disk alarm", 2)


def test_a_time_that_came_twice_is_asked_about_and_then_kept(client, incident, entry):
    path = address("entry", incident.pk, entry.pk)
    form = filled(client, path) | {"at": "2026-10-25T02:45"}
    form.pop("at_which")
    asked = client.post(path, form)
    assert asked.status_code == 422
    assert "happened twice" in asked.content.decode()
    client.post(path, {**form, "at_which": "0"})
    entry.refresh_from_db()
    assert entry.at == datetime(2026, 10, 25, 0, 45, tzinfo=UTC)


def test_a_time_may_be_typed_in_the_readers_own_zone(client, incident):
    form = {
        "at": "2026-10-24T23:45",
        "zone": "America/New_York",
        "words": "Alarm",
        "entry_id": str(uuid.uuid4()),
    }
    for _ in range(2):  # a form sent twice makes one entry
        client.post(address("entry_add", incident.pk), form)
    assert Entry.objects.get().at == datetime(2026, 10, 25, 3, 45, tzinfo=UTC)


def test_a_point_that_was_moved_keeps_its_seconds(client, incident, entry):
    client.post(address("entry_move", incident.pk, entry.pk), {"minutes": "-61", "edition": "1"})
    moved = Entry.objects.get(pk=entry.pk)
    assert moved.at == entry.at - timedelta(minutes=61)


def test_a_point_moved_from_an_old_drawing_stays_and_says_why(cast, client, incident, entry):
    entry_change(cast.actor("manager"), entry_id=entry.pk, edition=1, at=entry.at, words="Disk alarm")
    answer = client.post(address("entry_move", incident.pk, entry.pk), {"minutes": "-5", "edition": "1"})
    assert answer.status_code == 422
    assert "Somebody else changed this entry" in answer.content.decode()
    assert Entry.objects.get(pk=entry.pk).at == entry.at


def test_an_entry_of_another_incident_is_not_found(cast, client, entry):
    other = incident_record(
        cast.actor("teammate"), incident_id=uuid.uuid4(), values={"title": "Other", "zone": "UTC"}
    )
    assert client.get(address("entry", other.pk, entry.pk)).status_code == 404
    assert client.post(address("entry_move", other.pk, entry.pk), {"minutes": "1"}).status_code == 404


def test_an_entry_is_taken_out_and_put_back_on_its_page(cast, client, incident, entry):
    path = address("entry", incident.pk, entry.pk)
    client.post(path, filled(client, path) | {"drop": "1"})
    assert Entry.objects.get().taken_out
    client.post(path, filled(client, path) | {"restore": "1"})
    assert not Entry.objects.get().taken_out


def test_what_named_somebody_before_is_not_shown_in_the_history(cast, incident, entry):
    entry_change(cast.actor("teammate"), entry_id=entry.pk, edition=1, at=entry.at, words="Alarm seen")
    entry.earlier.update(words=f"{cast.engineer.name} saw the alarm")  # as if the check had missed it then
    entry.refresh_from_db()
    assert [one.words for one in history_of(cast.actor("hr"), entry)] == [None]


# --- the known moments ------------------------------------------------------------------------------------------------


def test_two_who_correct_different_moments_do_not_stop_each_other(cast, incident):
    for who, moment, hours in (("teammate", "detected", 1), ("manager", "resolved", 2)):
        moment_set(cast.actor(who), incident_id=incident.pk, moment=moment, at=START + hours * HOUR, was=None)
    found = Incident.objects.get(pk=incident.pk)
    assert (found.detected_at, found.resolved_at) == (START + HOUR, START + 2 * HOUR)


def test_two_who_correct_the_same_moment_notice_each_other_and_sending_twice_is_once(cast, incident):
    teammate = cast.actor("teammate")
    for _ in range(2):
        changed = moment_set(teammate, incident_id=incident.pk, moment="detected", at=START + HOUR, was=None)
    assert changed.edition == incident.edition + 1
    with pytest.raises(Refused, match="Somebody else"):
        moment_set(cast.actor("manager"), incident_id=incident.pk, moment="detected", at=START, was=None)


def test_a_moment_that_contradicts_another_is_refused_and_one_that_was_wrong_before_is_not_held_against_it(
    cast, incident
):
    teammate = cast.actor("teammate")
    with pytest.raises(Refused, match="before the start"):
        moment_set(teammate, incident_id=incident.pk, moment="detected", at=START - HOUR, was=None)
    Incident.objects.filter(pk=incident.pk).update(detected_at=START - HOUR)
    moment_set(teammate, incident_id=incident.pk, moment="resolved", at=START + HOUR, was=None)
    assert Incident.objects.get(pk=incident.pk).resolved_at == START + HOUR


def test_a_moment_is_typed_taken_back_and_moved(client, incident):
    path = address("moment", incident.pk, "started")
    client.post(address("moment_move", incident.pk, "started"), {"minutes": "-3", "was": START.isoformat()})
    assert Incident.objects.get().started_at == START - timedelta(minutes=3)
    client.post(path, {**filled(client, path), "at": ""})
    assert Incident.objects.get().started_at is None


@pytest.mark.parametrize("was", ["yesterday", "2026-10-25T02:20"])
def test_a_moment_that_came_back_broken_is_refused(client, incident, was):
    answer = client.post(address("moment_move", incident.pk, "started"), {"minutes": "-3", "was": was})
    assert answer.status_code == 422


def test_a_page_without_any_time_says_what_is_enough(cast, client):
    bare = incident_record(
        cast.actor("teammate"), incident_id=uuid.uuid4(), values={"title": "Odd", "zone": "UTC"}
    )
    page = client.get(address("incident", bare.pk)).content.decode()
    assert "When it began is enough" in page
    assert "<svg" not in page.partition('id="timeline"')[2].partition("</section>")[0]


def test_a_long_timeline_is_cut_on_the_incidents_page_and_whole_on_its_own(cast, client, incident):
    many = [NewEntry(uuid.uuid4(), START + timedelta(minutes=n), f"Line {n}") for n in range(100)]
    entries_add(cast.actor("teammate"), incident=incident, entries=many)
    assert "All 101 lines" in client.get(address("incident", incident.pk)).content.decode()
    assert "Line 99" in client.get(address("timeline", incident.pk)).content.decode()


def test_somebody_in_no_team_sees_no_button(cast, incident, entry):
    entry_drop(cast.actor("teammate"), entry_id=entry.pk, edition=1)
    page = cast.client("hr").get(address("incident", incident.pk)).content.decode()
    assert "Add an entry" not in page
    assert "data-move-form" not in page
