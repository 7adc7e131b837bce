"""What everybody reads names nobody; what is published does not tell who it was either."""

import re
import uuid
from html import unescape

import pytest

from fairlead.commons.blameless import (
    LONGEST,
    NamesSomebody,
    NotYetDecided,
    places_in,
    refuse_people,
    refuse_to_publish,
    undecided_in,
)
from fairlead.commons.harmless.services import harmless_declare
from fairlead.commons.incidents.models import Incident
from fairlead.core.refusal import Refused

pytestmark = pytest.mark.django_db
PLACES = "The loop ran through core-rtr-02; she saw it in commit 4f2a91c."


def sentences(page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def test_a_refusal_names_each_place_with_its_reason_and_the_neutral_words(cast):
    with pytest.raises(NamesSomebody) as refused:
        refuse_people(
            title="A loop", what_happened="Jonas called Priya Raman.", services="rowan@else.example"
        )
    assert refused.value.field == "what_happened"
    assert [m.words for m in refused.value.missing] == [
        "“Jonas” is somebody's name. Write “the engineer” instead.",
        "“Priya Raman” is somebody's name. Write “the engineer” instead.",
        "“rowan@else.example” is somebody's e-mail address. Write “the team's mailbox” instead.",
    ]
    assert refused.value.neutral == {
        "what_happened": "The engineer called a colleague.",
        "services": "The team's mailbox",
    }


def test_people_on_no_roster_are_refused_too(cast):
    with pytest.raises(NamesSomebody):
        refuse_people(words="Thanks to Zawadi Mwangi for staying.")


def test_what_merely_narrows_it_down_does_not_stop_a_draft(cast):
    refuse_people(what_happened=PLACES)


def test_before_publishing_each_such_place_is_changed_or_kept_with_a_reason(cast):
    with pytest.raises(NotYetDecided) as refused:
        refuse_to_publish({"words": PLACES}, kept={}, zone="UTC")
    places = refused.value.places
    assert [place.finding.kind for place in places] == ["host", "gender", "commit"]
    kept = {place.id: "needed" for place in places}
    refuse_to_publish({"words": PLACES}, kept=kept, zone="UTC")
    with pytest.raises(NotYetDecided):
        refuse_to_publish({"words": PLACES}, kept={**kept, places[0].id: "because"}, zone="UTC")


def test_no_reason_keeps_a_name(cast):
    words = "Jonas made the change."
    kept = {place.id: "thing" for place in places_in({"words": words})}
    with pytest.raises(NamesSomebody):
        refuse_to_publish({"words": words}, kept=kept, zone="UTC")


def test_a_clock_of_another_zone_counts_when_something_is_published(cast):
    words = "At 23:10 CET the shop was gone."
    assert undecided_in(places_in({"words": words}, zone="America/New_York"), {})
    assert not undecided_in(places_in({"words": words}, zone="Europe/Berlin"), {})


def test_what_is_declared_harmless_is_left_alone_but_never_a_person_of_the_roster(cast):
    with pytest.raises(NamesSomebody):
        refuse_people(words="Thanks to Zorbex for the quick answer.")
    harmless_declare(cast.actor("teammate"), word_id=uuid.uuid4(), kind="word", words="zorbex")
    refuse_people(words="Thanks to Zorbex for the quick answer.")
    with pytest.raises(Refused, match="names somebody of this organisation"):
        harmless_declare(cast.actor("teammate"), word_id=uuid.uuid4(), kind="word", words="jonas")
    with pytest.raises(NamesSomebody):
        refuse_people(words="Thanks to Jonas for the quick answer.")


def test_a_role_counts_as_rare_by_the_number_of_people_who_hold_it(cast):
    words = "A line manager and a DBA looked at it."
    assert [p.finding.shown for p in places_in({"words": words})] == ["line manager", "DBA"]
    for role in ("DBA", "line manager"):
        harmless_declare(cast.actor("teammate"), word_id=uuid.uuid4(), kind="role", words=role, holders=5)
    assert places_in({"words": words}) == ()


def test_a_text_too_long_to_be_checked_is_not_taken_unchecked(cast):
    with pytest.raises(Refused, match="at most 200,000 fit") as refused:
        refuse_people(words="a " * LONGEST)
    assert refused.value.field == "words"


# --- in a form ------------------------------------------------------------------------------------------------------


def record(cast, **changed):
    posted = {
        "incident_id": str(uuid.uuid4()),
        "title": "A loop",
        "zone": "UTC",
        "trigger": "change",
        "detected_by": "monitoring",
        "kind": "incident",
        "what_happened": "Jonas rolled the change out. Priya called Jonas.",
        **changed,
    }
    return cast.client("teammate").post("/incidents/new/by-hand/", posted)


def test_the_form_shows_each_place_and_offers_the_neutral_words(cast):
    page = record(cast)
    assert page.status_code == 422
    words = sentences(page)
    assert "names nobody. Nothing was lost" in words
    assert "“Priya” is somebody's name. Write “the engineer” instead." in words
    assert "Use the neutral words and save" in words
    assert "Jonas rolled the change out." in words
    assert not Incident.objects.exists()


def test_one_click_puts_the_neutral_words_in_place_and_saves(cast):
    page = record(cast, neutral_words="1")
    assert page.status_code == 302
    kept = Incident.objects.get()
    assert kept.what_happened == "The engineer rolled the change out. A colleague called the engineer."


def test_enter_saves_and_changes_no_words(cast):
    """The first button of a form is the one that Enter presses."""
    page = record(cast).content.decode()
    form = page[page.index('<form method="post" data-keep') :]
    first = re.search(r"<button[^>]*type=\"submit\"[^>]*>", form)
    assert "neutral_words" not in first.group()


def test_neutral_words_that_do_not_fit_the_field_are_shown_and_not_saved(cast):
    title = ("The change was made by Zawadi " * 8)[:199]
    page = record(cast, title=title, neutral_words="1")
    assert page.status_code == 422
    assert not Incident.objects.exists()
