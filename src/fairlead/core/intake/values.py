"""What intake gives back: findings, each with the place it came from and the reason it was read that way.

Times are aware and in UTC; money is in integer minor units; offsets count characters of the given text.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Generic, Literal, TypeVar

Value = TypeVar("Value")

MomentKey = Literal["started", "detected", "mitigated", "resolved"]
MeasureKey = Literal["duration", "share", "customers", "support"]
QuestionKey = Literal["what", "started", "resolved", "cost", "team_size", "zone"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A value, where it stands in the text (None when it was given or assumed), and why it was read so."""

    value: Value
    span: Span | None
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that begins with a clock time, as an entry of a timeline.

    `at` and `until` (for "13:30-13:45") are UTC. `speaker` is the name a chat log puts before the time, or
    is empty; it belongs to the source alone and is never written anywhere else.
    """

    at: datetime
    until: datetime | None
    text: str
    speaker: str
    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One of the four times of an incident, in UTC. `sure` is False when it was only inferred."""

    key: MomentKey
    at: datetime
    sure: bool
    span: Span | None
    why: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of `currency`; `per_hour` when the text gives it as a rate."""

    minor: int
    currency: str
    per_hour: bool
    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the impact: duration in minutes, share of one, a count of customers or of contacts."""

    key: MeasureKey
    value: Fraction
    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something the text did not say: a stable key, the question to ask, and why it matters."""

    key: QuestionKey
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything that was understood, and by name what was not.

    `zone` is an IANA name. `notes` are sentences about doubts that a person should see, such as a day that
    could be read in two ways.
    """

    title: Found[str] | None
    customer_saw: Found[str] | None
    zone: Found[str] | None
    day: Found[date] | None
    entries: tuple[Entry, ...]
    moments: tuple[Moment, ...]
    money: tuple[Money, ...]
    measures: tuple[Measure, ...]
    services: tuple[Found[str], ...]
    team_size: Found[int] | None
    missing: tuple[Question, ...]
    notes: tuple[str, ...]

    def moment(self, key: MomentKey) -> Moment | None:
        """Return the moment with this key, or None when the text does not tell it."""
        return next((moment for moment in self.moments if moment.key == key), None)
