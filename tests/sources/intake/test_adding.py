"""A second text of an incident: looked over, put in once, and both texts kept byte for byte."""

import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import moment_set
from fairlead.commons.timeline.models import Entry
from fairlead.commons.timeline.services import NewEntry, entries_add, entry_change, entry_drop
from fairlead.foundation import clock
from fairlead.sources.records.door import open_sources
from fairlead.sources.records.models import Source
from fairlead.sources.records.selectors import content_of, raw_lines
from tests.sources.intake.test_what_happened import CHAT, look_over, shown, unescaped

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SECOND = """It was resolved at 15:40.

14:27 Jonas Lindqvist pushed the route change, it passed in the lab
14:31:20 loop on the core - shop down!
14:47 Priya Raman called the provider
15:32 rolled back, shop is back
"""


@pytest.fixture(autouse=True)
def _a_morning():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def incident(cast):
    address, page = look_over(cast.client("manager"), CHAT)
    assert cast.client("manager").post(address, shown(page)).status_code == 302
    return Incident.objects.get()


def bring(client, incident, text=SECOND):
    given = client.post(
        reverse("text_add", args=[incident.pk]), {"source_id": str(uuid.uuid4()), "text": text}
    )
    assert given.status_code == 302, given.content.decode()
    return given.headers["Location"], client.get(given.headers["Location"]).content.decode()


def box(page):
    return unescaped(
        page.partition('<textarea name="timeline"')[2].partition(">")[2].partition("</textarea>")[0]
    ).strip()


def form_of(page, **more):
    ticked = [name for name in ("detected", "mitigated", "resolved") if f'value="{name}"' in page]
    return {"zone": "Europe/Berlin", "timeline": box(page), "moments": ticked, **more}


def words():
    return [entry.words for entry in Entry.objects.filter(taken_out=False)]


def test_only_what_is_new_is_shown_and_goes_in_and_both_texts_are_kept_as_they_came(cast, incident):
    client, before = cast.client("manager"), words()
    address, page = bring(client, incident)
    assert box(page).splitlines() == ["2026-11-23", "14:47 The engineer called the provider"]
    assert "3 lines of your text are on record already" in page
    done = client.post(address, form_of(page))
    assert done.headers["Location"] == reverse("incident", args=[incident.pk])
    assert sorted(words()) == sorted([*before, "The engineer called the provider"])
    opened = {content_of(one).content.decode(): one for one in open_sources(cast.actor("manager"), incident)}
    assert opened.keys() == {CHAT, SECOND}
    states = [line.state for line in raw_lines(opened[SECOND])]
    assert states == ["left_out", "left_out", "published", "left_out"]


def test_zone_and_day_come_from_the_incident_where_the_text_names_none(cast, incident):
    address, page = bring(cast.client("manager"), incident)
    assert 'value="Europe/Berlin" selected' in page
    cast.client("manager").post(address, form_of(page))
    assert Entry.objects.get(words__contains="provider").at == datetime(2026, 11, 23, 13, 47, tzinfo=UTC)


def test_a_moment_that_was_not_known_is_offered_and_one_that_was_stays(cast, incident):
    Incident.objects.update(resolved_at=None)
    client = cast.client("manager")
    address, page = bring(client, incident)
    assert "it was resolved: Mon 23 Nov 2026, 15:40" in page
    client.post(address, form_of(page))
    assert Incident.objects.get().resolved_at == datetime(2026, 11, 23, 14, 40, tzinfo=UTC)
    _, page = bring(client, incident, "Resolved at 15:50.")
    assert "it was resolved" not in page


def test_a_moment_that_contradicts_the_others_is_named_and_nothing_is_written(cast, incident):
    Incident.objects.update(resolved_at=None)
    client = cast.client("manager")
    address, page = bring(client, incident)
    moment_set(
        cast.actor("manager"),
        incident_id=incident.pk,
        moment="mitigated",
        at=NOW,
        was=Incident.objects.get().mitigated_at,
    )
    refused = client.post(address, form_of(page, moments=["resolved"]))
    assert refused.status_code == 422
    assert "The text also says when" in refused.content.decode()
    assert not [one for one in words() if "provider" in one]
    assert Source.objects.filter(incident=None).count() == 1


def test_a_line_that_was_corrected_or_taken_out_since_does_not_come_back(cast, incident):
    manager = cast.actor("manager")
    first, second, _ = Entry.objects.order_by("at")
    entry_change(manager, entry_id=first.pk, edition=1, at=first.at, words="The change went out")
    entry_drop(manager, entry_id=second.pk, edition=1)
    _, page = bring(cast.client("manager"), incident)
    assert box(page).splitlines()[1:] == ["14:47 The engineer called the provider"]


def test_what_somebody_else_adds_meanwhile_is_not_added_again(cast, incident):
    client = cast.client("manager")
    address, page = bring(client, incident)
    at = datetime(2026, 11, 23, 13, 47, tzinfo=UTC)
    theirs = NewEntry(uuid.uuid4(), at, "The engineer called the provider")
    entries_add(cast.actor("teammate"), incident=incident, entries=[theirs])
    assert client.post(address, form_of(page)).status_code == 302
    assert words().count("The engineer called the provider") == 1


def test_sent_twice_it_is_added_once_and_the_same_text_again_is_refused(cast, incident):
    client = cast.client("manager")
    address, page = bring(client, incident)
    for _ in range(2):
        assert client.post(address, form_of(page)).status_code == 302
    assert Source.objects.count() == 2
    again = client.post(
        reverse("text_add", args=[incident.pk]), {"source_id": str(uuid.uuid4()), "text": SECOND}
    )
    assert again.status_code == 422
    assert "You have brought this text already" in again.content.decode()
    assert "Jonas Lindqvist pushed" in again.content.decode()


def test_somebody_who_did_not_respond_adds_theirs_and_learns_nothing_of_the_first(cast, incident):
    client = cast.client("teammate")
    address, page = bring(client, incident, "14:47 jonas called the provider\n")
    assert client.post(address, form_of(page)).status_code == 302
    assert len(open_sources(cast.actor("teammate"), incident)) == 1
    assert len(open_sources(cast.actor("manager"), incident)) == 1


def test_a_draft_is_looked_over_by_whoever_brought_it_alone(cast, incident):
    address, _ = bring(cast.client("manager"), incident)
    nothing = reverse("text_look_over", args=[incident.pk, uuid.uuid4()])
    client = cast.client("teammate")
    assert client.get(address).content == client.get(nothing).content
    assert client.get(address).status_code == client.post(address, {}).status_code == 404


def test_a_name_put_back_by_hand_is_refused_and_nothing_is_lost(cast, incident):
    client = cast.client("manager")
    address, page = bring(client, incident)
    refused = client.post(address, form_of(page, timeline="14:47 Priya Raman called the provider"))
    assert refused.status_code == 422
    assert "Priya Raman called" in refused.content.decode()
    assert Entry.objects.count() == 3


def test_a_text_without_anything_new_is_kept_as_a_source_all_the_same(cast, incident):
    client = cast.client("manager")
    address, page = bring(client, incident, CHAT + "\n")
    assert "Nothing new for the timeline" in page
    assert client.post(address, form_of(page)).status_code == 302
    assert Entry.objects.count() == 3
    assert Source.objects.filter(incident=incident).count() == 2
