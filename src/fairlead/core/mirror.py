"""The manager's mirror: what their own acts show, for their eyes alone (playbook §16).

Computed when it is looked at, kept nowhere. Observations with their days and one suggestion each; never a grade, and
nothing about the other person.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Tendency(StrEnum):
    """The three ways a manager may lean. Everybody leans a little."""

    BLAME = "blame"
    IGNORE = "ignore"
    DEVELOP = "develop"


class Kind(StrEnum):
    """What somebody did, or left."""

    WORDS_SENT_ANYWAY = "words_sent_anyway"
    INDIVIDUAL_ONLY = "individual_only"
    TALK_LATE = "talk_late"
    TALK_NEVER = "talk_never"
    PROMISE_OVERDUE = "promise_overdue"
    CHECK_IN_MISSED = "check_in_missed"
    NEVER_CLOSED = "never_closed"
    PREPARED = "prepared"
    IMPROVEMENT_DELIVERED = "improvement_delivered"
    SUPPORT_DELIVERED = "support_delivered"
    CLOSURE_SPOKEN = "closure_spoken"


_TENDENCY: Final = {
    Kind.WORDS_SENT_ANYWAY: Tendency.BLAME,
    Kind.INDIVIDUAL_ONLY: Tendency.BLAME,
    Kind.TALK_LATE: Tendency.IGNORE,
    Kind.TALK_NEVER: Tendency.IGNORE,
    Kind.PROMISE_OVERDUE: Tendency.IGNORE,
    Kind.CHECK_IN_MISSED: Tendency.IGNORE,
    Kind.NEVER_CLOSED: Tendency.IGNORE,
    Kind.PREPARED: Tendency.DEVELOP,
    Kind.IMPROVEMENT_DELIVERED: Tendency.DEVELOP,
    Kind.SUPPORT_DELIVERED: Tendency.DEVELOP,
    Kind.CLOSURE_SPOKEN: Tendency.DEVELOP,
}
SAID: Final = {
    Kind.WORDS_SENT_ANYWAY: "The coach found blame in words that went out as they were.",
    Kind.INDIVIDUAL_ONLY: "A matter ended with something for one person to do, and nothing in the system changed.",
    Kind.TALK_LATE: "A talk was held more than three working days after it was over.",
    Kind.TALK_NEVER: "A talk you prepared for has not been held.",
    Kind.PROMISE_OVERDUE: "A promise of yours is past its day.",
    Kind.CHECK_IN_MISSED: "A check-in was missed.",
    Kind.NEVER_CLOSED: "A matter is past its ninety days and has not been closed.",
    Kind.PREPARED: "You took a quarter of an hour before a talk.",
    Kind.IMPROVEMENT_DELIVERED: "An improvement above a reminder or a training was delivered.",
    Kind.SUPPORT_DELIVERED: "Something you promised came when you said it would.",
    Kind.CLOSURE_SPOKEN: "You said aloud that it was over.",
}
GETS: Final = {
    Tendency.BLAME: "What it gets: mistakes that are hidden until they are large.",
    Tendency.IGNORE: "What it gets: nobody knows what is expected, and the reliable begin to resent it.",
    Tendency.DEVELOP: "What it gets: people who learn, say things early and take sensible risks.",
}
_SUGGESTS: Final = {
    Kind.WORDS_SENT_ANYWAY: "Before the next one goes out, read it once as the person it is about.",
    Kind.INDIVIDUAL_ONLY: "Ask once more: besides more care, what would have prevented it?",
    Kind.TALK_LATE: "Put half an hour into today’s calendar as soon as the service is back.",
    Kind.TALK_NEVER: "Begin with one sentence: I have owed you a talk, and I would like to hold it today.",
    Kind.PROMISE_OVERDUE: "Deliver one of them this week, or tell them the new day yourself.",
    Kind.CHECK_IN_MISSED: "Ten minutes tomorrow are worth more than an hour next month.",
    Kind.NEVER_CLOSED: "An end that nobody speaks is not an end. See what is missing for it.",
}
_GOES_ON: Final = "Keep at it. It is seen by the people it reaches."


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done or left, on a day."""

    kind: Kind
    on: date


@dataclass(frozen=True, slots=True)
class Observation:
    """A kind of act and its days, latest first."""

    kind: Kind
    words: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Leaning:
    """What was seen of one tendency, what it gets a manager, and one suggestion (empty when nothing was seen)."""

    tendency: Tendency
    observations: tuple[Observation, ...]
    gets: str
    suggestion: str


def mirror(acts: tuple[Act, ...], *, since: date) -> tuple[Leaning, ...]:
    """Return the three tendencies with what was seen of each since a day.

    The suggestion answers what was seen last. Nothing is weighed or added up into a figure.
    """
    seen = [act for act in acts if act.on >= since]
    return tuple(_leaning(tendency, seen) for tendency in Tendency)


def _leaning(tendency: Tendency, acts: list[Act]) -> Leaning:
    own = [act for act in acts if _TENDENCY[act.kind] is tendency]
    observations = tuple(
        Observation(kind, SAID[kind], tuple(sorted((a.on for a in own if a.kind is kind), reverse=True)))
        for kind in Kind
        if any(act.kind is kind for act in own)
    )
    if not own:
        return Leaning(tendency, (), GETS[tendency], "")
    latest = max(own, key=lambda act: act.on)
    return Leaning(tendency, observations, GETS[tendency], _SUGGESTS.get(latest.kind, _GOES_ON))
