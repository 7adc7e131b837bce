"""Every operation against every kind of token, from a table written by hand."""

import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.people.programs.models import ApiToken
from fairlead.people.programs.selectors import own_tokens
from fairlead.people.programs.services import token_revoke
from fairlead.site.api import api
from tests.api.programs import Program
from tests.commons.reports import report
from tests.rules.world import seen_of_review, without_a_case

pytestmark = pytest.mark.django_db

READ, WRITE, PLAN = "incidents:read", "incidents:write", "improvements:write"
REPORT = "proofs:report"
LESSONS = "lessons:read"
# What each operation needs; the API's own description is held against this.
SCOPES = {
    "GET /incidents": READ,
    "POST /incidents": WRITE,
    "GET /incidents/{incident_id}": READ,
    "PATCH /incidents/{incident_id}": WRITE,
    "GET /incidents/{incident_id}/impact": READ,
    "PUT /incidents/{incident_id}/impact": WRITE,
    "GET /incidents/{incident_id}/factors": READ,
    "POST /incidents/{incident_id}/factors": WRITE,
    "PUT /incidents/{incident_id}/factors/{question}": WRITE,
    "DELETE /factors/{factor_id}": WRITE,
    "GET /improvements": READ,
    "GET /incidents/{incident_id}/improvements": READ,
    "POST /incidents/{incident_id}/improvements": PLAN,
    "GET /improvements/{improvement_id}": READ,
    "PUT /improvements/{improvement_id}": PLAN,
    "PUT /improvements/{improvement_id}/state": PLAN,
    "PUT /incidents/{incident_id}/decision-day": PLAN,
    "GET /proofs/{name}?improvement={improvement_id}": REPORT,
    "POST /proofs/{name}": REPORT,
    "GET /incidents/{incident_id}/messages": READ,
    "GET /incidents/{incident_id}/review": READ,
    "GET /incidents/{incident_id}/review/draft": READ,
    "PUT /incidents/{incident_id}/review/draft/{key}": WRITE,
    "POST /incidents/{incident_id}/review": WRITE,
    "GET /incidents/{incident_id}/similar": READ,
    "GET /incidents/similar?words=loop": READ,
    "GET /improvements/board": READ,
    "GET /search?q=loop": READ,
    "GET /words-that-name-nobody": READ,
    "POST /words-that-name-nobody": WRITE,
    "DELETE /words-that-name-nobody/{word_id}": WRITE,
    "GET /incidents/{incident_id}/sources": "sources:read",
    "GET /sources/{source_id}": "sources:read",
    "POST /incidents/{incident_id}/sources": "sources:write",
    "GET /exports/incidents": READ,
    "GET /exports/timeline": READ,
    "GET /exports/factors": READ,
    "GET /exports/improvements": READ,
    "GET /incidents/{incident_id}/timeline": READ,
    "POST /incidents/{incident_id}/timeline": WRITE,
    "PUT /incidents/{incident_id}/timeline/{entry_id}": WRITE,
    "DELETE /incidents/{incident_id}/timeline/{entry_id}": WRITE,
    "GET /lessons": LESSONS,
    "GET /lessons/{lesson_id}": LESSONS,
    "GET /lessons/snapshot": LESSONS,
    "PUT /lessons/{lesson_id}/rate": "lessons:rate",
}
OTHER_THINGS = (REPORT, LESSONS, "lessons:rate", "sources:read", "sources:write")


def operations() -> dict[str, str | None]:
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}": operation.get("x-scope")
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
    }


def test_every_operation_is_in_the_table_and_needs_what_the_table_says():
    assert operations() == {operation.partition("?")[0]: scope for operation, scope in SCOPES.items()}


@pytest.fixture
def world(cast):
    return without_a_case(cast)


def body_for(operation: str, world) -> object:
    """A body that is right in every field, so that only the token decides."""
    entry = {"id": str(uuid.uuid4()), "at": "2026-01-05T14:27:00Z", "words": "It began"}
    plan = {
        "words": "Another route",
        "factors": [str(world.factor)],
        "strength": "stronger",
        "owner": "Network team",
        "due_on": "2027-01-08",
    }
    return {
        "POST /incidents": {"title": "Another loop"},
        "PATCH /incidents/{incident_id}": {"title": "A loop", "edition": 1},
        "PUT /incidents/{incident_id}/impact": {"support": "heavy"},
        "POST /incidents/{incident_id}/factors": {"question": "A1", "leaf": "lab_differs"},
        "PUT /incidents/{incident_id}/factors/{question}": {"answer": "no", "reason": "Looked at it."},
        "POST /incidents/{incident_id}/improvements": plan,
        "PUT /improvements/{improvement_id}": plan,
        "PUT /improvements/{improvement_id}/state": {"state": "done", "words": "It runs in the lab."},
        "PUT /incidents/{incident_id}/decision-day": {"owner": "Network team", "due_on": "2027-01-08"},
        "POST /proofs/{name}": report(world.improvement),
        "POST /words-that-name-nobody": {"kind": "word", "words": "Okta"},
        "POST /incidents/{incident_id}/sources": {"text": "14:27 it began"},
        "PUT /incidents/{incident_id}/review/draft/{key}": {"words": "Two routes.", "version": 1},
        "POST /incidents/{incident_id}/review": {"seen": seen_of_review(world)},
        "POST /incidents/{incident_id}/timeline": {"entries": [entry]},
        "PUT /incidents/{incident_id}/timeline/{entry_id}": {
            "at": entry["at"],
            "words": "It began",
            "edition": 1,
        },
        "PUT /lessons/{lesson_id}/rate": {"edition": 1, "fired": 9, "looked_at": 1000},
    }.get(operation)


def ask(program: Program, operation: str, world):
    method, path = operation.split()
    places = {
        "incident_id": world.incident.pk,
        "factor_id": world.factor,
        "improvement_id": world.improvement,
        "name": "drop",
        "key": "lessons",
        "word_id": world.harmless_word,
        "source_id": world.source,
        "lesson_id": world.lesson,
        "question": "A2",
        "entry_id": uuid.uuid4(),
    }
    return program.ask(method, path.format(**places), body_for(operation, world), If_Match='"1"')


# An entry nobody made is not there: whoever may write gets this far.
FOR_WRITERS = {
    "PUT /incidents/{incident_id}/timeline/{entry_id}": 404,
    "DELETE /incidents/{incident_id}/timeline/{entry_id}": 404,
    "POST /incidents": 201,
    "POST /incidents/{incident_id}/factors": 201,
    "POST /incidents/{incident_id}/improvements": 201,
    "POST /incidents/{incident_id}/timeline": 201,
    "DELETE /factors/{factor_id}": 204,
    "POST /proofs/{name}": 201,
    "POST /incidents/{incident_id}/review": 201,
    "POST /words-that-name-nobody": 201,
    "DELETE /words-that-name-nobody/{word_id}": 204,
    "POST /incidents/{incident_id}/sources": 201,
}
# A draft is nothing to somebody who works in no team, and a source nothing to who did not respond.
NOTHING_TO_OTHERS = {
    "GET /sources/{source_id}",
    "GET /incidents/{incident_id}/review/draft",
    "PUT /incidents/{incident_id}/review/draft/{key}",
    "POST /incidents/{incident_id}/review",
}


@pytest.mark.parametrize("operation", SCOPES)
def test_somebody_of_a_team_with_the_scope_is_served(world, operation):
    program = Program(world.cast.teammate, SCOPES[operation])
    assert ask(program, operation, world).status_code == FOR_WRITERS.get(operation, 200)


@pytest.mark.parametrize("operation", SCOPES)
@pytest.mark.parametrize("who", ["hr", "director", "operator"])
def test_somebody_outside_the_teams_reads_and_does_not_write(world, who, operation):
    answer = ask(Program(getattr(world.cast, who)), operation, world)
    if operation in NOTHING_TO_OTHERS:
        assert answer.status_code == 404
        return
    wanted = 200 if operation.startswith("GET") else 404 if FOR_WRITERS.get(operation) == 404 else 403
    assert answer.status_code == wanted


@pytest.mark.parametrize("operation", SCOPES)
def test_a_token_for_other_things_is_told_which_scope_is_missing(world, operation):
    others = {READ, WRITE, PLAN, *OTHER_THINGS} - {SCOPES[operation]}
    answer = ask(Program(world.cast.teammate, *others), operation, world)
    assert answer.status_code == 403
    assert [one["words"] for one in answer.json()["missing"]] == [SCOPES[operation]]


def no_token(world):
    return Program()


def a_made_up_one(world):
    program = Program()
    program.token = "fl_" + "A" * 43
    return program


def a_revoked_one(world):
    program = Program(world.cast.teammate)
    token_revoke(token=own_tokens(world.cast.actor("teammate")).get())
    return program


def one_past_its_last_day(world):
    program = Program(world.cast.teammate)
    ApiToken.objects.update(last_day=clock.now().date() - timedelta(days=1))
    return program


def one_of_somebody_who_left(world):
    program = Program(world.cast.teammate)
    world.cast.teammate.is_active = False
    world.cast.teammate.save()
    return program


def only_a_sign_in(world):
    program = Program()
    program.client = world.cast.client("teammate")
    return program


@pytest.mark.parametrize(
    "without",
    [no_token, a_made_up_one, a_revoked_one, one_past_its_last_day, one_of_somebody_who_left, only_a_sign_in],
)
def test_without_a_valid_token_every_operation_gives_the_same_bytes(world, without):
    program = without(world)
    answers = {operation: ask(program, operation, world) for operation in SCOPES}
    assert {answer.status_code for answer in answers.values()} == {401}
    assert len({answer.content for answer in answers.values()}) == 1
    assert all(answer.headers["WWW-Authenticate"].startswith("Bearer") for answer in answers.values())


def test_the_rights_are_those_of_the_moment(world):
    program = Program(world.cast.teammate)
    assert program.post("/incidents", {"title": "A loop"}).status_code == 201
    world.cast.teammate.memberships.update(ended_at=clock.now())
    assert program.post("/incidents", {"title": "A loop"}).status_code == 403
    assert program.get("/incidents").status_code == 200


def test_what_a_program_does_is_on_record_under_its_owner(world):
    Program(world.cast.teammate).incident()
    last = AuditEntry.objects.order_by("-sequence").first()
    assert (last.action, last.actor) == ("incident.recorded", world.cast.actor("teammate").mark)


def test_a_browser_elsewhere_cannot_make_a_signed_in_person_write(world):
    client: Client = world.cast.client("teammate")
    answer = client.post("/api/v1/incidents", {"title": "A loop"}, content_type="application/json")
    assert answer.status_code == 401


def test_the_private_side_has_no_api():
    src = Path(__file__).parents[2] / "src" / "fairlead"
    places = [src / "private", src / "pulse"]
    speaking = [
        path
        for place in places
        for path in place.rglob("*.py")
        if re.search(r"\bninja\b", path.read_text("utf-8"))
    ]
    assert speaking == []
    assert [path for place in places for path in place.rglob("api.py")] == []
    assert not [path for path in operations() if re.search("case|talk|promise|check-?in|walk|notice", path)]


def test_the_limit_counts_each_token_for_itself(world, settings):
    settings.FAIRLEAD_API_RATE = 3
    program, other = Program(world.cast.teammate), Program(world.cast.teammate)
    answers = [program.get("/incidents") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert set(answers[-1].json()) == {"title", "detail", "field", "missing", "neutral"}
    assert other.get("/incidents").status_code == 200


def test_the_day_a_token_was_used_is_noted_and_nothing_finer(world):
    program = Program(world.cast.teammate)
    assert ApiToken.objects.get().last_used_on is None
    program.get("/incidents")
    assert ApiToken.objects.get().last_used_on == clock.now().date()


def test_a_program_that_reads_costs_three_questions(world, django_assert_num_queries):
    program = Program(world.cast.teammate)
    program.get("/incidents")  # notes the day
    with django_assert_num_queries(3):  # the token with its owner, the owner's places, the incident
        program.get(f"/incidents/{world.incident.pk}")
