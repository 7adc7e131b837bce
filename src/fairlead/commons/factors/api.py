"""Contributing factors for programs: the playbook's questions, their answers, and the conditions named."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID, uuid4

from django.http import HttpRequest
from ninja import Header, Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from fairlead.commons.factors.models import Factor
from fairlead.commons.factors.selectors import AskedQuestion, factor_get, questions_of
from fairlead.commons.factors.services import factor_drop, factor_name, question_answer
from fairlead.commons.factors.similar import SimilarIncident, similar_of, similar_to_words
from fairlead.commons.incidents.api import Kind, incident_for
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.plain import Day
from fairlead.people.programs.problems import READING, READING_ONE, WRITING, Problem, here
from fairlead.people.programs.texts import text

router = Router(tags=["factors"])
_LONGEST = 20_000


class FactorGiven(Schema):
    """A condition that made an incident possible or worse."""

    model_config = ConfigDict(extra="forbid")

    question: text(4, shortest=1, about="The key of a question, such as A2.")
    leaf: text(64, shortest=1, about="The key of one of its conditions, or “other”.")
    words: text(_LONGEST, about="What it was here, and what shows it.") = ""
    raised_by: text(120, about="A role, never a person.") = ""
    owner: text(120, about="A role or a team.") = ""


class FactorTold(Schema):
    """A condition that was named."""

    id: UUID
    question: str
    leaf: str
    words: str
    raised_by: str
    owner: str


class AnswerGiven(Schema):
    """The answer to a question for which no condition is named."""

    model_config = ConfigDict(extra="forbid")

    answer: Literal["no", "unknown"]
    reason: text(_LONGEST) = ""
    owner: text(120, about="A role or a team: who finds it out.") = ""
    due_on: Day | None = None


class AnswerTold(Schema):
    """How a question was answered."""

    answer: Literal["yes", "no", "unknown"]
    reason: str
    owner: str
    due_on: date | None


class NamedAnswer(AnswerTold):
    """How a question was answered, with the key of the question."""

    question: str


class QuestionTold(Schema):
    """A question of the playbook with what has been answered and found."""

    key: str
    question: str
    conditions: dict[str, str] = Field(description="Its conditions by key.")
    answer: AnswerTold | None
    factors: list[FactorTold]


class AlikeIncident(Schema):
    """An incident that is like another one."""

    id: UUID
    kind: Kind
    title: str
    started_at: datetime | None


class Alike(Schema):
    """An incident that is like another one, and why."""

    incident: AlikeIncident
    reasons: list[str]


def _told(asked: AskedQuestion) -> dict[str, object]:
    return {
        "key": asked.question.key,
        "question": asked.question.text,
        "conditions": {leaf.key: leaf.label for leaf in asked.question.leaves},
        "answer": asked.answer,
        "factors": asked.factors,
    }


@router.get(
    "/incidents/{uuid:incident_id}/factors",
    response={200: list[QuestionTold], READING_ONE: Problem},
    **needs(Scope.INCIDENTS_READ),
)
def factors_read(request: HttpRequest, incident_id: UUID) -> list[dict[str, object]]:
    """Every question about an incident, with its answer and the conditions named."""
    actor = request.auth.actor
    return [_told(asked) for asked in questions_of(actor, incident_for(actor, incident_id))]


@router.post(
    "/incidents/{uuid:incident_id}/factors",
    response={201: FactorTold, WRITING: Problem},
    **needs(Scope.INCIDENTS_WRITE),
)
def factor_make(
    request: HttpRequest,
    incident_id: UUID,
    given: FactorGiven,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)],
) -> Status:
    """Name a condition, which also answers its question with yes."""
    actor = request.auth.actor
    incident = incident_for(actor, incident_id)
    made: Factor = factor_name(actor, factor_id=uuid4(), incident=incident, **given.model_dump())
    return Status(201, made)


@router.put(
    "/incidents/{uuid:incident_id}/factors/{question}",
    response={200: AnswerTold, WRITING: Problem},
    **needs(Scope.INCIDENTS_WRITE),
)
def question_say(request: HttpRequest, incident_id: UUID, question: text(4), given: AnswerGiven) -> object:
    """Answer a question with no, or with not known yet."""
    actor = request.auth.actor
    incident = incident_for(actor, incident_id)
    here(next((asked for asked in questions_of(actor, incident) if asked.question.key == question), None))
    return question_answer(actor, incident=incident, question=question, **given.model_dump())


@router.delete(
    "/factors/{uuid:factor_id}", response={204: None, WRITING: Problem}, **needs(Scope.INCIDENTS_WRITE)
)
def factor_take_away(request: HttpRequest, factor_id: UUID) -> Status:
    """Take a condition away that was named by mistake."""
    actor = request.auth.actor
    factor_drop(actor, factor=here(factor_get(actor, factor_id)))
    return Status(204, None)


@router.get(
    "/incidents/{uuid:incident_id}/similar",
    response={200: list[Alike], READING_ONE: Problem},
    **needs(Scope.INCIDENTS_READ),
)
def similar_read(request: HttpRequest, incident_id: UUID) -> list[SimilarIncident]:
    """Has this happened before? The incidents most like this one, each with the reasons."""
    actor = request.auth.actor
    return similar_of(actor, incident_for(actor, incident_id))


class AlikeAsked(Schema):
    """What an incident may be like."""

    words: text(2_000, shortest=1, about="What is seen, or feared.")
    services: text(500, about="The services it is about, with commas.") = ""
    mechanism: text(64, about="A key of the playbook: how it would come about.") = ""


@router.get(
    "/incidents/similar", response={200: list[Alike], READING: Problem}, **needs(Scope.INCIDENTS_READ)
)
def similar_to_read(request: HttpRequest, asked: Query[AlikeAsked]) -> list[SimilarIncident]:
    """Has this happened before? The incidents most like what the words describe, each with the reasons."""
    return similar_to_words(request.auth.actor, **asked.model_dump())
