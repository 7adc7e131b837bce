"""The ledger that runs both ways: the same rights on both sides, and nothing agreed on one click."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.ledger import (
    MISSING_WORDS,
    Action,
    Promise,
    Side,
    State,
    decide,
    ledger_missing,
    other_side,
    overdue,
    waiting_for,
)
from fairlead.core.mistake import MistakeType

ENGINEER, MANAGER, ORGANISATION = Side
PEOPLE = (ENGINEER, MANAGER)
DAY = date(2026, 12, 1)


def promise(owed_by=ENGINEER, written_by=MANAGER, state=State.PROPOSED, **more):
    given = {"id": "p1", "words": "A dry run before every change.", "due": DAY} | more
    return Promise(owed_by=owed_by, written_by=written_by, state=state, **given)


# Written by hand from the playbook: in which state which hand may do what, and the state afterwards.
# A is the author, B the other of the two people, D whoever it was promised to.
ALLOWED = {
    (Action.PROPOSE, State.PROPOSED): ("A", State.PROPOSED),
    (Action.ACCEPT, State.PROPOSED): ("B", State.ACCEPTED),
    (Action.ACCEPT, State.DECLINED): ("B", State.ACCEPTED),
    (Action.DECLINE, State.PROPOSED): ("B", State.DECLINED),
    (Action.WITHDRAW, State.PROPOSED): ("A", State.WITHDRAWN),
    (Action.WITHDRAW, State.DECLINED): ("A", State.WITHDRAWN),
    (Action.REPLACE, State.PROPOSED): ("A", State.WITHDRAWN),
    (Action.REPLACE, State.DECLINED): ("A", State.WITHDRAWN),
    (Action.MARK_MET, State.ACCEPTED): ("D", State.MET),
    (Action.MARK_MET, State.NOT_MET): ("D", State.MET),
    (Action.MARK_NOT_MET, State.ACCEPTED): ("D", State.NOT_MET),
    (Action.MARK_NOT_MET, State.MET): ("D", State.NOT_MET),
}
PROMISED_TO = {ENGINEER: MANAGER, MANAGER: ENGINEER, ORGANISATION: ENGINEER}


@pytest.mark.parametrize(("action", "state"), list(product(Action, State)))
def test_who_may_do_what_and_what_becomes_of_the_promise(action, state):
    for owed_by, author, actor in product(Side, PEOPLE, Side):
        decision = decide(action, actor, promise(owed_by, author, state), note="Seen in the change log.")
        hand, after = ALLOWED.get((action, state), (None, state))
        expected = {
            "A": actor == author,
            "B": actor != author,
            "D": actor == PROMISED_TO[owed_by],
            None: False,
        }[hand]
        if action is Action.REPLY:
            expected = True
        expected = expected and actor is not ORGANISATION
        assert decision.allowed == expected, (action, state, owed_by, author, actor)
        assert decision.state is (after if expected else state)
        assert decision.reason.endswith(".")
        assert decision.missing == ()


def test_no_promise_is_accepted_by_the_hand_that_wrote_it():
    for owed_by, author in product(Side, PEOPLE):
        assert not decide(Action.ACCEPT, author, promise(owed_by, author)).allowed
        assert decide(Action.ACCEPT, other_side(author), promise(owed_by, author)).allowed


def test_the_organisation_owes_but_never_acts_and_writes_nothing():
    refused = decide(Action.REPLY, ORGANISATION, promise(), note="Hello.")
    assert (refused.allowed, refused.reason) == (
        False,
        "The organisation does not write here. The manager speaks for it.",
    )
    assert not decide(Action.ACCEPT, ENGINEER, promise(ORGANISATION, ORGANISATION)).allowed


def test_the_manager_cannot_mark_the_organisations_promise_as_kept():
    kept = promise(ORGANISATION, MANAGER, State.ACCEPTED)
    assert not decide(Action.MARK_MET, MANAGER, kept, note="Done.").allowed
    assert decide(Action.MARK_MET, ENGINEER, kept, note="The test bench arrived.").allowed


@pytest.mark.parametrize("action", [Action.PROPOSE, Action.ACCEPT])
@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"words": "  "}, ("words",)),
        ({"due": None}, ("due_or_cadence",)),
        ({"due": None, "cadence": " "}, ("due_or_cadence",)),
        ({"words": "", "due": None}, ("words", "due_or_cadence")),
        ({"due": None, "cadence": "every change"}, ()),
    ],
)
def test_a_promise_needs_words_and_a_day_or_a_cadence_before_anybody_says_yes(action, change, missing):
    actor = MANAGER if action is Action.PROPOSE else ENGINEER
    decision = decide(action, actor, promise(**change))
    assert (decision.missing, decision.allowed) == (missing, not missing)
    assert all(MISSING_WORDS[name] in decision.reason for name in missing)


@pytest.mark.parametrize(
    ("action", "missing"),
    [(Action.MARK_MET, "evidence"), (Action.MARK_NOT_MET, "evidence"), (Action.REPLY, "text")],
)
def test_a_mark_needs_what_was_seen_and_a_reply_needs_a_text(action, missing):
    agreed = promise(ENGINEER, MANAGER, State.ACCEPTED)
    decision = decide(action, MANAGER, agreed, note=" \n")
    assert (decision.allowed, decision.missing, decision.state) == (False, (missing,), State.ACCEPTED)
    assert decision.reason == MISSING_WORDS[missing]


def test_declining_needs_no_justification():
    assert decide(Action.DECLINE, ENGINEER, promise()).allowed


def test_the_wrong_hand_is_told_so_before_it_is_told_what_is_missing():
    decision = decide(Action.ACCEPT, MANAGER, promise(due=None))
    assert decision.missing == ()
    assert "Whoever did not write a promise answers it" in decision.reason


@pytest.mark.parametrize("author", PEOPLE)
def test_a_proposal_waits_for_the_other_and_a_declined_one_for_its_author(author):
    turn = {state: waiting_for(promise(written_by=author, state=state)) for state in State}
    assert turn.pop(State.PROPOSED) is other_side(author)
    assert turn.pop(State.DECLINED) is author
    assert set(turn.values()) == {None}


def test_a_declined_promise_can_be_settled_by_either_hand_in_its_own_way():
    declined = promise(state=State.DECLINED)
    assert {action for action in Action if decide(action, MANAGER, declined, "x").allowed} == {
        Action.WITHDRAW,
        Action.REPLACE,
        Action.REPLY,
    }
    assert {action for action in Action if decide(action, ENGINEER, declined, "x").allowed} == {
        Action.ACCEPT,
        Action.REPLY,
    }


def test_overdue_is_counted_from_the_day_after_and_the_longest_comes_first():
    entries = [
        promise(id="today", state=State.ACCEPTED, due=DAY),
        promise(id="yesterday", state=State.ACCEPTED, due=DAY - timedelta(days=1)),
        promise(id="b-week", state=State.ACCEPTED, due=DAY - timedelta(days=7)),
        promise(id="a-week", state=State.ACCEPTED, due=DAY - timedelta(days=7)),
        promise(id="cadence", state=State.ACCEPTED, due=None, cadence="every change"),
    ]
    late = overdue(entries, DAY)
    assert [(entry.promise_id, entry.days) for entry in late] == [
        ("a-week", 7),
        ("b-week", 7),
        ("yesterday", 1),
    ]
    assert [entry.words for entry in late[1:]] == ["It was due 7 days ago.", "It was due yesterday."]


def test_only_an_accepted_promise_can_be_overdue():
    late = {state for state in State if overdue([promise(state=state)], DAY + timedelta(days=9))}
    assert late == {State.ACCEPTED}


@given(st.lists(st.tuples(st.sampled_from(Side), st.integers(-30, 30)), max_size=8))
def test_an_overdue_promise_is_as_loud_whoever_owes_it(entries):
    def told(swap):
        made = [
            promise(
                swap.get(side, side), state=State.ACCEPTED, id=str(number), due=DAY + timedelta(days=days)
            )
            for number, (side, days) in enumerate(entries)
        ]
        return [(entry.promise_id, entry.days, entry.words) for entry in overdue(made, DAY)]

    assert told({}) == told({ENGINEER: MANAGER, MANAGER: ORGANISATION, ORGANISATION: ENGINEER})


THEIRS = promise(ENGINEER, MANAGER, State.ACCEPTED, id="theirs")
MINE = promise(MANAGER, MANAGER, State.ACCEPTED, id="mine", due=None, cadence="every week")
NEEDS_BOTH = (MistakeType.SHORTCUT, MistakeType.REPEAT, MistakeType.BREACH)


def codes(entries, kind):
    return [missing.code for missing in ledger_missing(entries, kind)]


@pytest.mark.parametrize("kind", NEEDS_BOTH)
def test_agreed_needs_a_promise_from_both_sides_where_there_is_something_to_change(kind):
    assert codes([THEIRS, MINE], kind) == []
    assert codes([MINE], kind) == ["engineer_owes_nothing"]
    assert codes([THEIRS], kind) == ["manager_owes_nothing"]
    assert codes([], kind) == ["manager_owes_nothing", "engineer_owes_nothing"]


@pytest.mark.parametrize("kind", [None, MistakeType.HONEST])
def test_an_honest_mistake_asks_nothing_of_the_engineer_and_still_something_of_the_manager(kind):
    assert codes([MINE], kind) == []
    assert codes([THEIRS], kind) == ["manager_owes_nothing"]


def test_the_organisations_promise_does_not_stand_in_for_the_managers_own():
    assert codes([THEIRS, replace(MINE, owed_by=ORGANISATION)], MistakeType.SHORTCUT) == [
        "manager_owes_nothing"
    ]


def test_a_promise_already_kept_or_not_kept_was_agreed_and_a_withdrawn_one_was_not():
    for state in (State.MET, State.NOT_MET):
        assert codes([THEIRS, replace(MINE, state=state)], MistakeType.SHORTCUT) == []
    assert codes([THEIRS, replace(MINE, state=State.WITHDRAWN)], MistakeType.SHORTCUT) == [
        "manager_owes_nothing"
    ]


def test_what_is_left_open_is_named_with_whose_turn_it_is():
    entries = [
        THEIRS,
        MINE,
        promise(id="asked"),
        promise(id="refused", written_by=ENGINEER, state=State.DECLINED),
    ]
    asked, refused = ledger_missing(entries, MistakeType.SHORTCUT)
    assert (asked.code, asked.promise_id) == ("left_proposed", "asked")
    assert asked.words == "A proposed promise has no answer yet. It is the engineer's turn."
    assert (refused.code, refused.promise_id) == ("left_declined", "refused")
    assert refused.words.endswith("replace or withdraw it. It is the engineer's turn.")


def test_an_agreed_promise_without_words_or_day_is_named_even_if_it_came_in_some_other_way():
    bare = replace(MINE, words="", cadence="")
    found = ledger_missing([THEIRS, bare], MistakeType.SHORTCUT)
    assert [(missing.code, missing.promise_id) for missing in found] == [
        ("without_words", "mine"),
        ("without_due_or_cadence", "mine"),
    ]
