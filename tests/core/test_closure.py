"""An end is offered when everything is there, and whatever is missing is named, that thing alone."""

from dataclasses import replace
from datetime import date

import pytest

from fairlead.core.closure import (
    ClosureFacts,
    Spoken,
    erased_on,
    is_erased_soon,
    may_become_debts,
    missing_to_offer,
    missing_to_seal,
    spoken_statement,
    warned_on,
)
from fairlead.core.ledger import Promise, Side, State
from fairlead.core.playbook.reader import load_default

THEIRS = Promise("p1", Side.ENGINEER, Side.MANAGER, "Diff first, even when late", State.MET, cadence="always")
MINE = Promise(
    "p2", Side.MANAGER, Side.MANAGER, "The lab gets the second route", State.MET, date(2026, 12, 6)
)
OURS = Promise(
    "p3", Side.ORGANISATION, Side.MANAGER, "A third person on the rota", State.MET, date(2027, 1, 9)
)
READY = ClosureFacts(
    agreed=True,
    check_ins_held=6,
    check_ins_open=0,
    promises=(THEIRS, MINE, OURS),
    debts=frozenset(),
    growth="They ask for a second look before every border change.",
    said_aloud=True,
    acknowledged=True,
)


def with_promise(promise, **changes):
    return tuple(replace(one, **changes) if one is promise else one for one in READY.promises)


WITHOUT = [
    ("agreed", {"agreed": False}),
    ("check_in_held", {"check_ins_held": 0}),
    ("check_ins", {"check_ins_open": 1}),
    ("check_ins", {"check_ins_open": 3}),
    ("engineer_promise", {"promises": with_promise(THEIRS, state=State.ACCEPTED)}),
    ("engineer_promise", {"promises": with_promise(THEIRS, state=State.NOT_MET)}),
    ("own_promise", {"promises": with_promise(MINE, state=State.ACCEPTED)}),
    ("own_promise", {"promises": with_promise(OURS, state=State.NOT_MET)}),
    ("growth", {"growth": "All good now."}),
]


def test_nothing_is_missing_when_everything_is_there():
    assert missing_to_offer(READY) == missing_to_seal(READY) == ()


@pytest.mark.parametrize(("code", "changes"), WITHOUT)
def test_each_thing_that_is_taken_away_is_exactly_the_one_that_is_named(code, changes):
    assert [one.code for one in missing_to_offer(replace(READY, **changes))] == [code]


@pytest.mark.parametrize("code", ["said_aloud", "acknowledged"])
def test_sealing_asks_for_the_spoken_word_and_the_answer(code):
    facts = replace(READY, **{code: False})
    assert [one.code for one in missing_to_seal(facts)] == [code]
    assert missing_to_offer(facts) == ()


def test_a_promise_in_the_way_is_named_by_its_words():
    (one,) = missing_to_offer(replace(READY, promises=with_promise(MINE, state=State.ACCEPTED)))
    assert MINE.words in one.words


def test_what_the_organisation_delays_becomes_its_debt_and_holds_nobody():
    late = replace(READY, promises=with_promise(OURS, state=State.NOT_MET), debts=frozenset({"p3"}))
    assert missing_to_offer(late) == ()
    assert may_become_debts(late.promises)[0].id == "p3"


def test_a_promise_of_the_engineer_never_becomes_a_debt_of_somebody_else():
    facts = replace(READY, promises=with_promise(THEIRS, state=State.ACCEPTED), debts=frozenset({"p1"}))
    assert [one.code for one in missing_to_offer(facts)] == ["engineer_promise"]
    assert may_become_debts(facts.promises) == ()


LINES = tuple(line.text for line in load_default().closure.lines)


def test_the_statement_says_what_was_recorded_and_nothing_else():
    said = spoken_statement(
        Spoken("They ask first.", ("Diff first.",), ("The lab",), ("A third person",), date(2027, 8, 28)),
        LINES,
    )
    assert said[0] == "This is what has grown since then: They ask first."
    text = " ".join(said)
    for words in ("Diff first", "The lab", "A third person", "by us and not by you", "28 August 2027"):
        assert words in text
    assert "{" not in text


def test_the_statement_tells_what_was_seen_and_what_was_carried():
    said = spoken_statement(
        Spoken("They ask first", (), (), (), date(2027, 8, 28), ("The core change.",), ("Asked early.",)),
        LINES,
    )
    assert said[1:3] == (
        "This I have seen: Asked early.",
        "This is the work you have carried since: The core change.",
    )


def test_the_statement_leaves_out_what_there_is_not():
    said = spoken_statement(Spoken("They ask first", (), (), (), date(2027, 8, 28)), LINES)
    assert said == (
        "This is what has grown since then: They ask first.",
        "I consider it closed.",
        "You have my full confidence.",
        "The record is sealed today and erased on 28 August 2027. I will not bring it up again.",
        "Thank you for the way you went through this.",
    )


def test_an_organisation_says_it_in_its_own_words_and_order():
    spoken = Spoken("They {ask} first", (), (), (), date(2027, 8, 28), seen=("Asked early",))
    said = spoken_statement(
        spoken, ("Over on {erased_on}.", "Seen: {seen}.", "Owed: {debts}.", "Grown: {growth}.")
    )
    assert said == ("Over on 28 August 2027.", "Seen: Asked early.", "Grown: They {ask} first.")


@pytest.mark.parametrize(
    ("closed", "months", "last"),
    [
        (date(2027, 1, 29), 12, date(2028, 1, 28)),
        (date(2027, 1, 29), 1, date(2027, 2, 28)),
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 3, 1), 6, date(2027, 8, 31)),
        (date(2027, 12, 31), 12, date(2028, 12, 30)),
    ],
)
def test_the_day_of_closing_is_the_first_day(closed, months, last):
    assert erased_on(closed, months) == last


@pytest.mark.parametrize("months", [0, 13])
def test_nobody_keeps_it_for_longer(months):
    with pytest.raises(ValueError, match="1 to 12"):
        erased_on(date(2027, 1, 1), months)


@pytest.mark.parametrize(
    ("today", "soon"),
    [
        (date(2027, 12, 28), False),
        (date(2027, 12, 29), True),
        (date(2028, 1, 27), True),
        (date(2028, 1, 28), False),
    ],
)
def test_both_are_told_thirty_days_before_and_until_the_day_comes(today, soon):
    assert warned_on(date(2028, 1, 28)) == date(2027, 12, 29)
    assert is_erased_soon(date(2028, 1, 28), today) is soon
