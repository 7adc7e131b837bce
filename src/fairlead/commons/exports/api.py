"""Everything at once, for programs: sent while it is being read, so that its length does not matter."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema

from fairlead.commons.exports import tables
from fairlead.commons.exports.answering import sent
from fairlead.commons.exports.selectors import Shape, Table, of_improvements, of_incidents
from fairlead.commons.exports.whole import IncidentExported
from fairlead.commons.improvements.api import ImprovementWanted
from fairlead.commons.improvements.stream import improvements_wanted
from fairlead.commons.incidents.api import IncidentWanted
from fairlead.commons.incidents.stream import incidents_wanted
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.problems import READING, Problem

router = Router(tags=["exports"])


class IncidentsTaken(IncidentWanted):
    """Which incidents, and as what."""

    format: Shape = "json"


class ImprovementsTaken(ImprovementWanted):
    """Which improvements, and as what."""

    format: Shape = "json"


class EntryRow(Schema):
    """An entry of a timeline as a row."""

    id: str
    incident: str
    incident_title: str
    at: str
    words: str


class FactorRow(Schema):
    """A condition that was named, as a row."""

    id: str
    incident: str
    incident_title: str
    question: str
    leaf: str
    words: str
    raised_by: str
    owner: str


class ImprovementRow(Schema):
    """An improvement as a row."""

    id: str
    incident: str
    incident_title: str
    words: str
    factors: str
    strength: str
    owner: str
    due_on: str
    tracker_link: str
    state: str
    closing_words: str
    closed_on: str | None


def _taken(columns: tuple[str, ...]) -> dict[str, Any]:
    """Return what an operation says of its answer: it is JSON, or a table with these columns."""
    told = needs(Scope.INCIDENTS_READ)
    csv = {"schema": {"type": "string", "description": f"Columns: {', '.join(columns)}."}}
    extra = {**told["openapi_extra"], "responses": {200: {"content": {"text/csv": csv}}}}
    return {**told, "openapi_extra": extra}


def _of_incidents(request: HttpRequest, wanted: IncidentsTaken, table: Table) -> HttpResponseBase:
    chosen = incidents_wanted(request.auth.actor, wanted.asked())
    pieces = of_incidents(request.auth.actor, chosen, table=table, shape=wanted.format)
    return sent(request, pieces, table=table, shape=wanted.format)


@router.get(
    "/exports/incidents",
    response={200: list[IncidentExported], READING: Problem},
    **_taken(tables.INCIDENTS),
)
def export_incidents(request: HttpRequest, wanted: Query[IncidentsTaken]) -> HttpResponseBase:
    """Every incident that is wanted: as JSON with everything that belongs to it, or as a table."""
    return _of_incidents(request, wanted, "incidents")


@router.get("/exports/timeline", response={200: list[EntryRow], READING: Problem}, **_taken(tables.TIMELINE))
def export_timeline(request: HttpRequest, wanted: Query[IncidentsTaken]) -> HttpResponseBase:
    """Every entry of the timelines of the incidents that are wanted."""
    return _of_incidents(request, wanted, "timeline")


@router.get("/exports/factors", response={200: list[FactorRow], READING: Problem}, **_taken(tables.FACTORS))
def export_factors(request: HttpRequest, wanted: Query[IncidentsTaken]) -> HttpResponseBase:
    """Every condition that was named about the incidents that are wanted."""
    return _of_incidents(request, wanted, "factors")


@router.get(
    "/exports/improvements",
    response={200: list[ImprovementRow], READING: Problem},
    **_taken(tables.IMPROVEMENTS),
)
def export_improvements(request: HttpRequest, wanted: Query[ImprovementsTaken]) -> HttpResponseBase:
    """Every improvement that is wanted."""
    actor = request.auth.actor
    pieces = of_improvements(actor, improvements_wanted(actor, **wanted.asked()), shape=wanted.format)
    return sent(request, pieces, table="improvements", shape=wanted.format)
