"""The scripted partners: who sits there, and what they answer to what they hear. Data in `partners/*.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from fairlead.core.tables import read_table

# What hurts is found by the coach: its categories, and what the scripts call them. What helps are the moves.
HURTS: Final = {
    "threat and absolute": "threat",
    "blame": "blame",
    "interrogation": "interrogation",
    "hindsight": "hindsight",
    "minimising": "minimising",
    "individual-only remedy": "individual-only",
}


class PartnerError(ValueError):
    """A partner's script that leads nowhere; the message names the place."""


@dataclass(frozen=True, slots=True)
class Move:
    """Something a line does for whoever hears it, and the patterns it is recognised by (in small letters)."""

    key: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """All of them, in the order they are asked for."""

    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is said, and the state it leads to, when nothing in particular was heard."""

    says: str
    to: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, and where it leads, after a line with any of the moves or hurts in `on`."""

    on: tuple[str, ...]
    says: str
    to: str


@dataclass(frozen=True, slots=True)
class State:
    """How the partner is; the first answer that fits what was heard is given."""

    key: str
    otherwise: Otherwise
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """One of the five: how they come in, what there is to practise, and their states, the first one first."""

    key: str
    title: str
    about: str
    opens: str
    practise: str
    states: tuple[State, ...]

    def state(self, key: str) -> State:
        """Return the state with this key. Raises StopIteration when there is none; reading has made sure of that."""
        return next(state for state in self.states if state.key == key)


@cache
def moves() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the moves with their patterns as one, compiled at first use."""
    text = (resources.files("fairlead.core.rehearsal") / "moves.toml").read_text(encoding="utf-8")
    listed = read_table(Moves, tomllib.loads(text)).moves
    return tuple((move.key, re.compile("|".join(move.patterns))) for move in listed)


@cache
def partners() -> tuple[Partner, ...]:
    """Return the five partners in the order of their files."""
    folder = resources.files("fairlead.core.rehearsal") / "partners"
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return tuple(read_partner(one.read_text(encoding="utf-8")) for one in files)


def partner(key: str) -> Partner | None:
    """Return the partner with this key, or None."""
    return next((one for one in partners() if one.key == key), None)


def read_partner(text: str) -> Partner:
    """Return the partner written in `text` (TOML).

    Raises PartnerError for a state that nothing leads from or an answer to something that cannot be heard, and
    ShapeError for a table of the wrong shape.
    """
    read = read_table(Partner, tomllib.loads(text))
    known = {state.key for state in read.states}
    heard = {*HURTS.values(), *(key for key, _ in moves())}
    for state in read.states:
        for answer in (state.otherwise, *state.answers):
            if answer.to not in known:
                raise PartnerError(f"{read.key}, {state.key}: there is no state “{answer.to}”.")
        for answer in state.answers:
            if strange := [on for on in answer.on if on not in heard]:
                raise PartnerError(f"{read.key}, {state.key}: “{strange[0]}” is nothing that can be heard.")
    return read
