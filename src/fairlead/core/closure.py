"""The explicit end of a matter: what has to be there before it, what is said, when it is erased (playbook §12).

An organisation's delay never keeps the matter hanging over a person: what the manager or the organisation still owes
is kept, or becomes a debt of the organisation once the engineer has agreed to that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fairlead.core.ledger import Promise, Side, State
from fairlead.core.months import months_later
from fairlead.core.playbook.placeholders import fill, placeholders
from fairlead.core.refusal import Missing

WARNED_BEFORE: Final = timedelta(days=30)  # time to meet, to write, to close it, or to let it go
CLOSED_ALONE: Final = "Nobody led our talk any more, so nobody said it aloud. It was closed by the engineer."
FEWEST_WORDS: Final = 5  # of what has grown; "all good" is no growth put into specific words


@dataclass(frozen=True, slots=True)
class ClosureFacts:
    """What is known before a matter is closed.

    `check_ins_open` counts those whose day has passed and which were neither held nor excused. `debts` are the ids of
    promises that became debts of the organisation, with the engineer's agreement. `growth` are the manager's words
    about what has grown, `said_aloud` that the manager has spoken the closure, `acknowledged` the engineer's answer.
    """

    agreed: bool
    check_ins_held: int
    check_ins_open: int
    promises: tuple[Promise, ...]
    debts: frozenset[str]
    growth: str
    said_aloud: bool
    acknowledged: bool


def missing_to_offer(facts: ClosureFacts) -> tuple[Missing, ...]:
    """Return what is missing before the manager can say that it is closed; empty when nothing is.

    Each promise that is in the way is named by its words, the engineer's before the others'.
    """
    found: list[Missing] = []
    if not facts.agreed:
        found.append(Missing("agreed", "The talk has not been agreed yet."))
    if not facts.check_ins_held:
        found.append(Missing("check_in_held", "At least one check-in that was held."))
    if facts.check_ins_open:
        count = facts.check_ins_open
        words = (
            "One check-in was neither held" if count == 1 else f"{count} check-ins were neither held"
        ) + " nor excused."
        found.append(Missing("check_ins", words))
    found += (
        Missing("engineer_promise", f"The engineer’s promise “{one.words}” is not settled yet.")
        for one in facts.promises
        if one.owed_by is Side.ENGINEER and not _is_settled(one)
    )
    found += (
        Missing(
            "own_promise",
            f"“{one.words}” was promised to the engineer: keep it, or let it become a debt of the organisation "
            "with the engineer’s agreement.",
        )
        for one in may_become_debts(facts.promises)
        if one.id not in facts.debts
    )
    if len(facts.growth.split()) < FEWEST_WORDS:
        found.append(Missing("growth", "What has grown, in specific words, with an example."))
    return tuple(found)


def missing_to_seal(facts: ClosureFacts) -> tuple[Missing, ...]:
    """Return what is missing before the matter is sealed: everything above, said aloud, and acknowledged."""
    found = list(missing_to_offer(facts))
    if not facts.said_aloud:
        found.append(Missing("said_aloud", "The manager says it aloud, in person."))
    if not facts.acknowledged:
        found.append(Missing("acknowledged", "The engineer says that it is closed for them too."))
    return tuple(found)


def may_become_debts(promises: Sequence[Promise]) -> tuple[Promise, ...]:
    """Return the promises of the manager and the organisation that both agreed to and that are not kept."""
    return tuple(
        one
        for one in promises
        if one.owed_by is not Side.ENGINEER and one.state in {State.ACCEPTED, State.NOT_MET}
    )


def _is_settled(promise: Promise) -> bool:
    """A promise of the engineer is settled when it was kept, or when both let go of it."""
    return promise.state in {State.MET, State.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is put into the statement: only what was recorded.

    `kept` are the words of promises that were met, `work` what was given, `seen` what went well.
    """

    growth: str
    kept_by_engineer: tuple[str, ...]
    kept_for_engineer: tuple[str, ...]
    debts: tuple[str, ...]
    erased_on: date
    work: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


def spoken_statement(spoken: Spoken, lines: Sequence[str]) -> tuple[str, ...]:
    """Return the paragraphs of the closure to say aloud: the playbook's lines, filled with what was recorded.

    A line about something of which nothing was recorded is left out.
    """
    recorded = {
        "growth": spoken.growth.strip().rstrip("."),
        "kept_by_engineer": _listed(spoken.kept_by_engineer),
        "kept_for_engineer": _listed(spoken.kept_for_engineer),
        "seen": _listed(spoken.seen),
        "work": _listed(spoken.work),
        "debts": _listed(spoken.debts),
        "erased_on": f"{spoken.erased_on:%-d %B %Y}",
    }
    return tuple(fill(line, recorded) for line in lines if all(recorded[one] for one in placeholders(line)))


def _listed(words: tuple[str, ...]) -> str:
    return "; ".join(one.strip().rstrip(".") for one in words)


def erased_on(closed_on: date, months: int) -> date:
    """Return the day on which a closed matter is erased.

    The day of closing is the first day: closed on 29 January, twelve months end on 28 January. `months` is from 1 to
    12; raises ValueError outside of that, because nobody may keep a closed matter for longer.
    """
    if not 1 <= months <= 12:  # noqa: PLR2004 - the bounds are in the sentence above
        raise ValueError("A closed matter is kept for 1 to 12 months.")
    return months_later(closed_on, months)


def warned_on(erase_on: date) -> date:
    """Return the day on which both are told that what they never closed is about to be erased."""
    return erase_on - WARNED_BEFORE


def is_erased_soon(erase_on: date, today: date) -> bool:
    """Tell whether both have been told, or are about to be, and the day has not come."""
    return warned_on(erase_on) <= today < erase_on
