"""A talk.json that `fairlead now` wrote becomes an incident on the server, once, after somebody looked it over."""

import re
import uuid
from datetime import UTC, date, datetime
from fractions import Fraction
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.commons.impact.models import ImpactInputs
from fairlead.commons.incidents.models import Incident
from fairlead.core.impact_scale import Step
from fairlead.core.intake.answers import Cost
from fairlead.core.talkfile import TalkEntry, TalkFile, TalkTimes, write_talk

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 19, 19, 27, tzinfo=UTC)


def talk(**changes):
    values = {
        "id": uuid.UUID("5e9a4d2c-3b61-4f0e-9d53-2f7d1c0a8b11"),
        "made_at": START,
        "playbook_id": "default",
        "playbook_version": "1",
        "title": "Routing loop",
        "customer_saw": "The shop did not load",
        "zone": "America/New_York",
        "times": TalkTimes(started=START, resolved=START.replace(hour=20, minute=32)),
        "entries": (TalkEntry(START, "loop"),),
        "cost": Cost(currency="USD", total=(15_000_000, 18_000_000, 19_000_000), rate=None),
        "share": Fraction(1, 3),
        "support": Step.HEAVY,
        "mechanism": "untried_in_production",
        "team_size": 6,
        "talk_on": date(2026, 11, 19),
        "check_ins": (date(2026, 11, 23),),
        "text": "14:27 the loop began",
    } | changes
    return write_talk(TalkFile(**values))


def choose(client, text):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post("/incidents/adopt/", {"talk_file": SimpleUploadedFile("talk.json", content)})


def fields_of(page):
    """The fields of the form as the browser would send them back."""
    html = page.content.decode()
    found = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name.group(1)] = unescape(value.group(1)) if value else ""
    for name, words in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL):
        found[name] = unescape(words)
    for name, inside in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', inside)
        found[name] = chosen.group(1) if chosen else ""
    return found


def test_what_was_understood_is_looked_over_and_then_on_record(cast):
    client = cast.client("manager")
    assert client.get("/incidents/adopt/").status_code == 200
    page = choose(client, talk())
    assert page.status_code == 200
    assert not Incident.objects.exists()
    done = client.post("/incidents/adopt/", fields_of(page))
    incident = Incident.objects.get()
    assert done.headers["Location"] == f"/prepare/{incident.pk}/"
    assert incident.started_at == START
    assert incident.what_happened == "14:27 the loop began"
    assert incident.mechanism == "untried_in_production"
    inputs = ImpactInputs.objects.get()
    assert (inputs.stated_low, inputs.stated_likely, inputs.stated_high) == (
        15_000_000,
        18_000_000,
        19_000_000,
    )
    assert inputs.support == "heavy"
    assert f"{inputs.share_likely}" == "0.33333"


def test_the_same_file_twice_is_one_incident(cast):
    client = cast.client("teammate")
    fields = fields_of(choose(client, talk()))
    for _ in range(2):
        assert client.post("/incidents/adopt/", fields).status_code == 302
    assert Incident.objects.count() == 1


def test_a_name_in_the_text_is_refused_and_nothing_is_lost(cast):
    client = cast.client("manager")
    fields = fields_of(choose(client, talk(text="Jonas rolled it out")))
    refused = client.post("/incidents/adopt/", fields)
    assert refused.status_code == 422
    assert "“Jonas”" in refused.content.decode()
    assert not Incident.objects.exists()
    assert fields_of(refused)["what_happened"] == "Jonas rolled it out"
    assert fields_of(refused)["talk"] == fields["talk"]


def test_figures_in_another_currency_are_left_out_rather_than_converted(cast):
    client = cast.client("manager")
    text = talk(cost=Cost(currency="EUR", total=None, rate=1_000), share=None, support=None)
    client.post("/incidents/adopt/", fields_of(choose(client, text)))
    assert Incident.objects.exists()
    assert not ImpactInputs.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "{",
        talk()[:300],
        talk().replace("fairlead.talk/1", "fairlead.talk/9"),
        b"\xff\xfe\x00binary",
        "[]",
    ],
)
def test_a_broken_file_is_said_to_be_broken(cast, broken):
    page = choose(cast.client("manager"), broken)
    assert page.status_code == 422
    assert not Incident.objects.exists()


def test_somebody_who_works_in_no_team_cannot(cast):
    client = cast.client("director")
    refused = client.post("/incidents/adopt/", fields_of(choose(client, talk())))
    assert refused.status_code == 422
    assert not Incident.objects.exists()
