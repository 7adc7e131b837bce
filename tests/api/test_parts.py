"""The parts of an incident through the API: impact, factors, improvements, timeline, messages."""

import uuid
from datetime import date

import pytest

from fairlead.commons.factors.models import Factor
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.messages.models import TeamMessage
from tests.api.programs import Program
from tests.commons.reports import report

pytestmark = pytest.mark.django_db
TIMES = {"started_at": "2026-01-05T14:27:00Z", "resolved_at": "2026-01-05T15:32:00Z"}


@pytest.fixture
def program(cast):
    return Program(cast.teammate)


@pytest.fixture
def at(program):
    return f"/incidents/{program.incident(**TIMES)['id']}"


def test_the_cost_is_said_and_its_range_follows(program, at):
    assert program.get(f"{at}/impact").json() == {"inputs": None, "range": None, "currency": "USD"}
    given = {
        "stated_low": 10_000_00,
        "stated_likely": 18_000_00,
        "stated_high": 20_000_00,
        "support": "heavy",
    }
    told = program.put(f"{at}/impact", given)
    assert told.status_code == 200, told.content
    assert told.json()["range"] == {
        "currency": "USD",
        "low": 1_000_000,
        "likely": 1_800_000,
        "high": 2_000_000,
    }
    assert program.get(f"{at}/impact").json() == told.json()


def test_figures_that_contradict_one_another_are_refused_with_their_field(program, at):
    answer = program.put(f"{at}/impact", {"share_low": "0.9", "share_likely": "0.1", "rate_per_hour": 1000})
    assert answer.status_code == 422
    assert answer.json()["field"]
    for huge in (10**30, 1e308, "1" * 5000):
        assert program.put(f"{at}/impact", {"rate_per_hour": huge}).status_code == 422


def factor(program, at, **values):
    answer = program.post(
        f"{at}/factors", {"question": "A1", "leaf": "lab_differs", "words": "One less.", **values}
    )
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_condition_is_named_and_taken_away_and_a_question_answered(program, at):
    named = factor(program, at)
    said = program.put(f"{at}/factors/A2", {"answer": "no", "reason": "Looked at it."})
    assert said.status_code == 200
    told = {one["key"]: one for one in program.get(f"{at}/factors").json()}
    assert told["A1"]["answer"]["answer"] == "yes"
    assert told["A1"]["factors"] == [named]
    assert told["A2"]["answer"]["reason"] == "Looked at it."
    assert program.delete(f"/factors/{named['id']}").status_code == 204
    assert not Factor.objects.exists()
    assert program.delete(f"/factors/{named['id']}").status_code == 404


def test_what_the_playbook_does_not_know_is_refused(program, at):
    assert program.post(f"{at}/factors", {"question": "Z9", "leaf": "lab_differs"}).status_code == 422
    assert program.put(f"{at}/factors/Z9", {"answer": "no", "reason": "x"}).status_code == 404
    no_reason = program.put(f"{at}/factors/A2", {"answer": "no"})
    assert no_reason.status_code == 422
    assert no_reason.json()["field"] == "reason"


def improvement(named):
    return {
        "words": "The lab gets the second route",
        "factors": [named["id"]],
        "strength": "stronger",
        "owner": "Network team",
        "due_on": "2027-01-08",
        "tracker_link": "https://tracker.example/1",
    }


def test_an_improvement_is_planned_changed_and_found_in_both_lists(program, at):
    given = improvement(factor(program, at))
    made = program.post(f"{at}/improvements", given)
    assert made.status_code == 201, made.content
    address = f"/improvements/{made.json()['id']}"
    changed = program.put(address, {**given, "owner": "Platform team"}, If_Match=made.headers["ETag"])
    assert changed.status_code == 200
    assert changed.json()["owner"] == "Platform team"
    late = program.put(address, given, If_Match=made.headers["ETag"])
    assert late.status_code == 409
    assert program.get(address).json() == changed.json()
    assert program.get(f"{at}/improvements").json()["items"] == [changed.json()]
    assert program.get("/improvements").json() == {"items": [changed.json()], "next": None}
    assert program.get("/improvements?due_before=2027-01-08").json()["items"] == []
    assert program.get("/improvements?strength=weaker").json()["items"] == []


def test_an_improvement_is_called_done_with_evidence_and_opened_again(program, at):
    made = program.post(f"{at}/improvements", improvement(factor(program, at))).json()
    state = f"/improvements/{made['id']}/state"
    assert program.put(state, {"state": "done", "words": ""}, If_Match='"1"').status_code == 422
    done = program.put(state, {"state": "done", "words": "It refused the change."}, If_Match='"1"')
    assert (done.json()["state"], done.json()["closing_words"]) == ("done", "It refused the change.")
    assert (
        program.put(state, {"state": "open", "words": "It let one through."}, If_Match='"1"').status_code
        == 409
    )
    again = program.put(state, {"state": "open", "words": "It let one through.", "edition": 2})
    assert again.json()["state"] == "open"


def test_an_improvement_answers_a_condition_of_its_own_incident(program, at):
    elsewhere = factor(program, f"/incidents/{program.incident()['id']}")
    answer = program.post(f"{at}/improvements", improvement(elsewhere))
    assert answer.status_code == 422
    assert answer.json()["field"] == "factors"
    assert not Improvement.objects.exists()


def test_improvements_come_page_by_page_once_each(program, at):
    named = factor(program, at)
    for day in (1, 1, 1, 2, 3):
        program.post(f"{at}/improvements", {**improvement(named), "due_on": f"2027-01-0{day}"})
    seen, cursor = [], ""
    while cursor is not None:
        page = program.get(f"/improvements?limit=2&cursor={cursor}").json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == 5


def test_the_day_of_a_decision_is_named(program, at):
    given = {"owner": "Network team", "due_on": "2027-01-08"}
    assert program.put(f"{at}/decision-day", given).json() == given
    assert program.get(f"{at}/improvements").json()["decision_day"] == given


def test_the_timeline_is_added_corrected_and_an_entry_taken_out(program, at):
    entries = [
        {"id": str(uuid.uuid4()), "at": f"2026-01-05T14:{minute}:00Z", "words": words}
        for minute, words in (("27", "The change went out"), ("47", "The shop is down"))
    ]
    added = program.post(f"{at}/timeline", {"entries": entries})
    assert added.status_code == 201, added.content
    assert program.post(f"{at}/timeline", {"entries": entries}).json() == added.json()
    one = f"{at}/timeline/{entries[0]['id']}"
    corrected = program.put(one, {"at": entries[0]["at"], "words": "A change went out"}, If_Match='"1"')
    assert corrected.json()["edition"] == 2
    assert program.delete(one, If_Match='"1"').status_code == 409
    assert program.delete(one, If_Match='"2"').status_code == 204
    assert [told["words"] for told in program.get(f"{at}/timeline").json()] == ["The shop is down"]


def test_messages_to_the_team_are_read(program, at):
    TeamMessage.objects.create(
        incident_id=at.split("/")[-1], words="We learned.", released_on=date(2026, 2, 1)
    )
    told = program.get(f"{at}/messages").json()
    assert [(one["words"], one["released_on"]) for one in told] == [("We learned.", "2026-02-01")]


def test_what_is_proved_is_told(cast, program, at):
    factor = program.post(f"{at}/factors", {"question": "A1", "leaf": "lab_differs"}).json()["id"]
    plan = {"words": "A route", "factors": [factor], "strength": "stronger", "owner": "Network team"}
    one = program.post(f"{at}/improvements", {**plan, "due_on": "2027-01-08"}).json()
    assert (one["done"], one["proof"], one["done_by"]) == (False, "", "")
    told = program.post("/proofs/drop", report(one["id"]))
    assert (told.status_code, told.json()["improvement_done"]) == (201, True)
    again = program.post("/proofs/drop", report(one["id"]) | {"at": "not as it was written"})
    assert (again.status_code, again.json()["field"]) == (422, "hash")
    told = program.get(f"/improvements/{one['id']}").json()
    assert (told["done"], told["proof"], told["done_by"], told["state"]) == (True, "proven", "proof", "open")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"format": 2}, "format"),
        ({"max_age_days": 0}, "max_age_days"),
        ({"runs": [{"role": "somebody"}]}, "runs.0.role"),
        ({"new": "field"}, "new"),
        ({"fixtures": {"a b": "x"}}, "fixtures"),
    ],
)
def test_a_report_of_another_shape_is_refused_by_its_field(program, changed, field):
    answer = program.post("/proofs/drop", report("7d1b2f60-0000-4000-8000-000000000001", **changed))
    assert answer.status_code == 422
    assert field in answer.json()["field"]
