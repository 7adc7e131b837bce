"""Nothing final is recorded before everything is there, each with its day, and the reply before the decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fairlead.core.formal import (
    Act,
    Fulfilled,
    Part,
    Requirement,
    Step,
    decide_formal,
    kept_until,
    may_follow,
    missing_for_decision,
    missing_for_hold,
)
from fairlead.core.playbook.reader import load_default

DECIDED = date(2027, 3, 1)
WORDS = {one.key: one.label for one in load_default().second_talk.required}
ALL = tuple(Fulfilled(one, DECIDED - timedelta(days=7), "Shown in the packet.") for one in Requirement)


def test_nothing_is_missing_when_everything_is_there():
    assert missing_for_decision(ALL, decided_on=DECIDED, words=WORDS) == ()


@pytest.mark.parametrize("gone", list(Requirement))
def test_each_one_that_is_taken_away_is_exactly_the_one_that_is_named(gone):
    left = tuple(one for one in ALL if one.requirement is not gone)
    (missing,) = missing_for_decision(left, decided_on=DECIDED, words=WORDS)
    assert (missing.code, missing.words) == (gone.value, WORDS[gone.value])


def test_what_came_after_the_decision_does_not_count():
    late = tuple(
        replace(one, on=DECIDED + timedelta(days=1)) if one.requirement is Requirement.REPLY else one
        for one in ALL
    )
    assert [one.code for one in missing_for_decision(late, decided_on=DECIDED, words=WORDS)] == ["reply"]


def test_what_came_on_the_day_itself_counts():
    same_day = tuple(replace(one, on=DECIDED) for one in ALL)
    assert missing_for_decision(same_day, decided_on=DECIDED, words=WORDS) == ()


def test_a_day_without_words_shows_nothing():
    empty = tuple(replace(one, words=" ") if one.requirement is Requirement.PLAN else one for one in ALL)
    assert [one.code for one in missing_for_decision(empty, decided_on=DECIDED, words=WORDS)] == ["plan"]


FOLLOWS = {
    (Step.ESCALATED, Step.ACCEPTED),
    (Step.ESCALATED, Step.DECLINED),
    (Step.ESCALATED, Step.WITHDRAWN),
    (Step.ACCEPTED, Step.WITHDRAWN),
    (Step.ACCEPTED, Step.DECIDED),
}


@pytest.mark.parametrize("now", list(Step))
@pytest.mark.parametrize("then", list(Step))
def test_a_step_follows_only_where_the_path_allows_it(now, then):
    assert may_follow(now, then) is ((now, then) in FOLLOWS)


WHO_AND_WHEN = {  # by act: for each of the three, the steps at which it is theirs
    Act.READ: {"manager": "ead", "engineer": "ead", "hr": "ead"},
    Act.READ_PACKET: {"manager": "ead", "engineer": "ead", "hr": "ad"},
    Act.ANSWER: {"hr": "e"},
    Act.WITHDRAW: {"manager": "ea"},
    Act.NOTE: {"manager": "a", "hr": "a"},
    Act.REPLY: {"engineer": "ead"},
    Act.DECIDE: {"hr": "a"},
    Act.HOLD: {"hr": "ad"},
}
LETTERS = {
    Step.ESCALATED: "e",
    Step.ACCEPTED: "a",
    Step.DECIDED: "d",
    Step.DECLINED: "-",
    Step.WITHDRAWN: "-",
}


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("part", list(Part))
def test_each_act_is_for_its_own_people_at_its_own_time(act, step, part):
    decision = decide_formal(part, step, act)
    assert decision.allowed is (LETTERS[step] in WHO_AND_WHEN[act].get(part.value, ""))
    if not decision.allowed:
        mine = part.value in WHO_AND_WHEN[act]
        assert decision.reason == ("this is not for now" if mine else "this is for somebody else in it")


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("step", list(Step))
def test_nobody_else_does_anything(act, step):
    assert decide_formal(None, step, act).reason == "no part in it"
    assert not decide_formal(None, step, act).allowed


TODAY = date(2027, 1, 29)


@pytest.mark.parametrize(
    ("until", "missing"),
    [
        (date(2027, 1, 29), ["until"]),
        (date(2027, 1, 30), []),
        (date(2028, 1, 28), []),
        (date(2028, 1, 29), ["until"]),
    ],
)
def test_a_hold_has_a_day_to_come_within_twelve_months(until, missing):
    assert [one.code for one in missing_for_hold("A court asks.", until, today=TODAY)] == missing


def test_a_hold_without_a_reason_is_none():
    assert [one.code for one in missing_for_hold(" ", date(2027, 2, 1), today=TODAY)] == ["reason"]


@pytest.mark.parametrize(
    ("held", "kept"), [(None, TODAY), (date(2027, 1, 1), TODAY), (date(2027, 6, 1), date(2027, 6, 1))]
)
def test_a_packet_is_kept_until_the_later_of_the_two_days(held, kept):
    assert kept_until(TODAY, held) == kept
