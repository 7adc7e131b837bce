"""Who may do what with a talk, decided with a reason."""

import pytest

from fairlead.core.visibility import (
    ACT_WORDS,
    WHO_AND_WHEN,
    Act,
    Actor,
    CaseState,
    ResponderRole,
    Role,
    decide_case,
    may_open_case,
    may_read_source,
    may_write_commons,
)

EVEN_SEALED = {Act.LOOK_BACK, Act.READ_CLOSURE}
ALWAYS_BOTH = EVEN_SEALED | {Act.READ, Act.REMARK, Act.PROMISE, Act.FIX_CHECKIN, Act.CHECK_IN}
ALWAYS_ENGINEER = {
    Act.WRITE_ACCOUNT,
    Act.READ_MESSAGE,
    Act.SAY_HOW,
    Act.ANSWER_CLOSURE,
    Act.GO_ON,
    Act.TAKE_COPY,
}
MANAGER_UNTIL_AGREED = {Act.LEAD_TALK, Act.AGREE}
ALWAYS_MANAGER = {
    Act.COMPARE,
    Act.ESCALATE,
    Act.CLOSE,
    Act.WRITE_NOTES,
    Act.WALK,
    Act.INVITE_RATER,
    Act.DRAFT_MESSAGE,
    Act.RELEASE_MESSAGE,
    Act.HAND_OVER,
}


def test_every_act_has_a_row_and_words_for_the_access_log():
    assert set(WHO_AND_WHEN) == set(ACT_WORDS) == set(Act)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", [CaseState.OPEN, CaseState.AGREED])
def test_nobody_without_a_grant_does_anything(state, act):
    decision = decide_case(None, state, act)
    assert (decision.allowed, decision.reason) == (False, "no valid grant")


@pytest.mark.parametrize("act", Act)
def test_the_second_rater_rates_and_nothing_else(act):
    assert decide_case(Role.SECOND_RATER, CaseState.OPEN, act).allowed is (act is Act.RATE)


@pytest.mark.parametrize("act", Act)
def test_the_engineer_reads_and_replies_whatever_the_state(act):
    for state in (CaseState.OPEN, CaseState.AGREED):
        assert decide_case(Role.ENGINEER, state, act).allowed is (act in ALWAYS_BOTH | ALWAYS_ENGINEER)


@pytest.mark.parametrize("act", Act)
def test_the_manager_leads_until_it_is_agreed_and_writes_after(act):
    always = ALWAYS_BOTH | ALWAYS_MANAGER
    assert decide_case(Role.MANAGER, CaseState.OPEN, act).allowed is (act in always | MANAGER_UNTIL_AGREED)
    assert decide_case(Role.MANAGER, CaseState.AGREED, act).allowed is (act in always)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_once_sealed_the_two_read_that_it_is_closed_and_look_back_and_nobody_does_anything_else(role, act):
    decision = decide_case(role, CaseState.SEALED, act)
    assert decision.allowed is (role is not Role.SECOND_RATER and act in EVEN_SEALED)


def test_every_decision_says_why():
    assert decide_case(Role.ENGINEER, CaseState.OPEN, Act.WALK).reason == "this is for the manager"
    assert decide_case(Role.SECOND_RATER, CaseState.OPEN, Act.READ).reason == (
        "this is for the engineer and the manager"
    )
    assert (
        decide_case(Role.MANAGER, CaseState.AGREED, Act.AGREE).reason == "this talk has already been agreed"
    )
    assert decide_case(Role.MANAGER, CaseState.SEALED, Act.READ).reason.startswith("it is closed and sealed")
    assert decide_case(Role.MANAGER, CaseState.OPEN, Act.AGREE).reason == "granted as the manager"


def somebody(*, manages: tuple[str, ...] = (), belongs_to: tuple[str, ...] = ()) -> Actor:
    return Actor("me", "mark", manages=frozenset(manages), belongs_to=frozenset(belongs_to))


def test_whoever_works_in_a_team_writes_the_commons():
    assert may_write_commons(somebody(belongs_to=("network",))).allowed
    refused = may_write_commons(somebody())
    assert not refused.allowed
    assert "you can read all of them" in refused.reason


@pytest.mark.parametrize(
    ("actor", "engineer", "reason"),
    [
        (somebody(), "they", "only somebody who manages a team can begin a talk"),
        (somebody(manages=("network",)), "me", "a talk needs two people"),
        (somebody(manages=("network",)), "a stranger", "this person is not in a team you manage"),
    ],
)
def test_a_talk_is_begun_only_with_somebody_of_ones_own_team(actor, engineer, reason):
    decision = may_open_case(actor, engineer=engineer, managed=frozenset({"they", "me"}))
    assert (decision.allowed, decision.reason) == (False, reason)


def test_a_manager_begins_a_talk_with_somebody_of_their_team():
    actor = somebody(manages=("network",))
    assert actor.is_manager
    assert may_open_case(actor, engineer="they", managed=frozenset({"they"})).allowed


def test_a_source_is_for_those_who_responded_whatever_they_did():
    assert all(may_read_source(role).allowed for role in ResponderRole)
    assert may_read_source(ResponderRole.SCRIBE).reason == "responded: wrote along"
    nobody = may_read_source(None)
    assert (nobody.allowed, nobody.reason) == (False, "did not respond to this incident")
