"""Improvements for programs."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from ninja import Header, Query, Router, Schema, Status
from pydantic import AnyHttpUrl, ConfigDict, Field, UrlConstraints

from fairlead.commons.factors.models import Factor
from fairlead.commons.factors.selectors import factors_named
from fairlead.commons.improvements.board import board_mix, board_table, late_count
from fairlead.commons.improvements.models import DecisionDay, Improvement
from fairlead.commons.improvements.selectors import decision_day_of, improvement_get, improvements_of
from fairlead.commons.improvements.services import (
    decision_day_set,
    improvement_done,
    improvement_drop,
    improvement_plan,
    improvement_reopen,
)
from fairlead.commons.improvements.stream import Place, improvements_after, improvements_wanted, place_of
from fairlead.commons.incidents.api import MOST_EDITIONS, edition_read, incident_for
from fairlead.commons.incidents.models import Incident
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.paging import Paging, bad_cursor, cursor_for, position_in
from fairlead.people.programs.plain import Day, Whole
from fairlead.people.programs.problems import READING, READING_ONE, WRITING, Problem, here
from fairlead.people.programs.texts import text
from fairlead.people.selectors import today

router = Router(tags=["improvements"])
_MOST_FACTORS = 50

Strength = Literal["stronger", "intermediate", "weaker"]
State = Literal["open", "done", "dropped"]
IfMatch = Annotated[str, Header(alias="If-Match", max_length=40, description="The ETag that was read.")]
Link = Annotated[AnyHttpUrl, UrlConstraints(max_length=200)]


class ImprovementGiven(Schema):
    """A change to the system that answers at least one condition."""

    model_config = ConfigDict(extra="forbid")

    words: text(5_000, shortest=1, about="Specific enough that anybody can tell when it is there.")
    factors: list[UUID] = Field(
        min_length=1, max_length=_MOST_FACTORS, description="The conditions of this incident that it answers."
    )
    strength: Strength
    owner: text(120, shortest=1, about="A role or a team.")
    due_on: Day
    tracker_link: Link | None = None


class ImprovementChanged(ImprovementGiven):
    """How an improvement is to read from now on."""

    edition: Whole | None = Field(
        None, ge=1, le=MOST_EDITIONS, description="The edition that was read, unless If-Match names it."
    )


class ImprovementTold(Schema):
    """An improvement."""

    id: UUID
    incident: UUID
    words: str
    factors: list[UUID]
    strength: Strength
    owner: str
    due_on: date
    tracker_link: str
    state: State
    closing_words: str = Field(description="What shows that it is done, or why it was dropped.")
    closed_on: date | None
    done: bool = Field(
        description="Proved and fresh, or under a waiver: what its owner calls it does not count."
    )
    done_by: Literal["", "proof", "waiver"]
    done_until: date | None = Field(description="The last day on which it counts, or counted, as done.")
    proof: str = Field(description="How its proofs stand together; empty while none was reported.")
    tracker_state: str = Field(description="How the issue it links to stands; empty while that is not known.")
    edition: int = Field(description="Grows with every change.")

    @staticmethod
    def resolve_done(improvement: Improvement) -> bool:
        """Tell whether it is done, as of the last midnight: a list of many asks for the day of none."""
        return improvement.state != Improvement.State.DROPPED and not improvement.waits

    @staticmethod
    def resolve_proof(improvement: Improvement) -> str:
        """Return the state of its worst proof."""
        return improvement.proof_state

    @staticmethod
    def resolve_incident(improvement: Improvement) -> UUID:
        """Return the id of its incident."""
        return improvement.incident_id

    @staticmethod
    def resolve_factors(improvement: Improvement) -> list[UUID]:
        """Return the ids of the conditions it answers."""
        return sorted(factor.pk for factor in improvement.factors.all())


class StateGiven(Schema):
    """That an improvement is done, dropped, or open again, with the words that show why."""

    model_config = ConfigDict(extra="forbid")

    state: State
    words: text(5_000, about="What shows that it is done, why it was dropped, or what was seen since.")
    edition: Whole | None = Field(None, ge=1, le=MOST_EDITIONS)


class DecisionDayGiven(Schema):
    """When it is decided what stronger change comes."""

    model_config = ConfigDict(extra="forbid")

    owner: text(120, shortest=1, about="A role or a team: who decides.")
    due_on: Day


class DecisionDayTold(Schema):
    """When it is decided what stronger change comes."""

    owner: str
    due_on: date


class ImprovementsTold(Schema):
    """The improvements of an incident, and the day on which a stronger one is decided."""

    items: list[ImprovementTold]
    decision_day: DecisionDayTold | None


class ImprovementPage(Schema):
    """A part of the list."""

    items: list[ImprovementTold]
    next: str | None = Field(description="The cursor of the next page, or null when this is the last.")


class ImprovementWanted(Schema):
    """Which improvements."""

    strength: Strength | None = None
    state: State | None = None
    due_before: Day | None = None

    def asked(self) -> dict[str, Any]:
        """Return them as the list knows them."""
        return self.model_dump(include={"strength", "state", "due_before"}, exclude_none=True)


class ImprovementFilter(ImprovementWanted, Paging):
    """Which improvements, and how many."""


class CellTold(Schema):
    """How many improvements of one strength answer one question, and how many of these are overdue."""

    strength: Strength
    count: int
    late: int


class LineTold(Schema):
    """A question of the playbook with what is not done yet for it."""

    key: str
    title: str
    cells: list[CellTold]


class ShareTold(Schema):
    """How many of all improvements are of a strength, here and elsewhere."""

    strength: Strength
    count: int
    percent: float
    baseline: float = Field(description="Percent of 1,137 recommendations after serious events.")


class BoardTold(Schema):
    """What is not done yet, over all incidents."""

    questions: list[LineTold]
    strengths: list[ShareTold]
    late: int


def _answered(actor: Actor, incident: Incident, wanted: list[UUID]) -> list[Factor]:
    found = factors_named(actor, incident, wanted)
    missing = sorted(set(wanted) - {factor.pk for factor in found})
    if missing:
        raise Refused(f"There is no condition {missing[0]} of this incident. Name it first.", field="factors")
    return found


def _plan(
    actor: Actor,
    incident: Incident,
    improvement_id: UUID,
    given: ImprovementGiven,
    edition: int | None = None,
) -> Improvement:
    link = str(given.tracker_link) if given.tracker_link else ""
    values = given.model_dump(exclude={"factors", "tracker_link", "edition"})
    factors = _answered(actor, incident, given.factors)
    improvement_plan(
        actor,
        improvement_id=improvement_id,
        incident=incident,
        factors=factors,
        tracker_link=link,
        edition=edition,
        **values,
    )
    return here(improvement_get(actor, improvement_id))


def _marked(response: HttpResponse, improvement: Improvement) -> Improvement:
    response.headers["ETag"] = f'"{improvement.edition}"'
    return improvement


@router.get("/improvements", response={200: ImprovementPage, READING: Problem}, **needs(Scope.INCIDENTS_READ))
def improvement_list(request: HttpRequest, wanted: Query[ImprovementFilter]) -> dict[str, object]:
    """Improvements of every incident, earliest day first."""
    rows = improvements_wanted(request.auth.actor, **wanted.asked())
    found = improvements_after(rows, after=_place_in(wanted.cursor), most=wanted.limit + 1)
    items, more = found[: wanted.limit], len(found) > wanted.limit
    last = place_of(items[-1]) if more else None
    return {"items": items, "next": last and cursor_for(last.due_on.isoformat(), str(last.id))}


def _place_in(cursor: str) -> Place | None:
    found = position_in(cursor, 2)
    if found is None:
        return None
    try:
        return Place(date.fromisoformat(found[0] or ""), UUID(found[1]))
    except (ValueError, TypeError, AttributeError):
        raise bad_cursor() from None


@router.get(
    "/incidents/{uuid:incident_id}/improvements",
    response={200: ImprovementsTold, READING_ONE: Problem},
    **needs(Scope.INCIDENTS_READ),
)
def improvements_read(request: HttpRequest, incident_id: UUID) -> dict[str, object]:
    """The improvements of an incident."""
    actor = request.auth.actor
    incident = incident_for(actor, incident_id)
    return {"items": improvements_of(actor, incident), "decision_day": decision_day_of(actor, incident)}


@router.post(
    "/incidents/{uuid:incident_id}/improvements",
    response={201: ImprovementTold, WRITING: Problem},
    **needs(Scope.IMPROVEMENTS_WRITE),
)
def improvement_make(
    request: HttpRequest,
    response: HttpResponse,
    incident_id: UUID,
    given: ImprovementGiven,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)],
) -> Status:
    """Plan an improvement."""
    actor = request.auth.actor
    return Status(201, _marked(response, _plan(actor, incident_for(actor, incident_id), uuid4(), given)))


@router.get("/improvements/board", response={200: BoardTold, READING: Problem}, **needs(Scope.INCIDENTS_READ))
def board_read(request: HttpRequest) -> dict[str, object]:
    """The board: what is not done yet by condition and strength, and how much of it is overdue."""
    actor, day = request.auth.actor, today()
    return {
        "questions": board_table(actor, today=day),
        "strengths": board_mix(actor),
        "late": late_count(actor, today=day),
    }


@router.get(
    "/improvements/{uuid:improvement_id}",
    response={200: ImprovementTold, READING_ONE: Problem},
    **needs(Scope.INCIDENTS_READ),
)
def improvement_read(request: HttpRequest, response: HttpResponse, improvement_id: UUID) -> Improvement:
    """One improvement."""
    return _marked(response, here(improvement_get(request.auth.actor, improvement_id)))


@router.put(
    "/improvements/{uuid:improvement_id}",
    response={200: ImprovementTold, WRITING: Problem},
    **needs(Scope.IMPROVEMENTS_WRITE),
)
def improvement_change(
    request: HttpRequest,
    response: HttpResponse,
    improvement_id: UUID,
    given: ImprovementChanged,
    if_match: IfMatch = "",
) -> Improvement:
    """Change an improvement that still stands as it was read."""
    actor = request.auth.actor
    improvement = here(improvement_get(actor, improvement_id))
    edition = edition_read(if_match, given.edition)
    return _marked(response, _plan(actor, improvement.incident, improvement.pk, given, edition))


@router.put(
    "/improvements/{uuid:improvement_id}/state",
    response={200: ImprovementTold, WRITING: Problem},
    **needs(Scope.IMPROVEMENTS_WRITE),
)
def improvement_move(
    request: HttpRequest,
    response: HttpResponse,
    improvement_id: UUID,
    given: StateGiven,
    if_match: IfMatch = "",
) -> Improvement:
    """Call an improvement done or dropped, or open it again."""
    actor = request.auth.actor
    improvement = here(improvement_get(actor, improvement_id))
    which = {"improvement_id": improvement.pk, "edition": edition_read(if_match, given.edition)}
    if given.state == "open":
        improvement_reopen(actor, **which, words=given.words)
    else:
        close = improvement_done if given.state == "done" else improvement_drop
        close(actor, **which, closing_words=given.words)
    return _marked(response, here(improvement_get(actor, improvement_id)))


@router.put(
    "/incidents/{uuid:incident_id}/decision-day",
    response={200: DecisionDayTold, WRITING: Problem},
    **needs(Scope.IMPROVEMENTS_WRITE),
)
def decision_day_say(request: HttpRequest, incident_id: UUID, given: DecisionDayGiven) -> DecisionDay:
    """Name the day on which an improvement above weaker is decided."""
    actor = request.auth.actor
    return decision_day_set(actor, incident=incident_for(actor, incident_id), **given.model_dump())
