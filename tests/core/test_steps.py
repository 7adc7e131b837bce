"""The ten steps: what is missing, by name, and where we are."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Missing
from fairlead.core.steps import (
    Standing,
    TalkFacts,
    missing_for_agreed,
    missing_for_message,
    missing_for_systems,
    missing_for_walk,
    spine,
)

LACK = Missing("left_proposed", "A proposed promise has no answer yet.")
WHOLE = TalkFacts(
    prepared=True,
    talk_ended=True,
    facts_told=True,
    impact_known=True,
    read_by_engineer=True,
    read_by_manager=True,
    type_recorded=True,
    open_questions=(),
    factors=2,
    factors_without_owner=0,
    improvements_above_weaker=1,
    decision_day=False,
    ledger=(),
    engineer_promises_settled=True,
    manager_promises_settled=True,
    first_checkin=True,
    agreed=False,
)
TAKEN_AWAY = {
    "talk": {"talk_ended": False},
    "facts": {"facts_told": False},
    "read_by_engineer": {"read_by_engineer": False},
    "read_by_manager": {"read_by_manager": False},
    "type": {"type_recorded": False},
    "questions": {"open_questions": ("Testing",)},
    "factor": {"factors": 0},
    "factor_owner": {"factors_without_owner": 1},
    "improvement": {"improvements_above_weaker": 0},
    "left_proposed": {"ledger": (LACK,)},
    "first_checkin": {"first_checkin": False},
}


def codes(missing: tuple[Missing, ...]) -> list[str]:
    return [one.code for one in missing]


def test_nothing_is_missing_when_everything_is_there():
    assert missing_for_agreed(WHOLE) == ()


@pytest.mark.parametrize("code", TAKEN_AWAY)
def test_what_is_taken_away_is_named_and_nothing_else(code):
    assert codes(missing_for_agreed(replace(WHOLE, **TAKEN_AWAY[code]))) == [code]


def test_the_questions_still_open_are_named():
    (missing,) = missing_for_systems(replace(WHOLE, open_questions=("Testing", "Review")))
    assert missing.words.endswith("Still open: Testing, Review.")


def test_a_day_for_deciding_stands_in_for_an_improvement():
    assert missing_for_systems(replace(WHOLE, improvements_above_weaker=0, decision_day=True)) == ()


@pytest.mark.parametrize(
    ("held", "told", "missing"),
    [(True, True, []), (False, True, ["talk"]), (True, False, ["facts"]), (False, False, ["talk", "facts"])],
)
def test_the_walk_waits_for_the_talk_and_the_facts(held, told, missing):
    assert codes(missing_for_walk(talk_ended=held, facts_told=told)) == missing


@pytest.mark.parametrize(
    ("held", "written", "read", "missing"),
    [
        (True, True, True, []),
        (False, True, True, ["talk"]),
        (True, False, False, ["message"]),
        (True, True, False, ["message_read"]),
        (False, False, True, ["talk", "message"]),
    ],
)
def test_the_team_is_told_after_the_talk_what_the_engineer_has_read(held, written, read, missing):
    found = missing_for_message(talk_ended=held, message_written=written, message_read=read)
    assert codes(found) == missing


def test_the_spine_has_the_ten_steps_of_the_playbook_in_order():
    assert [step.key for step in spine(WHOLE)] == [step.key for step in load_default().steps]
    assert [step.number for step in spine(WHOLE)] == list(range(1, 11))


def test_before_anything_the_first_step_is_now():
    nothing = replace(
        WHOLE,
        **{field.name: False for field in fields(WHOLE) if isinstance(getattr(WHOLE, field.name), bool)},
        factors=0,
        improvements_above_weaker=0,
    )
    assert [step.standing for step in spine(nothing)][:2] == [Standing.NOW, Standing.NEXT]


def test_once_agreed_the_follow_up_is_now_and_the_closure_comes_after():
    standings = [step.standing for step in spine(replace(WHOLE, agreed=True))]
    assert standings == [Standing.DONE] * 8 + [Standing.NOW, Standing.NEXT]


ANY_FACTS = st.builds(
    TalkFacts,
    open_questions=st.sampled_from([(), ("Testing",)]),
    factors=st.integers(0, 2),
    factors_without_owner=st.integers(0, 1),
    improvements_above_weaker=st.integers(0, 1),
    ledger=st.sampled_from([(), (LACK,)]),
)


@given(ANY_FACTS)
def test_there_is_one_step_now_and_every_step_that_waits_says_for_what(facts):
    steps = spine(facts)
    assert [step.standing for step in steps].count(Standing.NOW) == 1
    for step in steps:
        assert step.standing is not Standing.DONE or step.waits_for == ()
