"""When it happens again: the six tests against an earlier matter, and whose debt each miss is (playbook §13).

A repeat is called so only when everything that was promised to the person has come. Whatever is missing is no mark
against them but a debt of the organisation, which goes to the commons without a date, a person or a way back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fairlead.core.ledger import Promise, Side, State
from fairlead.core.mistake import Answer, RepeatTests


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier matter of the same two people, as far as it may still be read.

    `mechanism` is a key of the playbook, empty when it was not known. `had_clear_talk` is true when a conversation was
    held whose record both had read. `improvements_done` and `improvements` count those of its incident. `erase_on` is
    its last day. Promises and improvements are given as they stood when it happened again: what came only afterwards
    could not have helped.
    """

    mechanism: str
    mechanism_label: str
    held_on: date
    had_clear_talk: bool
    promises: tuple[Promise, ...]
    improvements: int
    improvements_done: int
    erase_on: date


@dataclass(frozen=True, slots=True)
class Test:
    """One of the six: its name in the walk, whether it is met, and the sentence that shows what it rests on."""

    name: str
    answer: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class Debt:
    """What the organisation owes: the key of an organisational factor, and words that lead to nobody."""

    factor: str
    words: str


FEWEST: Final = 5  # cases whose misses are filed together; fewer could be told apart

DEBTS: Final = {
    "clear_talk": Debt(
        "O4", "After an incident, a clear talk with a record both can read has to be held. One was not."
    ),
    "commitments": Debt(
        "O4", "After an incident, both sides have to agree on specific commitments. One did not."
    ),
    "support_delivered": Debt("O3", "Support that was promised after an incident was not delivered."),
    "improvements_completed": Debt(
        "O4", "Improvements that were promised after an incident were not completed."
    ),
}


def is_candidate(earlier: Earlier, *, mechanism: str, today: date) -> bool:
    """Tell whether an earlier matter is worth showing: the same known mechanism, and not past its day.

    The outcome plays no part: the same damage by another way is another matter.
    """
    return bool(mechanism) and earlier.mechanism == mechanism and today <= earlier.erase_on


def six_tests(earlier: Earlier, *, mechanism: str, today: date) -> tuple[Test, ...]:
    """Return the six tests with what each rests on, in the playbook's order.

    They are derived from what was recorded, as a suggestion for the walk; a person answers. What is not recorded
    counts as not met, in the person's favour.
    """
    to_them = _agreed(earlier.promises, Side.MANAGER, Side.ORGANISATION)
    open_to_them = [one for one in to_them if one.state is not State.MET]
    by_them = _agreed(earlier.promises, Side.ENGINEER)
    return (
        _test(
            "same_mechanism",
            bool(mechanism) and mechanism == earlier.mechanism,
            f"Both came about in the same way: {earlier.mechanism_label}.",
            "They came about in different ways, or the way is not known.",
        ),
        _test(
            "clear_talk",
            earlier.had_clear_talk,
            f"A talk was held on {earlier.held_on:%-d %B %Y}, and both read its record.",
            "There is no talk on record that both have read.",
        ),
        _test(
            "commitments",
            bool(by_them),
            f"Agreed by both: {_quoted(by_them)}.",
            "No commitment of the engineer was agreed by both.",
        ),
        _test(
            "support_delivered",
            bool(to_them) and not open_to_them,
            f"What was promised to them came: {_quoted(to_them)}.",
            f"Promised and not delivered: {_quoted(open_to_them)}."
            if open_to_them
            else "No support was promised.",
        ),
        _test(
            "improvements_completed",
            earlier.improvements > 0 and earlier.improvements_done == earlier.improvements,
            f"All improvements ({earlier.improvements}) were done before it happened again.",
            f"{earlier.improvements_done} of {earlier.improvements} improvements were done before it happened again."
            if earlier.improvements
            else "No improvement was planned.",
        ),
        _test(
            "unexpired",
            today <= earlier.erase_on,
            f"The record stands until {earlier.erase_on:%-d %B %Y}.",
            "The record has reached its last day and counts no more.",
        ),
    )


def as_answers(tests: Sequence[Test]) -> RepeatTests:
    """Return the tests as the walk takes them."""
    return RepeatTests(**{test.name: test.answer for test in tests})


def debts_of(tests: RepeatTests) -> tuple[Debt, ...]:
    """Return what the organisation owes after these tests, each once, with words that lead to nobody.

    A different mechanism and an expired record are nobody's debt.
    """
    return tuple(DEBTS[name] for name in tests.missed() if name in DEBTS)


def batch_day(today: date) -> date:
    """Return the Monday after a day: what is filed on it tells nobody on which day of the week it was found."""
    return today + timedelta(days=7 - today.weekday())


def may_be_filed(cases: int) -> bool:
    """Tell whether the misses of so many different cases may go to the commons together."""
    return cases >= FEWEST


def _test(name: str, is_met: bool, because: str, otherwise: str) -> Test:  # noqa: FBT001 - what the test is about
    return Test(name, Answer.YES if is_met else Answer.NO, because if is_met else otherwise)


def _agreed(promises: Sequence[Promise], *sides: Side) -> list[Promise]:
    return [
        one
        for one in promises
        if one.owed_by in sides and one.state in {State.ACCEPTED, State.MET, State.NOT_MET}
    ]


def _quoted(promises: Sequence[Promise]) -> str:
    return ", ".join(f"“{one.words.rstrip('.')}”" for one in promises)
