"""What stands around incidents, through the API: search, what is alike, the board, words that name nobody."""

import uuid
from datetime import UTC, datetime

import pytest

from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.worker import work_once
from tests.api.programs import Program
from tests.rules.world import without_a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return without_a_case(cast)


@pytest.fixture
def program(world):
    return Program(world.cast.teammate)


def test_words_are_found_with_where_people_read_them(world, program):
    while work_once(100):
        pass
    told = program.get("/search?q=second+route&kind=improvement").json()
    assert (told["total"], told["capped"]) == (1, False)
    [one] = told["items"]
    assert (one["kind"], one["id"], one["incident"]) == (
        "improvement",
        str(world.improvement),
        str(world.incident.pk),
    )
    assert one["title"] == "The lab gets the second route"
    assert one["incident_title"] == "Routing loop"
    assert one["page"].endswith(f"/improvements/{world.improvement}/")
    assert program.get("/search?q=").status_code == 422
    assert program.get("/search?q=nowhere").json()["items"] == []


def test_what_is_alike_comes_with_its_reasons(world, program):
    again = program.incident(
        title="Another loop",
        mechanism="untried_in_production",
        started_at=datetime(2026, 1, 5, tzinfo=UTC).isoformat(),
    )
    told = program.get(f"/incidents/{again['id']}/similar").json()
    assert [one["incident"]["id"] for one in told] == [str(world.incident.pk)]
    assert told[0]["reasons"]
    assert program.get(f"/incidents/{uuid.uuid4()}/similar").status_code == 404


def test_the_board_counts_what_is_not_done(program):
    told = program.get("/improvements/board").json()
    line = next(one for one in told["questions"] if one["key"] == "A1")
    assert (line["cells"][0]["strength"], line["cells"][0]["count"]) == ("stronger", 1)
    assert {one["strength"] for one in told["strengths"]} == {"stronger", "intermediate", "weaker"}


def test_words_that_name_nobody_are_declared_and_taken_back(world, program):
    made = program.post("/words-that-name-nobody", {"kind": "word", "words": "Okta"})
    assert made.status_code == 201, made.content
    assert made.json() in program.get("/words-that-name-nobody").json()
    assert AuditEntry.objects.order_by("-sequence").first().action == "harmless.declared"
    assert program.delete(f"/words-that-name-nobody/{made.json()['id']}").status_code == 204
    assert made.json() not in program.get("/words-that-name-nobody").json()


def test_somebody_of_the_roster_cannot_be_declared(program):
    answer = program.post("/words-that-name-nobody", {"kind": "word", "words": "Priya Raman"})
    assert (answer.status_code, answer.json()["field"]) == (422, "words")
    assert program.post("/words-that-name-nobody", {"kind": "role", "words": "SRE"}).status_code == 422


def test_words_alone_find_what_an_incident_would_find(program):
    then = datetime(2026, 1, 5, tzinfo=UTC).isoformat()
    title = "A second default route on the border pair"
    program.incident(title=title, services="shop", started_at=then)
    again = program.incident(title=f"{title} again", services="shop")
    query = f"/incidents/similar?words={title.replace(' ', '+')}+again&services=shop"
    by_words = [one for one in program.get(query).json() if one["incident"]["id"] != again["id"]]
    assert by_words[0]["incident"]["title"] == title
    assert by_words[0]["reasons"][0] == "The same service: shop"
    by_incident = program.get(f"/incidents/{again['id']}/similar").json()
    assert [one["incident"]["id"] for one in by_words] == [one["incident"]["id"] for one in by_incident]
    assert program.get("/incidents/similar").status_code == 422
