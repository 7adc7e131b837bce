"""The commons to take away: names that stay, filters that count, cells that no spreadsheet runs, flat memory."""

import csv
import gc
import io
import json
import tracemalloc
import uuid
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fairlead.commons.exports.selectors import of_incidents
from fairlead.commons.factors.services import factor_name
from fairlead.commons.improvements.services import improvement_plan
from fairlead.commons.incidents.listing import IncidentFilters, incidents_chosen
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_record
from fairlead.commons.timeline.services import NewEntry, entries_add, entry_drop
from fairlead.core.importing import read_table
from fairlead.foundation import clock
from fairlead.sources.intake.services import incident_bring
from tests.api.programs import Program

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 1, 5, 14, 27, tzinfo=UTC)

# The names that programs of others read. A name may be added at the end; none may change or go.
COLUMNS = {
    "incidents": "id kind title services regions severity zone started_at detected_at reported_at mitigated_at "
    "resolved_at detected_by trigger mechanism mechanism_words customer_saw what_happened page",
    "timeline": "id incident incident_title at words",
    "factors": "id incident incident_title question leaf words raised_by owner",
    "improvements": "id incident incident_title words factors strength owner due_on tracker_link state "
    "closing_words closed_on",
}
WHOLE = {
    *COLUMNS["incidents"].split(),
    *[
        "edition",
        "impact",
        "timeline",
        "answers",
        "factors",
        "improvements",
        "decision_day",
        "messages",
        "review",
    ],
}


def record(cast, title, **values):
    return incident_record(
        cast.actor("teammate"), incident_id=uuid.uuid4(), values={"title": title, "zone": "UTC", **values}
    )


@pytest.fixture
def loop(cast):
    actor = cast.actor("teammate")
    incident = record(
        cast,
        "=Routing, loop",
        zone="America/New_York",
        severity="sev1",
        started_at=NOON,
        detected_at=NOON + timedelta(minutes=3),
        mitigated_at=NOON + timedelta(minutes=60),
        resolved_at=NOON + timedelta(minutes=65),
        what_happened='First this.\nThen "that".',
    )
    factor = factor_name(actor, factor_id=uuid.uuid4(), incident=incident, question="A1", leaf="lab_differs")
    improvement_plan(
        actor,
        improvement_id=uuid.uuid4(),
        incident=incident,
        words="The lab gets the second route",
        strength="stronger",
        owner="Network team",
        due_on=NOON.date(),
        factors=[factor],
    )
    kept, gone = uuid.uuid4(), uuid.uuid4()
    entries_add(
        actor, incident=incident, entries=[NewEntry(kept, NOON, "+1 route"), NewEntry(gone, NOON, "A slip")]
    )
    entry_drop(actor, entry_id=gone, edition=1)
    return incident


def taken(client, table, shape, query=""):
    answer = client.get(reverse("export", args=[table, shape]) + query)
    assert answer.status_code == 200
    return b"".join(answer)


def rows(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("table", COLUMNS)
def test_the_names_of_the_columns_stay_what_they_are(cast, loop, table):
    client = cast.client("hr")
    header, row = rows(taken(client, table, "csv"))
    assert header == COLUMNS[table].split()
    assert len(row) == len(header)
    [thing] = json.loads(taken(client, table, "json"))
    assert set(thing) == (WHOLE if table == "incidents" else set(header))


def test_as_json_an_incident_comes_whole_and_without_what_was_taken_out(cast, loop):
    [thing] = json.loads(taken(cast.client("hr"), "incidents", "json"))
    assert thing["title"] == "=Routing, loop"
    assert [entry["words"] for entry in thing["timeline"]] == ["+1 route"]
    assert [factor["leaf"] for factor in thing["factors"]] == ["lab_differs"]
    assert [answer["question"] for answer in thing["answers"]] == ["A1"]
    assert thing["improvements"][0]["factors"] == [thing["factors"][0]["id"]]
    assert thing["review"] is None


def test_no_cell_is_run_by_a_spreadsheet(cast, loop):
    client = cast.client("hr")
    assert rows(taken(client, "incidents", "csv"))[1][2] == "'=Routing, loop"
    assert rows(taken(client, "timeline", "csv"))[1][4] == "'+1 route"


def test_our_own_table_is_read_again_by_our_own_importer(cast, loop):
    content = taken(cast.client("hr"), "incidents", "csv")
    assert not content.startswith(b"\xef\xbb\xbf")
    reading = read_table(content, now=clock.now())
    assert reading.problems == ()
    [one] = reading.incidents
    assert (one.title, one.zone, one.source_id) == (loop.title, loop.zone, f"csv:{loop.pk}")
    moments = (one.times.started, one.times.detected, one.times.mitigated, one.times.resolved)
    assert moments == (loop.started_at, loop.detected_at, loop.mitigated_at, loop.resolved_at)
    assert one.problems == ()


def test_our_own_table_brought_back_makes_nothing_twice(cast, loop):
    [one] = read_table(taken(cast.client("hr"), "incidents", "csv"), now=clock.now()).incidents
    brought = incident_bring(cast.actor("teammate"), imported=one, kind="csv", content=b"row")
    assert (brought.incident, brought.is_new) == (loop, False)
    assert Incident.objects.count() == 1


def test_a_text_as_long_as_any_does_not_keep_the_row_from_being_read(cast):
    record(cast, "Long", what_happened='"word", ' * 20_000)
    reading = read_table(taken(cast.client("hr"), "incidents", "csv"), now=clock.now())
    assert [one.title for one in reading.incidents] == ["Long"]
    assert reading.problems == ()


def test_the_filters_that_are_set_count(cast, loop):
    record(cast, "Another", severity="sev3")
    client = cast.client("hr")
    assert len(rows(taken(client, "incidents", "csv"))) == 3
    assert [row[2] for row in rows(taken(client, "incidents", "csv", "?severity=sev3"))[1:]] == ["Another"]
    assert len(rows(taken(client, "timeline", "csv", "?severity=sev3"))) == 1
    assert len(rows(taken(client, "improvements", "csv", "?state=done"))) == 1
    assert json.loads(taken(client, "incidents", "json", "?severity=sev2")) == []


def test_the_list_offers_itself_with_its_filters(cast, loop):
    page = cast.client("hr").get(reverse("incidents") + "?severity=sev1&from=x&more=1").content.decode()
    assert 'href="/take-away/incidents.csv?severity=sev1"' in page
    assert (
        'href="/take-away/improvements.json"'
        in cast.client("hr").get(reverse("improvements")).content.decode()
    )


@pytest.mark.parametrize("name", ["incidents.xml", "cases.csv", "sources.json", "factors.pdf"])
def test_nothing_else_can_be_taken_away(cast, name):
    assert cast.client("hr").get(f"/take-away/{name}").status_code == 404


def test_every_incident_comes_once_whatever_the_size_of_a_batch(cast, monkeypatch):
    monkeypatch.setattr("fairlead.commons.exports.selectors._AT_ONCE", 2)
    for number in range(5):
        record(cast, f"Loop {number}", started_at=NOON if number < 3 else None)
    found = [row[2] for row in rows(taken(cast.client("hr"), "incidents", "csv"))[1:]]
    assert sorted(found) == [f"Loop {number}" for number in range(5)]


def test_programs_get_the_same(cast, loop):
    program = Program(cast.hr, "incidents:read")
    for table, columns in COLUMNS.items():
        answer = program.get(f"/exports/{table}?format=csv")
        assert answer.headers["Content-Type"].startswith("text/csv")
        assert rows(b"".join(answer))[0] == columns.split()
    assert json.loads(b"".join(program.get("/exports/incidents?severity=sev4"))) == []
    assert program.get("/exports/incidents?format=xml").status_code == 422


def test_memory_and_questions_do_not_grow_with_the_list(cast):
    made = [Incident(title=f"Loop {n}", zone="UTC", what_happened="word " * 200) for n in range(4_000)]
    Incident.objects.bulk_create(made)
    chosen = incidents_chosen(cast.actor("hr"), IncidentFilters())

    def peak(wanted):
        gc.collect()
        tracemalloc.start()
        pieces = of_incidents(cast.actor("hr"), chosen, table="incidents", shape="json")
        for number, _ in enumerate(islice(pieces, wanted)):
            if number % 500 == 0:
                gc.collect()  # what was fetched refers to itself, and would wait for Python's own round
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(200)  # what is loaded once
    assert peak(4_000) < peak(2_000) * 1.3
    with CaptureQueriesContext(connection) as asked:
        list(islice(of_incidents(cast.actor("hr"), chosen, table="incidents", shape="json"), 200))
    assert len(asked) < 40
