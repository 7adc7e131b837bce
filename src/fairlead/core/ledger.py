"""The ledger that runs both ways: what a promise may become, by whose hand, and what is still missing.

A promise has somebody who owes it, words both sides accepted, and a due day or a cadence (playbook section
9). Two people write in the ledger, the engineer and the manager; the organisation owes promises too, and
the manager speaks for it. Whoever did not write a promise accepts it, so no promise stands on one click.
Dates are plain days.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from fairlead.core.mistake import MistakeType


class Side(StrEnum):
    """Who owes a promise, or who acts. The organisation owes, but never acts."""

    ENGINEER = "engineer"
    MANAGER = "manager"
    ORGANISATION = "organisation"


class State(StrEnum):
    """Where a promise stands. A replaced promise is withdrawn; the new one stands beside it."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MET = "met"
    NOT_MET = "not_met"


class Action(StrEnum):
    """What somebody may want to do with a promise."""

    PROPOSE = "propose"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REPLACE = "replace"
    MARK_MET = "mark_met"
    MARK_NOT_MET = "mark_not_met"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Promise:
    """One entry. `written_by` is the engineer or the manager; `due` a day; `cadence` words such as "every
    week".
    """

    id: str
    owed_by: Side
    written_by: Side
    words: str
    state: State = State.PROPOSED
    due: date | None = None
    cadence: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an action may happen, why, what is missing by name, and the state the promise has
    afterwards.
    """

    allowed: bool
    reason: str
    missing: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing the ledger lacks before the talk can be called agreed: a stable code and a sentence."""

    code: str
    words: str
    promise_id: str = ""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A promise past its day: `days` is how many days ago it was due. The sentence is the same for every
    side.
    """

    promise_id: str
    owed_by: Side
    days: int
    words: str


@dataclass(frozen=True, slots=True)
class _Who:
    """Who may act, as a test on the actor and the promise, and the sentence that says so either way."""

    may: Callable[[Side, Promise], bool]
    reason: str


_AUTHOR: Final = _Who(
    lambda actor, promise: actor is promise.written_by,
    "Whoever wrote a promise may change or withdraw it while it is not agreed.",
)
_THE_OTHER: Final = _Who(
    lambda actor, promise: actor is not promise.written_by,
    "Whoever did not write a promise answers it, so that both have said yes to the same words.",
)
# The manager speaks for the organisation, so only the engineer can say whether the organisation kept its
# word.
_OWED_TO: Final = _Who(
    lambda actor, promise: actor is other_side(promise.owed_by),
    "The side a promise was made to says whether it was kept. The side that owes it can reply.",
)
_EITHER: Final = _Who(lambda _actor, _promise: True, "Both sides may reply to anything in the ledger.")
_WHO: Final = {
    Action.PROPOSE: _Who(
        _AUTHOR.may, "Each side may propose a promise, its own or the other's, in its own name."
    ),
    Action.ACCEPT: _THE_OTHER,
    Action.DECLINE: _THE_OTHER,
    Action.WITHDRAW: _AUTHOR,
    Action.REPLACE: _AUTHOR,
    Action.MARK_MET: _OWED_TO,
    Action.MARK_NOT_MET: _OWED_TO,
    Action.REPLY: _EITHER,
}
_OPEN: Final = frozenset({State.PROPOSED, State.DECLINED})
_AGREED: Final = frozenset({State.ACCEPTED, State.MET, State.NOT_MET})
_FROM: Final = {
    Action.PROPOSE: frozenset({State.PROPOSED}),
    # After talking about it again, the one who declined may accept the same words.
    Action.ACCEPT: _OPEN,
    Action.DECLINE: frozenset({State.PROPOSED}),
    Action.WITHDRAW: _OPEN,
    Action.REPLACE: _OPEN,
    # A mark can be put right: a late promise that was kept in the end, or a cadence that lapsed.
    Action.MARK_MET: frozenset({State.ACCEPTED, State.NOT_MET}),
    Action.MARK_NOT_MET: frozenset({State.ACCEPTED, State.MET}),
    Action.REPLY: frozenset(State),
}
_TO: Final = {
    Action.ACCEPT: State.ACCEPTED,
    Action.DECLINE: State.DECLINED,
    Action.WITHDRAW: State.WITHDRAWN,
    Action.REPLACE: State.WITHDRAWN,
    Action.MARK_MET: State.MET,
    Action.MARK_NOT_MET: State.NOT_MET,
}
_NEEDS_WHOLE_PROMISE: Final = frozenset({Action.PROPOSE, Action.ACCEPT})
_NEEDS_NOTE: Final = {Action.MARK_MET: "evidence", Action.MARK_NOT_MET: "evidence", Action.REPLY: "text"}
MISSING_WORDS: Final = {
    "words": "Say in words what is promised.",
    "due_or_cadence": "Give the promise a day, or say how often it happens.",
    "evidence": "Say what was seen that shows it.",
    "text": "Write the reply first.",
}
_WRONG_STATE: Final = {
    State.PROPOSED: "This promise has not been answered yet.",
    State.ACCEPTED: "Both sides have said yes to these words. Mark how it went, or propose another.",
    State.DECLINED: "This promise was declined. Talk about it again, then accept, replace or withdraw it.",
    State.WITHDRAWN: "This promise was withdrawn. A new one can be proposed.",
    State.MET: "This promise is marked as kept.",
    State.NOT_MET: "This promise is marked as not kept.",
}
_LEFT_OPEN: Final = {
    State.PROPOSED: "A proposed promise has no answer yet.",
    State.DECLINED: "A declined promise is still open: talk about it again, then replace or withdraw it.",
}
_TURN: Final = {Side.ENGINEER: "It is the engineer's turn.", Side.MANAGER: "It is the manager's turn."}


def decide(action: Action, actor: Side, promise: Promise, note: str = "") -> Decision:
    """Say whether `actor` may do `action` to `promise`, with the reason either way.

    `note` is what comes along: what was seen when a promise is marked, the text of a reply; elsewhere it
    may stay empty (nobody has to justify declining). For PROPOSE, `promise` is the one about to be written;
    for REPLACE it is the old one, and the new one goes through PROPOSE as well.
    """
    if actor is Side.ORGANISATION or promise.written_by is Side.ORGANISATION:
        return _no(promise, "The organisation does not write here. The manager speaks for it.")
    who = _WHO[action]
    if promise.state not in _FROM[action]:
        return _no(promise, _WRONG_STATE[promise.state])
    if not who.may(actor, promise):
        return _no(promise, who.reason)
    missing = _lacking(promise) if action in _NEEDS_WHOLE_PROMISE else _note_lacking(action, note)
    if missing:
        return _no(promise, " ".join(MISSING_WORDS[name] for name in missing), missing)
    return Decision(allowed=True, reason=who.reason, missing=(), state=_TO.get(action, promise.state))


def waiting_for(promise: Promise) -> Side | None:
    """Return whose turn it is: the other side of a proposal, the author of a declined promise, else
    nobody.
    """
    if promise.state is State.PROPOSED:
        return other_side(promise.written_by)
    return promise.written_by if promise.state is State.DECLINED else None


def other_side(side: Side) -> Side:
    """Return the other of the two people; opposite the organisation is the engineer, for the manager speaks
    for it.
    """
    return Side.MANAGER if side is Side.ENGINEER else Side.ENGINEER


def overdue(promises: Iterable[Promise], today: date) -> tuple[Overdue, ...]:
    """Return the accepted promises whose day has passed, longest first; who owes them changes nothing.

    A promise due today is not overdue. One that has only a cadence has no day to pass; check-ins ask about
    it.
    """
    late = [
        Overdue(
            promise.id, promise.owed_by, (today - promise.due).days, _late_words((today - promise.due).days)
        )
        for promise in promises
        if promise.state is State.ACCEPTED and promise.due is not None and promise.due < today
    ]
    return tuple(sorted(late, key=lambda entry: (-entry.days, entry.promise_id)))


def ledger_missing(promises: Iterable[Promise], mistake_type: MistakeType | None) -> tuple[Missing, ...]:
    """Return what the ledger still needs before the talk can be called agreed; empty when nothing is missing.

    `mistake_type` is the type that stands, or None while there is none. The manager always owes at least
    one accepted promise of their own; what the organisation owes does not stand in for it. The engineer
    owes one unless the mistake was honest or has no type: then a systemic improvement is the whole answer
    (playbook section 6). Nothing may be left proposed or declined, because a declined promise is talked
    about again, not overridden.
    """
    entries = tuple(promises)
    found: list[Missing] = []
    agreed = {promise.owed_by for promise in entries if promise.state in _AGREED}
    if Side.MANAGER not in agreed:
        found.append(Missing("manager_owes_nothing", "No promise of the manager is accepted by both yet."))
    if mistake_type not in (None, MistakeType.HONEST) and Side.ENGINEER not in agreed:
        found.append(Missing("engineer_owes_nothing", "No promise of the engineer is accepted by both yet."))
    for promise in entries:
        turn = waiting_for(promise)
        if turn is not None:
            code = f"left_{promise.state.value}"
            found.append(Missing(code, f"{_LEFT_OPEN[promise.state]} {_TURN[turn]}", promise.id))
        elif promise.state in _AGREED:
            found += (
                Missing(f"without_{name}", MISSING_WORDS[name], promise.id) for name in _lacking(promise)
            )
    return tuple(found)


def _no(promise: Promise, reason: str, missing: tuple[str, ...] = ()) -> Decision:
    return Decision(allowed=False, reason=reason, missing=missing, state=promise.state)


def _lacking(promise: Promise) -> tuple[str, ...]:
    missing = () if promise.words.strip() else ("words",)
    return missing if promise.due is not None or promise.cadence.strip() else (*missing, "due_or_cadence")


def _note_lacking(action: Action, note: str) -> tuple[str, ...]:
    return (_NEEDS_NOTE[action],) if action in _NEEDS_NOTE and not note.strip() else ()


def _late_words(days: int) -> str:
    return "It was due yesterday." if days == 1 else f"It was due {days} days ago."
