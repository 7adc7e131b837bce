"""Every step posted directly, too early, and by the wrong hand: refused with the reason and the missing thing."""

import re
import uuid
from datetime import timedelta

import pytest

from fairlead.commons.factors.models import Factor, FactorAnswer
from fairlead.commons.improvements.models import DecisionDay, Improvement
from fairlead.commons.messages.models import TeamMessage
from fairlead.core.steps import missing_for_agreed
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.private.cases.models import Case, Notice
from fairlead.private.checkins.models import CheckIn
from fairlead.private.conversations.models import Reading, Text, TextVersion
from fairlead.private.promises.models import Promise
from fairlead.private.promises.services import promise_make
from fairlead.private.talk.facts import talk_facts
from fairlead.private.walks.models import Walk
from tests.private.talks import FETCH, HONEST, Talk
from tests.rules.canaries import private_models

pytestmark = pytest.mark.django_db
MANAGERS = "this is for the manager"
ENGINEERS = "this is for the engineer"

WALK_FORM = {**HONEST, "action": "Rolling it out", "decision": "1", "reasons": "Clear.", "decide": "1"}

# Each step of the talk that one of the two does: its route, a good form, whose it is, and what anybody else is told.
STEPS = [
    ("talk_live", {}, None, "manager", MANAGERS),
    ("talk_heartbeat", {}, {}, "manager", MANAGERS),
    ("talk_end", {}, {}, "manager", MANAGERS),
    ("talk_notes_save", {"slot": "facts"}, {"words": "x", "base": "0"}, "manager", MANAGERS),
    ("talk_account_save", {}, {"words": "x", "base": "0"}, "engineer", ENGINEERS),
    ("talk_walk", {}, WALK_FORM, "manager", MANAGERS),
    ("talk_second_invite", {}, {}, "manager", MANAGERS),
    ("talk_agree", {}, {}, "manager", MANAGERS),
    ("talk_message_save", {}, {"words": "x", "base": "0"}, "manager", MANAGERS),
    ("talk_message_offer", {}, {}, "manager", MANAGERS),
    ("talk_message_read", {}, {}, "engineer", ENGINEERS),
    ("talk_message_release", {}, {}, "manager", MANAGERS),
]


def post(client, talk: Talk, route: str, form: dict[str, object] | None = None, **where: object):
    return client.post(talk.at(route, **where), form or {}, headers=FETCH)


def counts() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in private_models()}


@pytest.mark.parametrize("step", STEPS, ids=[step[0] for step in STEPS])
def test_the_other_of_the_two_is_told_whose_it_is_and_changes_nothing(cast, step):
    route, where, form, whose, told = step
    talk = Talk(cast).told()
    other = cast.client("engineer" if whose == "manager" else "manager")
    before = counts()
    address = talk.at(route, **where)
    answer = other.get(address, headers=FETCH) if form is None else other.post(address, form, headers=FETCH)
    assert answer.status_code == 409
    assert told in answer.json()["problem"]
    assert counts() == before


@pytest.mark.parametrize("step", STEPS, ids=[step[0] for step in STEPS])
@pytest.mark.parametrize("who", ["teammate", "other_manager", "hr", "director", "operator"])
def test_somebody_else_finds_nothing_and_changes_nothing(cast, who, step):
    route, where, form, *_ = step
    talk = Talk(cast).told()
    client, before = cast.client(who), counts()
    address = talk.at(route, **where)
    answer = client.get(address) if form is None else client.post(address, form)
    assert answer.status_code == 404
    assert counts() == before


# --- before its time ------------------------------------------------------------------------------------------------


def test_the_walk_before_the_talk_is_refused_and_names_the_talk(cast):
    talk = Talk(cast)
    talk.write("engineer", "account", "I tried it in the lab.")
    answer = post(cast.client("manager"), talk, "talk_walk", {**WALK_FORM, "walk_id": str(uuid.uuid4())})
    assert answer.status_code == 409
    assert [one.split(":")[0] for one in answer.json()["missing"]] == ["The conversation itself"]
    assert not Walk.objects.exists()


def test_the_walk_before_anything_is_told_is_refused_and_names_the_facts(cast):
    talk = Talk(cast).held()
    answer = post(cast.client("manager"), talk, "talk_walk", {**WALK_FORM, "walk_id": str(uuid.uuid4())})
    assert answer.json()["missing"] == ["What happened in the engineer's own words, or your notes of them."]
    assert not Walk.objects.exists()


def test_a_second_look_before_the_first_decision_is_refused(cast):
    talk = Talk(cast).told()
    form = {"rater": str(cast.other_manager.pk)}
    answer = post(cast.client("manager"), talk, "talk_second_invite", form)
    assert "once the first decision is made" in answer.json()["problem"]


def test_an_honest_mistake_needs_no_second_look(cast):
    talk = Talk(cast).told().walked()
    answer = post(cast.client("manager"), talk, "talk_second_invite", {"rater": str(cast.other_manager.pk)})
    assert "types 3 and 4" in answer.json()["problem"]


def test_the_team_is_told_nothing_before_the_talk_and_before_the_engineer_has_read(cast):
    manager, talk = cast.client("manager"), Talk(cast)
    assert post(manager, talk, "talk_message_release").json()["missing"] == [
        "The conversation itself: hold it, then mark it as held on the live card.",
        "The message itself.",
    ]
    talk.held()
    talk.write("manager", "team_message", "A change passed our process.")
    answer = post(manager, talk, "talk_message_release")
    assert answer.status_code == 409
    (missing,) = answer.json()["missing"]
    assert "The engineer reads the message first" in missing
    assert not TeamMessage.objects.exists()


def test_nothing_leads_the_talk_any_more_once_it_is_agreed(cast):
    talk = Talk(cast).ready()
    manager = cast.client("manager")
    assert post(manager, talk, "talk_agree").status_code == 302
    for route in ("talk_agree", "talk_end", "talk_heartbeat"):
        answer = post(manager, talk, route)
        assert "already been agreed" in answer.json()["problem"], route
    assert Notice.objects.filter(case=talk.case, key="agreed").count() == 1


def test_a_talk_is_held_once_however_often_it_is_said(cast):
    talk, manager = Talk(cast), cast.client("manager")
    post(manager, talk, "talk_end")
    first = Case.objects.get().talk_ended_at
    post(manager, talk, "talk_end")
    assert Case.objects.get().talk_ended_at == first


# --- agreed: each thing taken away in turn --------------------------------------------------------------------------


def _no_facts(talk):
    Text.objects.filter(case=talk.case).delete()


def _without_an_owner(talk):
    Factor.objects.filter(incident=talk.incident, question="O1").update(owner=" ")


def _left_open(talk):
    promise_make(
        talk.opened("engineer", Act.PROMISE),
        promise_id=uuid.uuid4(),
        owed_by="engineer",
        words="Something else",
        cadence="always",
    )


TAKEN_AWAY = {
    "talk": lambda talk: Case.objects.filter(pk=talk.case).update(talk_ended_at=None),
    "facts": _no_facts,
    "read_by_engineer": lambda talk: Reading.objects.filter(case=talk.case, role="engineer").delete(),
    "read_by_manager": lambda talk: Reading.objects.filter(case=talk.case, role="manager").delete(),
    "type": lambda talk: Walk.objects.filter(case=talk.case).delete(),
    "questions": lambda talk: FactorAnswer.objects.filter(incident=talk.incident, question="A3").delete(),
    "factor": lambda talk: Factor.objects.filter(incident=talk.incident).delete(),
    "factor_owner": _without_an_owner,
    "improvement": lambda talk: Improvement.objects.filter(incident=talk.incident).update(strength="weaker"),
    "manager_owes_nothing": lambda talk: Promise.objects.filter(case=talk.case, owed_by="manager").delete(),
    "left_proposed": _left_open,
    "left_declined": lambda talk: Promise.objects.filter(case=talk.case, owed_by="engineer").update(
        state="declined"
    ),
    "first_checkin": lambda talk: CheckIn.objects.filter(case=talk.case).delete(),
}


@pytest.mark.parametrize("code", TAKEN_AWAY)
def test_whatever_is_missing_for_agreed_is_named_and_nothing_else(cast, code):
    talk = Talk(cast).ready()
    assert missing_for_agreed(talk_facts(talk.opened("manager", Act.AGREE))) == ()
    TAKEN_AWAY[code](talk)
    missing = missing_for_agreed(talk_facts(talk.opened("manager", Act.AGREE)))
    assert [one.code for one in missing] == [code]
    answer = post(cast.client("manager"), talk, "talk_agree")
    assert answer.status_code == 409
    assert answer.json()["missing"] == [missing[0].words]
    assert Case.objects.get(pk=talk.case).state == "open"


def test_more_than_an_honest_mistake_needs_a_promise_of_the_engineer_too(cast):
    talk = Talk(cast).ready()
    talk.walked(decision=2)
    Promise.objects.filter(case=talk.case, owed_by="engineer").delete()
    answer = post(cast.client("manager"), talk, "talk_agree")
    assert answer.json()["missing"] == ["No promise of the engineer is accepted by both yet."]


def test_an_improvement_that_was_dropped_answers_nothing_any_more(cast):
    talk = Talk(cast).ready()
    Improvement.objects.filter(incident=talk.incident).update(state="dropped")
    [missing] = missing_for_agreed(talk_facts(talk.opened("manager", Act.AGREE)))
    assert missing.code == "improvement"


def test_a_day_for_deciding_stands_in_for_a_better_improvement(cast):
    talk = Talk(cast).ready()
    TAKEN_AWAY["improvement"](talk)
    DecisionDay.objects.create(incident=talk.incident, owner="Network team", due_on=clock.now().date())
    assert post(cast.client("manager"), talk, "talk_agree").status_code == 302


def test_words_written_after_reading_have_to_be_read_again(cast):
    talk = Talk(cast).ready()
    talk.write("manager", "person", "One more thing.")
    talk.write("engineer", "account", "And another.", base=9)
    answer = post(cast.client("manager"), talk, "talk_agree")
    assert len(answer.json()["missing"]) == 2
    talk.both_read()
    assert post(cast.client("manager"), talk, "talk_agree").status_code == 302


def test_nobody_confirms_words_that_came_while_they_were_reading(cast):
    """The page says what it showed; what was saved since is not read by a click on an older page."""
    talk = Talk(cast).told()
    talk.write("manager", "team_message", "A change passed our process.")
    engineer = cast.client("engineer")
    for route, page, slot in (
        ("talk_message_read", "talk_message", "team_message"),
        ("talk_read", "talk_notes", "facts"),
    ):
        shown = engineer.get(talk.at(page)).content.decode()
        seen = re.search(r'name="seen" value="([^"]+)"', shown).group(1)
        talk.write("manager", slot, "Something else entirely.", base=9)
        answer = post(engineer, talk, route, {"seen": seen})
        assert answer.status_code == 409, route
        assert "changed while you were reading" in answer.json()["problem"]
    assert not Reading.objects.exists()
    shown = engineer.get(talk.at("talk_message")).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', shown).group(1)
    assert post(engineer, talk, "talk_message_read", {"seen": seen}).status_code == 302
    assert post(cast.client("manager"), talk, "talk_message_release").status_code == 302


# --- promises -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("author", ["manager", "engineer"])
@pytest.mark.parametrize("owed_by", ["manager", "engineer", "organisation"])
def test_nobody_accepts_what_they_proposed_themselves(cast, author, owed_by):
    talk = Talk(cast).told()
    made = promise_make(
        talk.opened(author, Act.PROMISE),
        promise_id=uuid.uuid4(),
        owed_by=owed_by,
        words="Diff first",
        cadence="always",
    )
    own, other = cast.client(author), cast.client("engineer" if author == "manager" else "manager")
    for action in ("accept", "decline"):
        answer = post(own, talk, "promise_answer", {"action": action}, promise_id=made.pk)
        assert answer.status_code == 409
        assert "Whoever did not write a promise answers it" in answer.json()["problem"]
    withdrawn = post(other, talk, "promise_answer", {"action": "withdraw"}, promise_id=made.pk)
    assert "Whoever wrote a promise" in withdrawn.json()["problem"]
    assert post(other, talk, "promise_answer", {"action": "accept"}, promise_id=made.pk).status_code == 302
    made.refresh_from_db()
    assert made.state == "accepted"


@pytest.mark.parametrize("action", ["", "met", "mark_met", "propose", "ACCEPT"])
def test_a_promise_is_answered_in_three_ways_only(cast, action):
    talk = Talk(cast).told()
    made = promise_make(
        talk.opened("manager", Act.PROMISE),
        promise_id=uuid.uuid4(),
        owed_by="manager",
        words="x",
        cadence="y",
    )
    answer = post(cast.client("engineer"), talk, "promise_answer", {"action": action}, promise_id=made.pk)
    assert answer.json()["problem"] == "A promise can be accepted, declined or withdrawn."


def test_a_declined_promise_is_not_overridden(cast):
    talk = Talk(cast).told()
    made = promise_make(
        talk.opened("manager", Act.PROMISE),
        promise_id=uuid.uuid4(),
        owed_by="engineer",
        words="x",
        cadence="y",
    )
    manager, engineer = cast.client("manager"), cast.client("engineer")
    post(engineer, talk, "promise_answer", {"action": "decline"}, promise_id=made.pk)
    answer = post(manager, talk, "promise_answer", {"action": "accept"}, promise_id=made.pk)
    assert answer.status_code == 409
    form = {
        "promise_id": str(uuid.uuid4()),
        "replaces": str(made.pk),
        "owed_by": "engineer",
        "words": "Diff first",
        "cadence": "with every change",
    }
    assert post(manager, talk, "promise_make", form).status_code == 302
    assert sorted(Promise.objects.values_list("state", flat=True)) == ["proposed", "withdrawn"]


def test_a_promise_without_a_day_or_a_rhythm_is_not_one(cast):
    talk = Talk(cast).told()
    form = {"promise_id": str(uuid.uuid4()), "owed_by": "manager", "words": "Soon"}
    answer = cast.client("manager").post(talk.at("promise_make"), form)
    assert answer.status_code == 422
    assert "Give the promise a day, or say how often it happens." in answer.content.decode()
    assert not Promise.objects.exists()


# --- the first check-in ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("away", "told"), [(timedelta(hours=-1), "has passed"), (timedelta(days=8), "within seven days")]
)
def test_the_first_check_in_is_in_the_first_week(cast, away, told):
    talk = Talk(cast).held()
    at = (clock.now() + away - timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M")
    answer = cast.client("manager").post(talk.at("first_checkin"), {"at": at})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not CheckIn.objects.exists()


# --- telling the team -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Jonas rolled it out.",
        "LINDQVIST was on it.",
        "It was jonas lindqvist’s change.",
        "Ask @jonasl about it.",
        "Write to jonas@harbour.example.",
        "Write to anybody.else@harbour.example.",
        "Amara will tell you more.",
        "Tomas's team helped.",
    ],
)
def test_a_message_that_names_anybody_never_reaches_the_team(cast, words):
    talk = Talk(cast).told()
    talk.write("manager", "team_message", words)
    post(cast.client("engineer"), talk, "talk_message_read")
    manager = cast.client("manager")
    assert post(manager, talk, "talk_message_offer").status_code == 409
    answer = post(manager, talk, "talk_message_release")
    assert answer.status_code == 409
    assert answer.json()["missing"]
    assert not TeamMessage.objects.exists()


def test_a_released_message_has_no_author_and_no_minute(cast):
    talk = Talk(cast).told()
    talk.write("manager", "team_message", "A change passed our process.")
    post(cast.client("engineer"), talk, "talk_message_read")
    manager = cast.client("manager")
    for _ in range(2):  # a double click tells the team once
        assert post(manager, talk, "talk_message_release").status_code == 302
    message = TeamMessage.objects.get()
    assert {field.name for field in TeamMessage._meta.get_fields()} == {
        "id",
        "incident",
        "words",
        "released_on",
    }
    assert message.released_on == clock.now().date()
    assert (
        str(talk.case) not in cast.client("teammate").get(f"/incidents/{talk.incident.pk}/").content.decode()
    )


def test_the_version_the_engineer_read_is_the_one_that_is_released(cast):
    talk = Talk(cast).told()
    talk.write("manager", "team_message", "A change passed our process.")
    post(cast.client("engineer"), talk, "talk_message_read")
    talk.write("manager", "team_message", "A change passed our process, again.", base=9)
    answer = post(cast.client("manager"), talk, "talk_message_release")
    assert answer.status_code == 409
    assert not TeamMessage.objects.exists()
    assert TextVersion.objects.count() >= 2
