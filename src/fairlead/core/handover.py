"""Who reads what when one of the people of a talk goes: one published table, with what becomes of each thing.

What the next manager needs to keep what was promised goes over: the promises of both sides and the days to come. Of
everything that was said before, a piece goes over only where both have agreed to it, and how somebody is never does.
Whoever goes reads nothing from that moment on. The engineer loses nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Person(StrEnum):
    """Somebody who may read something of a talk. `NEXT` is the manager who goes on with it."""

    MANAGER = "manager"
    ENGINEER = "engineer"
    NEXT = "next"
    RATER = "rater"
    HR = "hr"


class Event(StrEnum):
    """What may happen to the people of a talk. A team that moves is, for its talks, a manager who leads no more."""

    HANDED_OVER = "handed_over"
    MANAGER_LEFT = "manager_left"  # the account is removed, or they manage this team no more
    ENGINEER_MOVED = "engineer_moved"  # into a team that somebody else manages
    ENGINEER_LEFT = "engineer_left"
    RATER_LEFT = "rater_left"
    HR_LEFT = "hr_left"


class Thing(StrEnum):
    """What is kept of a talk, or comes of it."""

    PROMISES = "promises"
    DAYS = "days"
    ACCOUNT = "account"
    NOTES = "notes"
    TYPE = "type"
    EVIDENCE = "evidence"
    CHECK_INS = "check_ins"
    SEEN = "seen"
    WELLBEING = "wellbeing"
    MESSAGE = "message"
    LOOK_BACK = "look_back"
    CLOSURE = "closure"
    TRAIL = "trail"
    PREPARATION = "preparation"
    MIRROR = "mirror"
    REMINDERS = "reminders"
    PACKET = "packet"


THING_WORDS: Final[Mapping[Thing, str]] = {
    Thing.PROMISES: "The promises of both sides, with the answers and what shows that they were kept",
    Thing.DAYS: "That the talk was held and agreed, and the days of the check-ins",
    Thing.ACCOUNT: "The engineer’s account",
    Thing.NOTES: "The manager’s notes of the talk, with what was put beside them",
    Thing.TYPE: "What kind of mistake it was, with the reasons and the second view",
    Thing.EVIDENCE: "What a second person is shown: the account, the facts, and what was noted for each question",
    Thing.CHECK_INS: "What both wrote at the check-ins, and the work that was given",
    Thing.SEEN: "What was seen, with the answers",
    Thing.WELLBEING: "How the engineer is, in their words",
    Thing.MESSAGE: "The draft of the message to the team",
    Thing.LOOK_BACK: "What was kept of a look back at an earlier talk",
    Thing.CLOSURE: "What has grown, and the words of the closing",
    Thing.TRAIL: "Who has opened our talk",
    Thing.PREPARATION: "That the manager got ready, and when",
    Thing.MIRROR: "The mirror of whoever leads",
    Thing.REMINDERS: "Reminders, and the days in the calendar",
    Thing.PACKET: "The packet of a formal path, where there is one",
}

# Earlier words that may go over, each only where both agree. What is not here never does.
MAY_GO_OVER: Final = (Thing.ACCOUNT, Thing.NOTES, Thing.TYPE, Thing.CHECK_INS, Thing.SEEN)
# Nobody else can agree for a manager who has gone: then the engineer gives what they wrote alone.
ENGINEERS_OWN: Final = (Thing.ACCOUNT,)

_THE_TWO: Final = frozenset({Person.MANAGER, Person.ENGINEER})
_ENGINEER: Final = frozenset({Person.ENGINEER})
_WITH_NEXT: Final = frozenset({Person.ENGINEER, Person.NEXT})
_NOBODY: Final = frozenset[Person]()
_RATER: Final = frozenset({Person.RATER})
_HR: Final = frozenset({Person.HR})

BEFORE: Final[Mapping[Thing, frozenset[Person]]] = {
    **dict.fromkeys(Thing, _THE_TWO),
    Thing.EVIDENCE: _RATER,
    Thing.PREPARATION: frozenset({Person.MANAGER}),
    Thing.MIRROR: frozenset({Person.MANAGER}),
    Thing.PACKET: _THE_TWO | _HR,
}

_LEADERLESS: Final[Mapping[Thing, frozenset[Person]]] = {
    **dict.fromkeys(Thing, _ENGINEER),
    Thing.EVIDENCE: _RATER,
    Thing.PREPARATION: _NOBODY,
    Thing.MIRROR: _NOBODY,
    Thing.PACKET: _ENGINEER | _HR,
}

AFTER: Final[Mapping[Event, Mapping[Thing, frozenset[Person]]]] = {
    Event.HANDED_OVER: {
        **_LEADERLESS,
        Thing.PROMISES: _WITH_NEXT,
        Thing.DAYS: _WITH_NEXT,
        Thing.TRAIL: _WITH_NEXT,
        Thing.REMINDERS: _WITH_NEXT,
        Thing.MIRROR: frozenset({Person.NEXT}),
        Thing.PACKET: _WITH_NEXT | _HR,
    },
    Event.MANAGER_LEFT: _LEADERLESS,
    Event.ENGINEER_MOVED: _LEADERLESS,
    Event.ENGINEER_LEFT: {
        **dict.fromkeys(Thing, _NOBODY),
        Thing.PREPARATION: frozenset({Person.MANAGER}),  # their own, about nobody, erased with the talk
        Thing.PACKET: _HR,
    },
    Event.RATER_LEFT: {**BEFORE, Thing.EVIDENCE: _NOBODY},
    Event.HR_LEFT: {**BEFORE, Thing.PACKET: _THE_TWO},
}

_UNTIL_SOMEBODY: Final[Mapping[Thing, str]] = {
    Thing.PROMISES: "They stand. Whoever takes over owes what the manager owed.",
    Thing.DAYS: "No check-in lies in the calendar until somebody takes over; then they are laid anew.",
    Thing.PREPARATION: "It is forgotten.",
    Thing.REMINDERS: "They stop for the manager in the same moment.",
    Thing.CLOSURE: "The engineer may close it alone, or ask somebody who manages their team to go on.",
    Thing.PACKET: "HR and the engineer go on; the manager’s part waits for whoever takes over.",
}

BECOMES: Final[Mapping[Event, Mapping[Thing, str]]] = {
    Event.HANDED_OVER: {
        Thing.PROMISES: "They go on. The next manager owes what the manager owed.",
        Thing.DAYS: "The next manager meets the engineer on the first possible day; from there it goes on.",
        Thing.WELLBEING: "It stays with the engineer, always.",
        Thing.MESSAGE: "An unfinished draft stays behind; the next manager writes their own.",
        Thing.CLOSURE: "The next manager says in their own words what has grown.",
        Thing.TRAIL: "The next manager reads it from their first day on.",
        Thing.PREPARATION: "It is forgotten.",
        Thing.MIRROR: "It counts for the next manager after their first day, and no longer for the earlier one.",
        Thing.REMINDERS: "They stop for one and begin for the other in the same moment.",
        Thing.PACKET: "The manager’s part goes to the next manager: a formal path cannot stand still.",
    },
    Event.MANAGER_LEFT: _UNTIL_SOMEBODY,
    Event.ENGINEER_MOVED: _UNTIL_SOMEBODY,
    Event.ENGINEER_LEFT: {
        Thing.PROMISES: "They end, on both sides.",
        Thing.DAYS: "The check-ins to come are taken away.",
        Thing.ACCOUNT: "The engineer can take a copy of what is theirs while they are here.",
        Thing.CLOSURE: "Nothing is left to close. All of it is erased a month later, or on its own day if that is "
        "sooner.",
        Thing.PACKET: "HR keeps it until the day on which it is destroyed anyway.",
    },
    Event.RATER_LEFT: {Thing.TYPE: "The lower type stands, and somebody else can be asked."},
    Event.HR_LEFT: {
        Thing.PACKET: "Nothing can be decided on it. The manager withdraws the escalation, or records it anew with "
        "somebody else at HR; the engineer is told either way.",
    },
}

EVENT_WORDS: Final[Mapping[Event, str]] = {
    Event.HANDED_OVER: "The manager hands our talk over",
    Event.MANAGER_LEFT: "The manager leaves, or manages this team no more, and nobody has taken over",
    Event.ENGINEER_MOVED: "The engineer moves to a team that somebody else manages",
    Event.ENGINEER_LEFT: "The engineer leaves",
    Event.RATER_LEFT: "The second person who looks at the evidence leaves",
    Event.HR_LEFT: "The person at HR leaves, or works for HR no more",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in the table people are shown: who reads it now and afterwards, and what becomes of it."""

    thing: Thing
    words: str
    before: tuple[Person, ...]
    after: tuple[Person, ...]
    becomes: str


def reads_after(event: Event, thing: Thing, given: Collection[Thing] = ()) -> frozenset[Person]:
    """Return who reads a thing after an event; `given` is what both agreed to give to the next manager.

    Raises ValueError for something that never goes over.
    """
    refuse_to_give(given)
    readers = AFTER[event][thing]
    return readers | {Person.NEXT} if event is Event.HANDED_OVER and thing in given else readers


def refuse_to_give(given: Collection[Thing]) -> None:
    """Raise ValueError where something is given that never goes over."""
    never = [thing.value for thing in given if thing not in MAY_GO_OVER]
    if never:
        raise ValueError(f"This never goes over to a next manager: {', '.join(never)}.")


def table(event: Event, given: Collection[Thing] = ()) -> tuple[Row, ...]:
    """Return what people are shown beforehand, thing by thing: the same to everybody who is concerned."""
    return tuple(
        Row(
            thing,
            THING_WORDS[thing],
            _in_order(BEFORE[thing]),
            _in_order(reads_after(event, thing, given)),
            BECOMES[event].get(thing, ""),
        )
        for thing in Thing
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that the same people read afterwards."""

    after: tuple[Person, ...]
    rows: tuple[Row, ...]


def by_readers(event: Event, given: Collection[Thing] = ()) -> tuple[Group, ...]:
    """Return the table as people read it: what goes to whom, in the order of the table."""
    rows = table(event, given)
    readers = dict.fromkeys(row.after for row in rows)
    return tuple(Group(after, tuple(row for row in rows if row.after == after)) for after in readers)


def agreed_to(offered: Collection[Thing], allowed: Collection[Thing]) -> tuple[Thing, ...]:
    """Return what goes over: what one offered and the other allowed, in the order of the table."""
    return tuple(thing for thing in MAY_GO_OVER if thing in offered and thing in allowed)


def _in_order(people: frozenset[Person]) -> tuple[Person, ...]:
    return tuple(person for person in Person if person in people)
