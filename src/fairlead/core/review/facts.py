"""What the commons knows of an incident, as values for its review."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Answer(StrEnum):
    """How one of the questions about what made it possible stands."""

    OPEN = ""
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ImpactFacts:
    """What it cost: the range said aloud, what it rests on, and a term with its words for what has no number."""

    spoken: str = ""
    assumptions: tuple[str, ...] = ()
    without_number: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One entry of the timeline."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class FactorFacts:
    """One condition: its name in the playbook, what it was here, whose job it is."""

    label: str
    words: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """One question with its answer and the conditions named under it. `asked` is false for what fits only sometimes."""

    title: str
    answer: Answer
    reason: str = ""
    owner: str = ""
    due_on: date | None = None
    factors: tuple[FactorFacts, ...] = ()
    asked: bool = True


@dataclass(frozen=True, slots=True)
class ImprovementFacts:
    """One improvement and how it stands."""

    words: str
    strength: str
    owner: str
    due_on: date
    answers: tuple[str, ...] = ()
    tracker_link: str = ""
    state: str = ""
    above_weaker: bool = False


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """Who decides on a better improvement, and by when."""

    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a review is assembled from. Moments are aware; they are shown on the clock of `zone`."""

    title: str
    zone: str
    customer_saw: str = ""
    what_happened: str = ""
    how: str = ""
    severity: str = ""
    services: str = ""
    regions: str = ""
    started: datetime | None = None
    detected: datetime | None = None
    mitigated: datetime | None = None
    resolved: datetime | None = None
    impact: ImpactFacts | None = None
    entries: tuple[EntryFacts, ...] = ()
    questions: tuple[QuestionFacts, ...] = ()
    improvements: tuple[ImprovementFacts, ...] = ()
    decision: DecisionFacts | None = None

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text that people wrote, with the part of the incident where it can be changed."""
        for text in (
            self.title,
            self.customer_saw,
            self.what_happened,
            self.how,
            self.services,
            self.regions,
        ):
            yield "incident", text
        if self.impact is not None:
            yield from (("impact", text) for text in self.impact.assumptions)
            yield from (("impact", text) for _, text in self.impact.without_number)
        yield from (("timeline", entry.words) for entry in self.entries)
        for question in self.questions:
            yield from (("factors", text) for text in (question.reason, question.owner))
            for factor in question.factors:
                yield from (("factors", text) for text in (factor.words, factor.owner))
        for improvement in self.improvements:
            yield from (("improvements", text) for text in (improvement.words, improvement.owner))
            yield "improvements", improvement.tracker_link
        if self.decision is not None:
            yield "improvements", self.decision.owner
