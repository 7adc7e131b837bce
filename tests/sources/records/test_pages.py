"""The page of a source: read and published by responders; for everybody else there is nothing."""

import uuid

import pytest
from django.urls import reverse

from fairlead.commons.timeline.models import Entry
from fairlead.core.visibility import ResponderRole
from fairlead.foundation import clock
from fairlead.sources.records.door import open_source
from fairlead.sources.records.models import RawEntry
from fairlead.sources.records.services import NewRaw, responder_add, source_keep
from tests.rules.world import without_a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast):
    world = without_a_case(cast)
    lines = [
        NewRaw(uuid.uuid4(), clock.now(), words) for words in ("jonas pushed it", "the core looped", "lunch?")
    ]
    source = source_keep(
        cast.actor("engineer"),
        source_id=uuid.uuid4(),
        incident=world.incident,
        kind="text",
        content=b"<script>alert(1)</script> \xff",
        name='x".html',
        entries=lines,
    )
    return world, source, lines


def test_a_responder_sees_the_raw_words_beside_the_neutral_ones(cast, house):
    world, _, _ = house
    page = cast.client("engineer").get(reverse("source", args=[world.incident.pk])).content.decode()
    assert "jonas pushed it" in page
    assert "The engineer pushed it" in page
    assert "<script>alert" not in page


def published() -> set[str]:
    """What stands in the timeline beside the entry that the world begins with."""
    return set(Entry.objects.exclude(words="Alarm").values_list("words", flat=True))


def test_chosen_lines_are_published_in_the_words_of_the_form_and_the_rest_waits(cast, house):
    _, source, (named, clean, lunch) = house
    form = {
        "line": [str(named.id), str(clean.id), str(lunch.id)],
        f"words-{named.id}": "jonas pushed it",
        f"what-{named.id}": "publish",
        f"words-{clean.id}": "The core looped",
        f"what-{clean.id}": "publish",
        f"words-{lunch.id}": "lunch?",
        f"what-{lunch.id}": "leave",
    }
    client = cast.client("engineer")
    refused = client.post(reverse("source_publish", args=[source.pk]), form)
    assert refused.status_code == 422
    assert published() == {"The core looped"}
    states = dict(RawEntry.objects.values_list("pk", "state"))
    assert (states[named.id], states[clean.id], states[lunch.id]) == ("waiting", "published", "left_out")
    form[f"words-{named.id}"] = "A change went out"
    assert client.post(reverse("source_publish", args=[source.pk]), form).status_code == 302
    assert published() == {"The core looped", "A change went out"}


def test_nonsense_in_the_form_publishes_nothing(cast, house):
    _, source, _ = house
    other = uuid.uuid4()
    form = {"line": ["no-id", str(other)], f"what-{other}": "publish", f"words-{other}": "Not from here"}
    assert cast.client("engineer").post(reverse("source_publish", args=[source.pk]), form).status_code == 302
    assert published() == set()


def test_the_file_comes_back_byte_for_byte_and_never_as_a_page(cast, house):
    _, source, _ = house
    answer = cast.client("engineer").get(reverse("source_file", args=[source.pk]))
    assert answer.content == b"<script>alert(1)</script> \xff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert '"' not in answer.headers["Content-Disposition"].partition("filename=")[2].strip('"')


def test_only_responders_find_the_way_to_it(cast, house):
    world, source, _ = house
    address = reverse("incident", args=[world.incident.pk])
    assert "/source/" in cast.client("engineer").get(address).content.decode()
    assert "/source/" not in cast.client("manager").get(address).content.decode()
    responder_add(
        open_source(cast.actor("engineer"), source.pk), colleague=cast.manager, role=ResponderRole.SCRIBE
    )
    page = cast.client("manager").get(reverse("source", args=[world.incident.pk])).content.decode()
    assert "Amara Diallo (wrote along)" in page


def test_whoever_did_not_respond_gets_the_same_bytes_as_for_nothing(cast, house):
    world, source, _ = house
    client = cast.client("manager")
    client.get(reverse("today"))
    for name, here, nothing in (
        ("source", world.incident.pk, uuid.uuid4()),
        ("source_let_in", world.incident.pk, uuid.uuid4()),
        ("source_file", source.pk, uuid.uuid4()),
        ("source_publish", source.pk, uuid.uuid4()),
        ("incident_confirm", source.pk, uuid.uuid4()),
    ):
        for method in ("get", "post", "put", "options"):
            first = getattr(client, method)(reverse(name, args=[here]))
            second = getattr(client, method)(reverse(name, args=[nothing]))
            assert first.status_code == second.status_code == 404
            assert first.content == second.content
