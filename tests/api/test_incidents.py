"""Incidents through the API: put on record, read, changed, listed page by page."""

from datetime import timedelta

import pytest

from fairlead.commons.incidents.models import Incident
from fairlead.foundation import clock
from tests.api.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(cast):
    return Program(cast.teammate)


def test_an_incident_is_put_on_record_and_read_again(program):
    made = program.incident(kind="near_miss", started_at="2026-01-05T14:27:00+01:00", zone="Europe/Berlin")
    read = program.get(f"/incidents/{made['id']}")
    assert read.json() == made
    assert made["started_at"] == "2026-01-05T13:27:00Z"
    assert made["kind"] == "near_miss"
    assert made["edition"] == 1
    assert read.headers["ETag"] == '"1"'
    assert Incident.objects.count() == 1


def test_a_change_keeps_what_it_does_not_name(program):
    made = program.incident(what_happened="A loop.", severity="sev2")
    answer = program.patch(f"/incidents/{made['id']}", {"severity": "sev1"}, If_Match='"1"')
    assert answer.status_code == 200
    assert answer.json() == {**made, "severity": "sev1", "edition": 2}
    assert answer.headers["ETag"] == '"2"'


@pytest.mark.parametrize("how", ["header", "body"])
def test_a_change_of_what_somebody_else_changed_is_told_so_and_changes_nothing(program, how):
    made = program.incident()
    first = program.patch(f"/incidents/{made['id']}", {"title": "A loop", "edition": 1})
    assert first.status_code == 200
    late = {"title": "Another", **({"edition": 1} if how == "body" else {})}
    answer = program.patch(f"/incidents/{made['id']}", late, If_Match='"1"' if how == "header" else "")
    assert answer.status_code == 409
    assert answer.json()["field"] == "edition"
    assert Incident.objects.get().title == "A loop"


def test_a_change_says_which_edition_it_was_made_from(program):
    made = program.incident()
    answer = program.patch(f"/incidents/{made['id']}", {"title": "Another"})
    assert answer.status_code == 422
    assert answer.json()["field"] == "If-Match"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"mechanism": "gremlins"}, "mechanism"),
        ({"started_at": "2026-01-05T14:00:00Z", "resolved_at": "2026-01-05T13:00:00Z"}, "resolved_at"),
        ({"started_at": "2026-01-05T14:00:00"}, "started_at"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, "started_at"),
        ({"started_at": "9999-12-31T23:59:59-14:00"}, "started_at"),
        ({"title": ""}, "title"),
        ({"title": None}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"severity": "sev9"}, "severity"),
        ({"tilte": "Routing loop"}, "tilte"),
        ({"customer_saw": "Priya Raman saw it"}, "customer_saw"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(program, values, field):
    answer = program.post("/incidents", {"title": "Routing loop", **values})
    assert answer.status_code == 422, answer.content
    problem = answer.json()
    assert problem["field"] == field
    assert problem["title"]
    assert problem["detail"]
    assert not Incident.objects.exists()


def test_words_that_name_somebody_are_refused_with_each_place(program):
    answer = program.post(
        "/incidents", {"title": "Priya Raman broke it", "customer_saw": "jonas@harbour.example"}
    )
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["missing"]
    assert {one["field"] for one in problem["missing"]} == {"title", "customer_saw"}
    assert all(one["words"] for one in problem["missing"])
    assert "Priya" not in problem["neutral"]["title"]


def walk(program, limit, **more):
    seen, cursor, pages = [], "", 0
    while True:
        query = "&".join(
            f"{name}={value}" for name, value in {"limit": limit, "cursor": cursor, **more}.items()
        )
        page = program.get(f"/incidents?{query}").json()
        seen += [one["title"] for one in page["items"]]
        pages += 1
        if page["next"] is None:
            return seen, pages
        cursor = page["next"]


def some_incidents():
    now = clock.now().replace(microsecond=0)
    Incident.objects.bulk_create(
        [
            *(
                Incident(title=f"dated {n}", zone="UTC", started_at=now - timedelta(hours=n // 3))
                for n in range(10)
            ),
            *(Incident(title=f"undated {n}", zone="UTC") for n in range(4)),
        ]
    )


@pytest.mark.parametrize("limit", [1, 3, 5, 10, 14, 200])
def test_page_by_page_everything_comes_once_whatever_the_size(program, limit):
    some_incidents()
    seen, _ = walk(program, limit)
    assert len(seen) == 14
    assert len(set(seen)) == 14
    starts = {one.title: one.started_at for one in Incident.objects.all()}
    dated = [starts[title] for title in seen if starts[title]]
    assert dated == sorted(dated, reverse=True)
    assert all(title.startswith("undated") for title in seen[10:])


def test_what_is_put_on_record_meanwhile_shifts_nothing(program):
    some_incidents()
    first = program.get("/incidents?limit=5").json()
    Incident.objects.create(title="new", zone="UTC", started_at=clock.now())
    second = program.get(f"/incidents?limit=200&cursor={first['next']}").json()
    seen = [one["id"] for one in (*first["items"], *second["items"])]
    assert len(seen) == len(set(seen)) == 14
    assert "new" not in {one["title"] for one in second["items"]}


@pytest.mark.parametrize(
    "cursor",
    ["nonsense", "WzFd", "W251bGwsIngiXQ", "WyJ4IiwieCJd", "%00", "W" * 300, "WyIyMDI2LTAxLTAxIixudWxsXQ"],
)
def test_a_cursor_from_elsewhere_is_refused(program, cursor):
    answer = program.get(f"/incidents?cursor={cursor}")
    assert answer.status_code == 422
    assert answer.json()["field"] == "cursor"


def test_the_list_is_narrowed_by_what_is_asked(program):
    program.incident(
        title="One", kind="near_miss", services="Checkout, search", started_at="2026-01-05T14:00:00Z"
    )
    program.incident(title="Two", severity="sev1", started_at="2026-03-05T14:00:00Z")
    program.incident(title="Three", severity="sev1")
    assert walk(program, 50, kind="near_miss")[0] == ["One"]
    assert walk(program, 50, severity="sev1")[0] == ["Two", "Three"]
    assert walk(program, 50, service="search")[0] == ["One"]
    assert walk(program, 50, since="2026-02-01T00:00:00Z")[0] == ["Two"]
    assert walk(program, 50, until="2026-02-01T00:00:00Z")[0] == ["One"]


def test_a_list_asks_the_database_the_same_number_of_times_whatever_its_length(
    program, django_assert_max_num_queries
):
    some_incidents()
    program.get("/incidents")
    with django_assert_max_num_queries(6):
        program.get("/incidents?limit=200")
