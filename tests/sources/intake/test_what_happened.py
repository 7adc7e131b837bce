"""From the box to an incident: what was understood is looked over, and everything is kept."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from fairlead.commons.impact.models import ImpactInputs
from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.models import Entry
from fairlead.foundation import clock
from fairlead.foundation.outbox.worker import work_once
from fairlead.sources.records.door import open_source
from fairlead.sources.records.models import Source
from fairlead.sources.records.selectors import content_of, raw_lines

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CHAT = """Shop down after a routing change, about 40% of customers, $180k
2026-11-23, all times Europe/Berlin

14:27 Jonas Lindqvist pushed the route change, it passed in the lab
14:31 loop on the core, shop down
15:32 rolled back, shop is back
"""
TAKEN = (
    "incident_id",
    "title",
    "customer_saw",
    "zone",
    "started",
    "resolved",
    "detected",
    "mitigated",
    "timeline",
)


@pytest.fixture(autouse=True)
def _a_morning():
    with clock.fixed(NOW):
        yield


def give(client, text="", **more):
    return client.post(reverse("incident_record"), {"source_id": str(uuid.uuid4()), "text": text, **more})


def shown(answer):
    """The form of the page as a browser would send it unchanged."""
    page = answer.content.decode()
    fields = {}
    for name in (*TAKEN, "what_happened", "services"):
        box = re.search(rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
        line = re.search(rf'<input[^>]*name="{name}"[^>]*?value="([^"]*)"', page)
        fields[name] = unescaped((box or line)[1]) if box or line else ""
    chosen = re.search(r'<select name="zone".*?</select>', page, re.DOTALL)[0]
    fields["zone"] = (re.search(r'value="([^"]*)" selected', chosen) or ["", ""])[1]
    fields["figures"] = re.findall(r'name="figures" value="([^"]+)"', page)
    return {**fields, "trigger": "unknown", "detected_by": "unknown", "kind": "incident", "guess": ""}


def unescaped(text):
    for sign, written in (
        ("<", "&lt;"),
        (">", "&gt;"),
        ("'", "&#x27;"),
        ("'", "&#39;"),
        ('"', "&#34;"),
        ("&", "&amp;"),
    ):
        text = text.replace(written, sign)
    return text


def look_over(client, text, **more):
    given = give(client, text, **more)
    assert given.status_code == 302, given.content.decode()
    return given.headers["Location"], client.get(given.headers["Location"])


def test_a_pasted_chat_becomes_an_incident_with_its_timeline_and_source(cast):
    client = cast.client("manager")
    address, page = look_over(client, CHAT)
    form = shown(page)
    assert form["zone"] == "Europe/Berlin"
    assert form["started"] == "2026-11-23T14:27"
    assert form["timeline"].splitlines()[0] == "2026-11-23"
    assert "Jonas" not in form["timeline"]
    made = client.post(address, form)
    assert made.status_code == 302, made.content.decode()
    incident = Incident.objects.get()
    assert made.headers["Location"] == reverse("incident", args=[incident.pk])
    assert incident.started_at == datetime(2026, 11, 23, 13, 27, tzinfo=UTC)
    assert [entry.at.strftime("%H:%M") for entry in Entry.objects.all()] == ["13:27", "13:31", "14:32"]
    source = Source.objects.get()
    opened = open_source(cast.actor("manager"), source.pk)
    assert content_of(opened).content == CHAT.encode()
    assert source.erase_on == (NOW + timedelta(days=90)).date()
    assert [line.state for line in raw_lines(opened)] == ["published"] * 3
    assert {line.id for line in raw_lines(opened)} == {entry.pk for entry in Entry.objects.all()}
    assert "Jonas" in raw_lines(opened)[0].words


def test_what_else_the_text_says_has_no_hole_where_its_lines_stood_and_nothing_twice(cast):
    _, page = look_over(cast.client("manager"), CHAT + "\nIt was noticed by a customer.\n")
    form = shown(page)
    assert "Berlin\n\nIt was noticed" in form["what_happened"]
    assert (form["title"], form["customer_saw"]) == ("Shop down", "")


def test_a_page_holds_few_zones_and_takes_every_one(cast):
    address, page = look_over(cast.client("manager"), CHAT.replace("Europe/Berlin", "Asia/Kathmandu"))
    offered = re.findall(
        r"<option", re.search(r'<select name="zone".*?</select>', page.content.decode(), re.DOTALL)[0]
    )
    assert len(offered) < 20
    form = shown(page)
    assert form["zone"] == "Asia/Kathmandu"  # chosen, therefore there
    for zone in (["Asia/Seoul"], ["UTC", "Asia/Seoul"]):  # from the list; from the box where no script runs
        refused = cast.client("manager").post(address, {**form, "zone": zone, "title": ""}).content.decode()
        assert 'value="Asia/Seoul" selected' in refused
    refused = cast.client("manager").post(address, {**form, "zone": ["UTC", "Atlantis/Harbour"]})
    assert "Select a valid choice" in refused.content.decode()
    assert not Incident.objects.exists()


def test_the_figures_a_person_leaves_ticked_become_the_impact(cast):
    client = cast.client("manager")
    address, page = look_over(client, CHAT)
    form = shown(page)
    assert form["figures"] == ["cost", "share"]
    client.post(address, {**form, "figures": ["cost"]})
    inputs = ImpactInputs.objects.get()
    assert (inputs.stated_likely, inputs.share_likely) == (18_000_000, None)


def test_the_mechanism_is_asked_and_never_decided(cast):
    client = cast.client("manager")
    address, page = look_over(client, CHAT)
    asked = page.content.decode()
    assert "passed in the lab" in asked
    assert 'value="" checked' in asked or 'value="" required' not in asked
    client.post(address, shown(page))
    assert Incident.objects.get().mechanism == ""
    address, page = look_over(client, CHAT + "again")
    client.post(address, {**shown(page), "guess": "untried_in_production"})
    assert Incident.objects.exclude(mechanism="").get().mechanism == "untried_in_production"


def test_a_missing_zone_is_asked_for_and_nothing_is_lost_meanwhile(cast):
    client = cast.client("manager")
    address, page = look_over(client, "14:27 the loop began\n15:32 it ended\n14:40 rolled back")
    assert "names no time zone" in page.content.decode()
    form = shown(page)
    assert form["zone"] == ""
    refused = client.post(address, {**form, "title": "My own title"})
    assert refused.status_code == 422
    assert "In whose time zone" in refused.content.decode()
    assert "My own title" in refused.content.decode()
    assert not Incident.objects.exists()
    client.post(address, {**form, "title": "My own title", "zone": "America/New_York"})
    assert Entry.objects.first().at == datetime(2026, 11, 23, 19, 27, tzinfo=UTC)


def test_an_hour_that_happened_twice_is_asked(cast):
    client = cast.client("manager")
    address, page = look_over(client, "Loop on 2026-10-25 from 02:30 to 04:00, Europe/Berlin")
    form = {**shown(page), "started": "2026-10-25T02:30"}
    refused = client.post(address, form)
    assert refused.status_code == 422
    assert "happened twice" in refused.content.decode()
    assert client.post(address, {**form, "started_which": "1"}).status_code == 302
    assert Incident.objects.get().started_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_name_put_back_by_hand_is_refused_with_the_reason(cast):
    client = cast.client("manager")
    address, page = look_over(client, CHAT)
    refused = client.post(address, {**shown(page), "timeline": "2026-11-23\n14:27 Jonas Lindqvist did it"})
    assert refused.status_code == 422
    assert "Jonas Lindqvist" in refused.content.decode()
    assert not Incident.objects.exists()


def test_the_confirmation_sent_twice_makes_one_incident(cast):
    client = cast.client("manager")
    address, page = look_over(client, CHAT)
    form = shown(page)
    first, second = client.post(address, form), client.post(address, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert Incident.objects.count() == 1
    assert Entry.objects.count() == 3


def test_the_draft_is_for_whoever_brought_it_and_goes_after_two_days(cast):
    address, _ = look_over(cast.client("manager"), CHAT)
    assert cast.client("teammate").get(address).status_code == 404
    with clock.fixed(NOW + timedelta(days=2)):
        work_once(50)
    assert not Source.objects.exists()


def test_a_file_is_kept_byte_for_byte(cast):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    content = "# Überlast\r\n\r\n14:27 UTC loop\r\n".encode("cp1252")
    given = give(cast.client("manager"), file=SimpleUploadedFile("jonas.md", content))
    assert given.status_code == 302
    kept = content_of(open_source(cast.actor("manager"), Source.objects.get().pk))
    assert (kept.content, kept.name) == (content, "jonas.md")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Write a sentence"),
        (b"   \n", "Write a sentence"),
        (b"%PDF-1.4 x", "a PDF"),
        (b"PK\x03\x04 x", "Import reads those"),
        (b'{"incidents": []}', "Import reads those"),
        (b"\x00\x01\x02", "not text"),
    ],
)
def test_what_is_not_text_is_refused_in_a_sentence(cast, content, says):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    refused = give(cast.client("manager"), file=SimpleUploadedFile("a.bin", content))
    assert refused.status_code == 422
    assert says in refused.content.decode()
    assert not Source.objects.exists()


def test_what_was_pasted_stays_in_the_box_when_it_is_refused(cast):
    refused = give(cast.client("hr"), "Routing loop at 14:27")
    assert refused.status_code == 422
    assert "Routing loop at 14:27" in refused.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "no time in here at all",
        "x" * 10_000_000,
        "14:27 the router moved\n" * 400_000,
        "<script>alert(1)</script><img src=x onerror=alert(1)> at 14:27 UTC",
        '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
        '=HYPERLINK("http://x") 14:27 UTC',
        "9:05 am start\n11:58 pm almost\n12:01 am next day\nUTC",
        "2099-01-01 10:00 UTC in the future",
        "\ud800 half a character 14:27",
    ],
    ids=[
        "no-times",
        "one-line-of-10-mb",
        "10-mb",
        "tags",
        "entities",
        "formula",
        "twelve-hours",
        "future",
        "surrogate",
    ],
)
def test_bad_input_is_read_as_far_as_it_goes(cast, text):
    _, page = look_over(cast.client("manager"), text.encode("utf-8", "replace").decode())
    assert page.status_code == 200
    assert b"<script>alert" not in page.content
    assert b"<img src=x" not in page.content
