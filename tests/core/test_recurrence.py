"""A repeat is called so only when all six tests hold; each miss is a debt of the organisation, never of the person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fairlead.core.ledger import Promise, Side, State
from fairlead.core.mistake import Answer
from fairlead.core.recurrence import (
    Earlier,
    as_answers,
    batch_day,
    debts_of,
    is_candidate,
    may_be_filed,
    six_tests,
)

THEIRS = Promise("p1", Side.ENGINEER, Side.MANAGER, "Diff first", State.MET, cadence="always")
SUPPORT = Promise("p2", Side.MANAGER, Side.MANAGER, "Training in November", State.MET, date(2026, 11, 30))
EARLIER = Earlier(
    mechanism="step_skipped",
    mechanism_label="a step was skipped",
    held_on=date(2026, 9, 3),
    had_clear_talk=True,
    promises=(THEIRS, SUPPORT),
    improvements=2,
    improvements_done=2,
    erase_on=date(2027, 3, 2),
)
TODAY = date(2026, 11, 25)


def six(earlier=EARLIER, mechanism="step_skipped", today=TODAY):
    return six_tests(earlier, mechanism=mechanism, today=today)


def test_all_six_hold_when_everything_was_said_promised_and_delivered():
    answers = as_answers(six())
    assert answers.missed() == ()
    assert debts_of(answers) == ()


MISSES = [
    ("same_mechanism", {"mechanism": "wrong_target"}, 0),
    ("clear_talk", {"had_clear_talk": False}, 1),
    ("commitments", {"promises": (SUPPORT,)}, 1),
    ("commitments", {"promises": (replace(THEIRS, state=State.PROPOSED), SUPPORT)}, 1),
    ("support_delivered", {"promises": (THEIRS, replace(SUPPORT, state=State.ACCEPTED))}, 1),
    ("support_delivered", {"promises": (THEIRS, replace(SUPPORT, state=State.NOT_MET))}, 1),
    ("support_delivered", {"promises": (THEIRS,)}, 1),
    ("improvements_completed", {"improvements_done": 1}, 1),
    ("improvements_completed", {"improvements": 0, "improvements_done": 0}, 1),
    ("unexpired", {"erase_on": TODAY - timedelta(days=1)}, 0),
]


@pytest.mark.parametrize(("name", "changes", "debts"), MISSES)
def test_each_thing_that_is_taken_away_is_the_one_test_that_is_missed(name, changes, debts):
    answers = as_answers(six(replace(EARLIER, **changes)))
    assert answers.missed() == (name,)
    assert len(debts_of(answers)) == debts


def test_the_reasons_show_the_earlier_words_and_what_was_delivered():
    reasons = {one.name: one.reason for one in six()}
    assert "Diff first" in reasons["commitments"]
    assert "Training in November" in reasons["support_delivered"]
    late = six(replace(EARLIER, promises=(THEIRS, replace(SUPPORT, state=State.ACCEPTED))))
    assert late[3].answer is Answer.NO
    assert late[3].reason == "Promised and not delivered: “Training in November”."


def test_a_debt_leads_to_nobody():
    answers = as_answers(six(replace(EARLIER, had_clear_talk=False, promises=(), improvements_done=0)))
    for debt in debts_of(answers):
        assert debt.factor in {"O1", "O2", "O3", "O4"}
        assert not any(character.isdigit() for character in debt.words)
        assert "Training" not in debt.words


@pytest.mark.parametrize(
    ("mechanism", "today", "shown"),
    [
        ("step_skipped", TODAY, True),
        ("step_skipped", EARLIER.erase_on, True),
        ("step_skipped", EARLIER.erase_on + timedelta(days=1), False),
        ("wrong_target", TODAY, False),
        ("", TODAY, False),
    ],
)
def test_only_the_same_known_mechanism_within_its_time_is_shown(mechanism, today, shown):
    assert is_candidate(EARLIER, mechanism=mechanism, today=today) is shown


def test_two_matters_of_unknown_mechanism_are_not_the_same():
    assert not is_candidate(replace(EARLIER, mechanism=""), mechanism="", today=TODAY)
    assert six(replace(EARLIER, mechanism=""), mechanism="")[0].answer is Answer.NO


@pytest.mark.parametrize("day", [date(2026, 11, 23) + timedelta(days=n) for n in range(7)])
def test_a_batch_goes_on_the_monday_after_whatever_day_it_is(day):
    assert batch_day(day) == date(2026, 11, 30)


def test_fewer_than_five_cases_are_not_filed():
    assert [may_be_filed(cases) for cases in (0, 1, 4, 5, 6)] == [False, False, False, True, True]
