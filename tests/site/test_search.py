"""Everything in the commons is found by its words a moment after it was written, and nothing else is."""

import uuid
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.commons.factors.services import factor_drop, factor_name
from fairlead.commons.improvements.services import improvement_plan
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_change, incident_record
from fairlead.commons.messages.services import message_release
from fairlead.commons.timeline.services import NewEntry, entries_add
from fairlead.core.search_words import parse
from fairlead.foundation import clock
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import work_once
from fairlead.foundation.search import finding
from fairlead.foundation.search.finding import find, holders
from fairlead.foundation.search.models import Searchable
from fairlead.site.doctor import _search
from fairlead.site.searched import index_everything, index_later, search

pytestmark = pytest.mark.django_db


def record(cast, title="Routing loop in every region", **values):
    return incident_record(
        cast.actor("teammate"), incident_id=uuid.uuid4(), values={"title": title, "zone": "UTC", **values}
    )


def work():
    while work_once(100):
        pass


@pytest.fixture
def story(cast):
    """One incident with a word of its own in every kind of text."""
    priya = cast.actor("teammate")
    incident = record(cast, what_happened="Traffic for the shop went in a circle.", services="Checkout")
    entries_add(
        priya,
        incident=incident,
        entries=[NewEntry(uuid.uuid4(), datetime(2026, 11, 19, 19, 31, tzinfo=UTC), "Graphs fell to zero")],
    )
    factor = factor_name(
        priya,
        factor_id=uuid.uuid4(),
        incident=incident,
        question="A1",
        leaf="lab_differs",
        words="A second default route was missing there.",
    )
    improvement_plan(
        priya,
        improvement_id=uuid.uuid4(),
        incident=incident,
        words="Mirror production in the testbed",
        strength="stronger",
        owner="Network team",
        due_on=date(2027, 1, 8),
        factors=[factor],
    )
    message_release(
        priya,
        message_id=uuid.uuid4(),
        incident=incident,
        words="A configuration passed our process.",
        kept={},
    )
    work()
    return incident


def kinds(typed):
    return sorted(hit.kind for hit in find(parse(typed)).hits)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("routing loops", "incident"),
        ("checkout", "incident"),
        ("graphs", "entry"),
        ("default rout", "factor"),
        ("testbed", "improvement"),
        ("configuration", "message"),
    ],
)
def test_each_kind_of_text_is_found(story, typed, kind):
    assert kinds(typed) == [kind]


@pytest.mark.usefixtures("story")
def test_every_word_has_to_be_there_and_a_phrase_side_by_side():
    assert kinds("routing zebra") == []
    assert kinds('"in a circle"') == ["incident"]
    assert kinds('"circle in"') == []
    assert kinds("circ") == ["incident"]
    assert kinds("circ went") == []


def test_a_word_that_was_taken_away_is_not_found_any_more(cast, story):
    incident_change(
        cast.actor("teammate"), incident_id=story.pk, edition=1, values={"what_happened": "It stood still."}
    )
    factor_drop(cast.actor("teammate"), factor=story.factors.get())
    work()
    assert kinds("circle") == []
    assert kinds("still") == ["incident"]
    assert kinds("default") == []


def test_a_better_match_stands_first(cast):
    record(cast, "Something else", what_happened="Much later, a certificate came up in passing. " * 5)
    wanted = record(cast, "Certificate expired")
    record(cast, "Another", what_happened="Long text. " * 50 + "certificate")
    work()
    assert find(parse("certificate")).hits[0].key == wanted.pk


def test_indexing_twice_changes_nothing(story):
    before = sorted(Searchable.objects.values_list("pk", "kind", "body_words"))
    for _ in index_everything():
        pass
    assert sorted(Searchable.objects.values_list("pk", "kind", "body_words")) == before


def test_a_damaged_index_is_mended(story):
    Searchable.objects.filter(kind="improvement").delete()
    Searchable.objects.filter(kind="incident").update(body="", body_words="")
    assert kinds("testbed") == []
    assert [*index_everything()] == [(1, 1)]
    assert kinds("testbed") == ["improvement"]
    assert kinds("circle") == ["incident"]


def test_what_was_there_before_search_was_is_indexed_in_the_background(cast):
    Incident.objects.bulk_create([Incident(title=f"Old outage number{n}", zone="UTC") for n in range(250)])
    assert "1,000" not in _search().problem
    assert "250 incidents" in _search().problem
    index_later()
    assert not _search().problem
    work()
    assert find(parse("outage")).total == 250
    assert OutboxRow.objects.filter(kind="search_missing", done_at=None).count() == 0
    assert _search().note == "everything is found"
    index_later()
    assert OutboxRow.objects.filter(kind="search_missing", done_at=None).count() == 0


def test_only_so_many_candidates_are_ever_ranked(cast, monkeypatch):
    Incident.objects.bulk_create([Incident(title=f"Same outage {n}", zone="UTC") for n in range(60)])
    for _ in index_everything():
        pass
    monkeypatch.setattr(finding, "CANDIDATES", 50)
    found = find(parse("outage"))
    assert (found.total, found.capped, len(found.hits)) == (50, True, 20)
    assert holders(parse("outage")).capped
    assert len(set(holders(parse("outage")).ids)) == 50
    monkeypatch.setattr(finding, "CANDIDATES", 60)
    assert not find(parse("outage")).capped


def test_pages_hold_every_hit_once(cast):
    Incident.objects.bulk_create([Incident(title=f"Same outage {n}", zone="UTC") for n in range(45)])
    for _ in index_everything():
        pass
    pages = [find(parse("outage"), page=page).hits for page in (1, 2, 3, 4)]
    assert [len(hits) for hits in pages] == [20, 20, 5, 0]
    assert len({hit.key for hits in pages for hit in hits}) == 45


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=120), st.text(alphabet="\"'*:()^-+&|!<>\\ aAND🙂é%_;", max_size=60)))
def test_whatever_is_typed_the_database_answers(story, typed):
    with transaction.atomic():
        find(parse(typed))
        list(holders(parse(typed)).ids)


@pytest.mark.usefixtures("story")
def test_the_page_shows_what_was_found_marked_and_escaped(cast):
    record(cast, "<script>alert(1)</script> loop", what_happened="<img src=x onerror=alert(1)> loop")
    work()
    answer = cast.client("director").get("/search/?q=loop")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "2 texts found" in page
    assert "<mark>loop</mark>" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("typed", ["", '"', "*", "🙂", "' OR 1=1 --", "NEAR(", "x" * 5000, "\x00"])
def test_the_page_takes_whatever_is_typed(cast, typed):
    answer = cast.client("teammate").get("/search/?q=" + quote(typed) + "&kind=nonsense&page=-7")
    assert answer.status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_hits(cast):
    client = cast.client("teammate")
    asked = []
    for number in (1, 30):
        for n in range(number):
            record(cast, f"Same outage {n}")
        work()
        with clock.fixed(clock.now()):  # a sign of life is written once a minute
            client.get("/search/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/search/?q=outage")
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8, queries.captured_queries


@pytest.mark.usefixtures("story")
def test_a_kind_is_chosen_and_a_hit_leads_to_its_page(cast):
    results = search(cast.actor("hr"), "in", kind="improvement").results
    assert [result.label for result in results] == ["Improvement"]
    assert results[0].href.startswith("/improvements/")
    assert results[0].context == "Routing loop in every region"


def test_too_many_hits_are_the_newest_with_those_first_that_say_it_in_their_title(cast, monkeypatch):
    monkeypatch.setattr(finding, "CANDIDATES", 4)
    record(cast, "The outage nobody looks at any more")
    work()
    record(cast, "Outage of the shop")
    work()
    for n in range(3):
        record(cast, f"Number {n}", what_happened="An outage.")
        work()
    found = find(parse("outage"))
    assert found.capped
    first, *others = [hit.title[0].text for hit in found.hits]
    assert first == "Outage"
    assert others == ["Number 2", "Number 1", "Number 0"]


def test_the_beginning_of_a_word_is_looked_for_when_whole_words_do_not_fill_the_page(cast):
    record(cast, "Outages of the outageous shop")
    record(cast, "Outageous")
    work()
    assert len(find(parse("outage")).hits) == 2
    assert len(find(parse('"outage"')).hits) == 1
    assert set(holders(parse("outage")).ids) == set(Incident.objects.values_list("pk", flat=True))
