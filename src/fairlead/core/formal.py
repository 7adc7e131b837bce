"""The formal path: opened by a recorded escalation alone, and nothing final before everything is there (playbook §13).

Preconditions follow the Acas Code of Practice on disciplinary and grievance procedures (2015): establish the facts,
inform the employee, let them be accompanied, hear them before deciding, allow an appeal. The tool never recommends
a dismissal; it shows what is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from fairlead.core.months import months_later
from fairlead.core.refusal import Missing
from fairlead.core.visibility import Decision


class Step(StrEnum):
    """Where the formal path stands. It begins with the manager's escalation, and HR takes it on or not."""

    ESCALATED = "escalated"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"


_MAY_FOLLOW: Final = {
    Step.ESCALATED: frozenset({Step.ACCEPTED, Step.DECLINED, Step.WITHDRAWN}),
    Step.ACCEPTED: frozenset({Step.WITHDRAWN, Step.DECIDED}),
    Step.DECLINED: frozenset[Step](),
    Step.WITHDRAWN: frozenset[Step](),
    Step.DECIDED: frozenset[Step](),
}


def may_follow(now: Step, then: Step) -> bool:
    """Tell whether one step of the formal path may follow another."""
    return then in _MAY_FOLLOW[now]


class Part(StrEnum):
    """In what part somebody stands in the formal path."""

    MANAGER = "manager"
    ENGINEER = "engineer"
    HR = "hr"


class Act(StrEnum):
    """What can be done with a formal path and its packet."""

    READ = "read"  # that there is one, why, and what is missing
    READ_PACKET = "read_packet"
    ANSWER = "answer"  # take it on, or not
    WITHDRAW = "withdraw"
    NOTE = "note"  # that a requirement is there
    REPLY = "reply"
    DECIDE = "decide"
    HOLD = "hold"  # keep the packet past its day for a legal matter, and end that


_ALL: Final = frozenset(Part)
_THE_TWO: Final = frozenset({Part.MANAGER, Part.ENGINEER})
_OPEN: Final = frozenset({Step.ESCALATED, Step.ACCEPTED})
_TAKEN_ON: Final = frozenset({Step.ACCEPTED, Step.DECIDED})

# Who reads what is asked twice for the packet: the two always, HR once it has taken it on.
_WHO_AND_WHEN: Final = {
    Act.READ: ((_ALL, _OPEN | _TAKEN_ON),),
    Act.READ_PACKET: ((_THE_TWO, _OPEN | _TAKEN_ON), (frozenset({Part.HR}), _TAKEN_ON)),
    Act.ANSWER: ((frozenset({Part.HR}), frozenset({Step.ESCALATED})),),
    Act.WITHDRAW: ((frozenset({Part.MANAGER}), _OPEN),),
    Act.NOTE: ((frozenset({Part.MANAGER, Part.HR}), frozenset({Step.ACCEPTED})),),
    Act.REPLY: ((frozenset({Part.ENGINEER}), _OPEN | _TAKEN_ON),),
    Act.DECIDE: ((frozenset({Part.HR}), frozenset({Step.ACCEPTED})),),
    Act.HOLD: ((frozenset({Part.HR}), _TAKEN_ON),),
}


def decide_formal(part: Part | None, step: Step, act: Act) -> Decision:
    """Decide whether somebody in this part may do this act now; `part` is None for everybody else."""
    if part is None:
        return Decision(allowed=False, reason="no part in it")
    if any(part in parts and step in steps for parts, steps in _WHO_AND_WHEN[act]):
        return Decision(allowed=True, reason=f"takes part as {part.value}")
    if not any(part in parts for parts, _ in _WHO_AND_WHEN[act]):
        return Decision(allowed=False, reason="this is for somebody else in it")
    return Decision(allowed=False, reason="this is not for now")


class Requirement(StrEnum):
    """What has to be there, each with its day, before anything final can be recorded."""

    DOCUMENTATION = "documentation"
    HR = "hr"
    EXPECTATIONS = "expectations"
    SUPPORT = "support"
    PLAN = "plan"
    COMPANION = "companion"
    REPLY = "reply"
    APPEAL = "appeal"
    ROLE_FIT = "role_fit"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """That one requirement is there: since which day, and the words that show it."""

    requirement: Requirement
    on: date
    words: str


def missing_for_decision(
    fulfilled: tuple[Fulfilled, ...], *, decided_on: date, words: Mapping[str, str]
) -> tuple[Missing, ...]:
    """Return what is missing before anything final can be recorded, each by name; empty when nothing is.

    `words` says each requirement in the playbook's words.

    Something that came only after the day of the decision counts as missing: a reply is heard before it, not after.
    On the day itself is in time. Words have to show it.
    """
    there = {one.requirement for one in fulfilled if one.on <= decided_on and one.words.strip()}
    return tuple(
        Missing(requirement.value, words[requirement.value])
        for requirement in Requirement
        if requirement not in there
    )


LONGEST_HOLD: Final = 12  # months; it can be prolonged, so that a forgotten one keeps nothing for ever


def missing_for_hold(reason: str, until: date, *, today: date) -> tuple[Missing, ...]:
    """Return what is missing before a packet can be put on hold: a reason all three read, and a last day."""
    found: list[Missing] = []
    if not reason.strip():
        found.append(Missing("reason", "Write the reason. All three read it in the same moment."))
    if not today < until <= months_later(today, LONGEST_HOLD):
        found.append(
            Missing(
                "until",
                f"Choose a day to come, within {LONGEST_HOLD} months. A hold can be prolonged before it ends.",
            )
        )
    return tuple(found)


def kept_until(expires_on: date, held_until: date | None) -> date:
    """Return the day on which a packet is destroyed: its own, or the last day of its hold where that is later."""
    return expires_on if held_until is None else max(expires_on, held_until)
