"""A request that carries an Idempotency-Key happens once, however often and however close together it is sent."""

import uuid
from datetime import timedelta

import pytest

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_record
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.people.programs.models import GivenAnswer
from fairlead.people.programs.services import forget_answers
from tests.api.programs import Program

KEY = "order-of-the-day"


@pytest.mark.django_db
def test_the_same_request_twice_makes_one_thing_and_gets_one_answer(cast):
    program = Program(cast.teammate)
    first, second = (program.post("/incidents", {"title": "A loop"}, Idempotency_Key=KEY) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["Content-Type"] == second.headers["Content-Type"]
    assert Incident.objects.count() == 1
    assert AuditEntry.objects.filter(action="incident.recorded").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"title": "Another"}, {"title": "A loop", "kind": "near_miss"}])
def test_the_same_key_for_something_else_is_refused(cast, other):
    program = Program(cast.teammate)
    program.post("/incidents", {"title": "A loop"}, Idempotency_Key=KEY)
    answer = program.post("/incidents", other, Idempotency_Key=KEY)
    assert answer.status_code == 409
    assert Incident.objects.count() == 1


@pytest.mark.django_db
def test_the_keys_of_two_tokens_are_two_keys(cast):
    for account in (cast.teammate, cast.engineer):
        Program(account).post("/incidents", {"title": "A loop"}, Idempotency_Key=KEY)
    assert Incident.objects.count() == 2


@pytest.mark.django_db
def test_after_a_refusal_the_corrected_request_may_carry_the_same_key(cast):
    program = Program(cast.teammate)
    refused = program.post("/incidents", {"title": "Priya Raman broke it"}, Idempotency_Key=KEY)
    assert refused.status_code == 422
    assert not GivenAnswer.objects.exists()
    assert program.post("/incidents", {"title": "It broke"}, Idempotency_Key=KEY).status_code == 201


@pytest.mark.django_db
def test_after_a_day_the_key_is_forgotten(cast):
    program = Program(cast.teammate)
    now = clock.now()
    program.post("/incidents", {"title": "A loop"}, Idempotency_Key=KEY)
    with clock.fixed(now + timedelta(hours=23)):
        program.post("/incidents", {"title": "A loop"}, Idempotency_Key=KEY)
        assert forget_answers() == 0
    with clock.fixed(now + timedelta(hours=25)):
        program.post("/incidents", {"title": "A loop"}, Idempotency_Key=KEY)
    assert Incident.objects.count() == 2
    with clock.fixed(now + timedelta(hours=50)):
        assert forget_answers() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_request_that_makes_something_carries_a_key(cast, key):
    program = Program(cast.teammate)
    answer = program.client.post(
        "/api/v1/incidents",
        {"title": "A loop"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {program.token}", **({"Idempotency-Key": key} if key else {})},
    )
    assert answer.status_code == 422
    assert answer.json()["field"] == "Idempotency-Key"


@pytest.mark.django_db
def test_what_is_kept_of_an_answer_names_nobody(cast):
    program = Program(cast.teammate)
    program.post("/incidents", {"title": "A loop"}, Idempotency_Key=KEY)
    kept = repr(GivenAnswer.objects.values().get())
    account = cast.teammate
    for trace in (
        str(account.pk),
        account.pk.hex,
        account.email,
        cast.actor("teammate").mark,
        KEY,
        program.token,
    ):
        assert trace not in kept


@pytest.mark.django_db
def test_when_the_answer_cannot_be_kept_nothing_is_made(cast, monkeypatch):
    program = Program(cast.teammate)

    def breaks(*_args, **_kwargs):
        raise OSError("power cut")

    monkeypatch.setattr(GivenAnswer, "save", breaks)
    assert program.post("/incidents", {"title": "A loop"}, Idempotency_Key=KEY).status_code == 500
    assert not Incident.objects.exists()
    monkeypatch.undo()
    assert program.post("/incidents", {"title": "A loop"}, Idempotency_Key=KEY).status_code == 201
    assert Incident.objects.count() == 1


@pytest.mark.django_db
def test_what_a_refused_write_had_begun_is_taken_back(cast, monkeypatch):
    program = Program(cast.teammate)

    def half_way(*args, **kwargs):
        incident_record(*args, **kwargs)
        raise RuntimeError

    monkeypatch.setattr("fairlead.commons.incidents.api.incident_record", half_way)
    answer = program.post("/incidents", {"title": "A loop"}, Idempotency_Key=str(uuid.uuid4()))
    assert answer.status_code == 500
    assert not Incident.objects.exists()
    assert set(answer.json()) == {"title", "detail", "field", "missing", "neutral"}
