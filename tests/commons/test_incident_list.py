"""The list of incidents: filters in the address, chips to take them away, pages that stay in order."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.commons.factors.services import factor_name
from fairlead.commons.factors.similar import similar_of
from fairlead.commons.improvements.services import improvement_done, improvement_plan
from fairlead.commons.incidents import listing
from fairlead.commons.incidents.listing import IncidentFilters, Place, incident_list
from fairlead.commons.incidents.models import Incident, IncidentService
from fairlead.commons.incidents.services import incident_change, incident_record
from fairlead.commons.timeline.services import NewEntry, entries_add
from fairlead.foundation import clock
from fairlead.foundation.outbox.worker import work_once

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)


def record(cast, title, **values):
    return incident_record(
        cast.actor("teammate"), incident_id=uuid.uuid4(), values={"title": title, "zone": "UTC", **values}
    )


def work():
    while work_once(100):
        pass


@pytest.fixture
def three(cast):
    """A loop with a condition and an open improvement, a near miss with one that is done, and an old one."""
    actor = cast.actor("teammate")
    loop = record(
        cast,
        "Routing loop",
        started_at=NOON,
        severity="sev1",
        mechanism="untried_in_production",
        services="Shop, Checkout",
        what_happened="Traffic went in a circle.",
    )
    near = record(
        cast,
        "Wrong host, noticed in time",
        started_at=NOON - timedelta(days=30),
        kind="near_miss",
        mechanism="wrong_target",
        services="Database",
    )
    record(cast, "An old outage nobody dated", services="shop-floor")
    for incident, leaf, strength in (
        (loop, "lab_differs", "stronger"),
        (near, "look_alike_targets", "weaker"),
    ):
        question = {"lab_differs": "A1", "look_alike_targets": "A5"}[leaf]
        factor = factor_name(actor, factor_id=uuid.uuid4(), incident=incident, question=question, leaf=leaf)
        one = improvement_plan(
            actor,
            improvement_id=uuid.uuid4(),
            incident=incident,
            words="A change",
            strength=strength,
            owner="Network team",
            due_on=date(2027, 1, 8),
            factors=[factor],
        )
    improvement_done(actor, improvement_id=one.pk, edition=1, closing_words="Seen.")
    work()


def titles(cast, **filters):
    return [one.title for one in incident_list(cast.actor("hr"), IncidentFilters(**filters)).incidents]


LOOP, NEAR, OLD = "Routing loop", "Wrong host, noticed in time", "An old outage nobody dated"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [LOOP, NEAR, OLD]),
        ({"kind": "near_miss"}, [NEAR]),
        ({"kind": "incident"}, [LOOP, OLD]),
        ({"severity": "sev1"}, [LOOP]),
        ({"mechanism": "wrong_target"}, [NEAR]),
        ({"service": "checkout"}, [LOOP]),
        ({"service": "SHOP"}, [LOOP, OLD]),
        ({"service": "hop"}, []),
        ({"factor": "lab_differs"}, [LOOP]),
        ({"strength": "weaker"}, [NEAR]),
        ({"unfinished": True}, [LOOP]),
        ({"since": date(2026, 11, 20)}, [LOOP]),
        ({"until": date(2026, 10, 21)}, [NEAR]),
        ({"since": date(2026, 10, 21), "until": date(2026, 10, 21)}, [NEAR]),
        ({"since": date(2026, 11, 21)}, []),
        ({"q": "circle"}, [LOOP]),
        ({"q": "a change"}, [LOOP, NEAR]),
        ({"q": "circle", "kind": "near_miss"}, []),
        ({"q": "🙂"}, []),
        ({"kind": "incident", "severity": "sev1", "factor": "lab_differs", "unfinished": True}, [LOOP]),
    ],
)
def test_each_filter_narrows_the_list(cast, filters, found):
    assert titles(cast, **filters) == found


@pytest.mark.usefixtures("three")
def test_a_day_is_a_day_where_the_reader_is(cast):
    record(cast, "Late at night", started_at=datetime(2026, 11, 21, 3, 30, tzinfo=UTC))
    assert "Late at night" in titles(cast, until=date(2026, 11, 20), zone="America/New_York")
    assert "Late at night" not in titles(cast, until=date(2026, 11, 20), zone="UTC")


def test_pages_hold_everything_once_and_in_order(cast, monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 7)
    same = NOON - timedelta(days=3)
    Incident.objects.bulk_create(
        [Incident(title=f"Of one minute {n}", zone="UTC", started_at=same) for n in range(20)]
        + [
            Incident(title=f"Another {n}", zone="UTC", started_at=NOON - timedelta(hours=n))
            for n in range(20)
        ]
        + [Incident(title=f"Undated {n}", zone="UTC") for n in range(16)]
    )
    seen, after, pages = [], None, 0
    while pages == 0 or after is not None:
        page = incident_list(cast.actor("hr"), IncidentFilters(), after=after)
        seen += page.incidents
        after, pages = page.onward and Place.read(str(page.onward)), pages + 1
    assert pages == 8
    assert len({one.pk for one in seen}) == len(seen) == 56
    assert [one.title.split()[0] for one in seen[-16:]] == ["Undated"] * 16
    dated = [one.started_at for one in seen[:40]]
    assert dated == sorted(dated, reverse=True)


@pytest.mark.parametrize(
    "text", ["", "~", "x~y", f"2026-11-20T17:00:00~{uuid.UUID(int=7)}", "~nonsense", "a" * 500]
)
def test_an_address_that_names_no_place_is_the_beginning(text):
    assert Place.read(text) is None


@pytest.mark.usefixtures("three")
def test_chips_say_what_is_on_and_lead_to_the_list_without_it(cast):
    answer = cast.client("hr").get(
        "/incidents/?q=traffic&severity=sev1&factor=lab_differs&kind=nonsense&since=2026-13-99"
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Words: “traffic”" in text
    assert "Severity: SEV1" in text
    assert "Condition at work: The lab differs from production" in text
    assert text.count('class="chip"') == 3
    assert 'href="?q=traffic&amp;factor=lab_differs&amp;kind=nonsense&amp;since=2026-13-99"' in text
    assert LOOP in text
    assert NEAR not in text


@pytest.mark.usefixtures("three")
def test_a_near_miss_is_called_one_wherever_it_stands(cast):
    near = Incident.objects.get(kind="near_miss")
    client = cast.client("teammate")
    for address in ("/incidents/", f"/incidents/{near.pk}/", "/search/?q=wrong+host", "/"):
        assert "near miss" in client.get(address).content.decode().casefold(), address


@pytest.fixture
def stopped_clock():
    """A sign of life is written once a minute, and a minute may pass while a test on a busy machine goes on."""
    with clock.fixed(clock.now()):
        yield


@pytest.mark.usefixtures("stopped_clock")
def test_the_number_of_queries_does_not_grow_with_the_list(cast, three):
    client, asked = cast.client("teammate"), []
    client.get("/incidents/")
    for address in ("/incidents/", "/incidents/?q=outage&kind=incident&factor=lab_differs&unfinished=on"):
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
            for n in range(12):
                record(cast, f"One more outage {n}", started_at=NOON)
        asked.append(counts)
    assert all(one == other <= 8 for one, other in asked), asked


@pytest.mark.parametrize("few", [0, 1_000])
def test_a_service_gives_the_same_whether_it_is_looked_up_or_walked_to(cast, three, monkeypatch, few):
    monkeypatch.setattr(listing, "_FEW", few)
    actor = cast.actor("teammate")
    titles = [one.title for one in incident_list(actor, IncidentFilters(service="SHOP")).incidents]
    assert titles == ["Routing loop", "An old outage nobody dated"]
    assert incident_list(actor, IncidentFilters(service="hop")).incidents == []


def test_services_follow_their_incident(cast):
    one = record(cast, "A loop", services="Shop, Checkout")
    incident_change(
        cast.actor("teammate"), incident_id=one.pk, edition=1, values={"services": "checkout, Mail"}
    )
    assert sorted(IncidentService.objects.values_list("name", flat=True)) == ["checkout", "mail"]


@pytest.mark.usefixtures("three")
def test_a_similar_incident_stands_on_the_page_with_its_reasons(cast):
    again = record(
        cast,
        "Another routing loop",
        started_at=NOON - timedelta(days=800),
        mechanism="untried_in_production",
        services="shop",
        what_happened="Traffic went in a circle between two routers.",
    )
    work()
    [found] = similar_of(cast.actor("hr"), Incident.objects.get(pk=again.pk))
    assert found.incident.title == LOOP
    assert found.reasons[0].startswith("It came about the same way: Change not tried")
    client = cast.client("director")
    page = client.get(f"/incidents/{again.pk}/").content.decode()
    assert "Has this happened before?" in page
    assert f'href="/incidents/{again.pk}/alike/"' in page
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.get(f"/incidents/{again.pk}/alike/", headers=headers)
        text = answer.content.decode()
        assert ("<html" in text) is not bool(headers)
        assert "HX-Request" in answer["Vary"]
        assert "The same service: shop" in text
        assert "Words in common: circle" in text


@pytest.mark.usefixtures("three")
def test_similar_by_words_alone_is_found_through_the_index(cast):
    one = record(cast, "Routing loop, traffic in a circle once more")
    work()
    [found] = similar_of(cast.actor("hr"), Incident.objects.get(pk=one.pk))
    assert found.incident.title == LOOP
    assert found.reasons[0].startswith("Words in common: ")


def test_what_is_alike_asks_no_more_when_more_is_alike(cast, three):
    client, asked = cast.client("teammate"), []
    loop = Incident.objects.get(title=LOOP)
    client.get("/")
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/incidents/{loop.pk}/alike/")
        asked.append(len(queries))
        for n in range(12):
            record(cast, f"Loop {n}", services="Shop", mechanism="untried_in_production", started_at=NOON)
        work()
    assert asked[1] - asked[0] <= 1  # the conditions of the others are asked for once there are others


@pytest.mark.usefixtures("stopped_clock")
def test_the_page_of_an_incident_asks_no_more_however_much_is_known_and_reading_writes_nothing(cast, three):
    client, loop = cast.client("teammate"), Incident.objects.get(title=LOOP)
    actor, factor = cast.actor("teammate"), loop.factors.get()
    pages = (f"/incidents/{loop.pk}/", "/incidents/", "/search/?q=loop", "/improvements/")
    for address in pages:
        client.get(address)
    asked = []
    for _ in range(2):
        for n in range(6):
            record(cast, f"Loop {n}", mechanism="untried_in_production", started_at=NOON + timedelta(days=n))
            entries_add(actor, incident=loop, entries=[NewEntry(uuid.uuid4(), NOON, f"Graphs fell {n}")])
            improvement_plan(
                actor,
                improvement_id=uuid.uuid4(),
                incident=loop,
                words=f"Change {n}",
                strength="stronger",
                owner="Network team",
                due_on=date(2027, 1, 8),
                factors=[factor],
            )
        work()
        counts = []
        for address in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1]
    assert asked[0][0] <= 22
