"""The ledger that runs both ways: what a promise may become, by whose hand, and what is still missing.

A promise has somebody who owes it, words both sides accepted, and a due day or a cadence (playbook section 9). Two
people write in the ledger, the engineer and the manager; the organisation owes promises too, and the manager speaks
for it. Whoever did not write a promise accepts it, so no promise stands on one click. Dates are plain days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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
    """One entry. `written_by` is the engineer or the manager; `due` a day; `cadence` words such as "every week"."""

    id: str
    owed_by: Side
    written_by: Side
    words: str
    state: State = State.PROPOSED
    due: date | None = None
    cadence: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an action may happen, why, what is missing by name, and the state the promise has afterwards."""

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
    """A promise past its day: `days` is how many days ago it was due. The sentence is the same for every side."""

    promise_id: str
    owed_by: Side
    days: int
    words: str


def decide(action: Action, actor: Side, promise: Promise, note: str = "") -> Decision:
    """Say whether `actor` may do `action` to `promise`, with the reason either way.

    `note` is what comes along: the evidence for a mark, the text of a reply; empty elsewhere.
    """
    raise NotImplementedError


def waiting_for(promise: Promise) -> Side | None:
    """Return whose turn it is: the other side of a proposal, the author of a declined one, else nobody."""
    raise NotImplementedError


def overdue(promises: Iterable[Promise], today: date) -> tuple[Overdue, ...]:
    """Return the accepted promises whose day has passed, longest first; who owes them changes nothing."""
    raise NotImplementedError


def ledger_missing(promises: Iterable[Promise], mistake_type: MistakeType | None) -> tuple[Missing, ...]:
    """Return what the ledger still needs before the talk can be called agreed; empty when nothing is missing.

    `mistake_type` is the type that stands, or None while there is none.
    """
    raise NotImplementedError
