"""Incidents for programs."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Header, Query, Router, Schema, Status
from pydantic import AfterValidator, ConfigDict, Field

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.selectors import incident_get
from fairlead.commons.incidents.services import incident_change, incident_record
from fairlead.commons.incidents.stream import Place, Wanted, incidents_after, place_of
from fairlead.core.localtime import LocalTimeError, known_zone, order_problems
from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.paging import Paging, bad_cursor, cursor_for, position_in
from fairlead.people.programs.plain import Time, Whole
from fairlead.people.programs.problems import READING, READING_ONE, WRITING, Problem, here
from fairlead.people.programs.texts import LONGEST, text

router = Router(tags=["incidents"])
TIMES = ("started", "detected", "reported", "mitigated", "resolved")
LONG_TEXTS = ("customer_saw", "what_happened")
_EARLIEST, _LATEST = 1970, 2200
MOST_EDITIONS = 2**31 - 1

Kind = Literal["incident", "near_miss"]
Severity = Literal["", "sev1", "sev2", "sev3", "sev4"]
DetectedBy = Literal["monitoring", "customer", "maker", "colleague", "unknown"]
Trigger = Literal["change", "load", "dependency", "hardware", "security", "unknown"]


def _of_our_time(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    if not _EARLIEST < moment.year < _LATEST:
        raise ValueError(f"a time lies between {_EARLIEST} and {_LATEST}")
    return moment.astimezone(UTC)


Moment = Annotated[
    Time | None,
    AfterValidator(_of_our_time),
    Field(description="A time with its offset, such as 2026-11-25T14:27:00Z; null while not known."),
]


class IncidentGiven(Schema):
    """What is on record about an incident, as a program sends it. Everybody can read it, so it names nobody."""

    model_config = ConfigDict(extra="forbid")

    title: text(200, shortest=1, about="One line a colleague will recognise. Systems, not people.")
    kind: Kind = "incident"
    customer_saw: text(LONGEST) = ""
    what_happened: text(LONGEST) = ""
    services: text(500) = ""
    regions: text(500) = ""
    severity: Severity = ""
    zone: text(64, about="A time zone by its name, in which people read the times.") = "UTC"
    started_at: Moment = None
    detected_at: Moment = None
    reported_at: Moment = None
    mitigated_at: Moment = None
    resolved_at: Moment = None
    detected_by: DetectedBy = "unknown"
    trigger: Trigger = "unknown"
    mechanism: text(64, about="A key of the playbook, or empty while not known.") = ""
    mechanism_words: text(300) = ""


class IncidentChanged(IncidentGiven):
    """What changes about an incident. What is left out stays as it is."""

    title: text(200, shortest=1) = "unchanged"
    edition: Whole | None = Field(
        None, ge=1, le=MOST_EDITIONS, description="The edition that was read, unless If-Match names it."
    )


class IncidentLine(Schema):
    """An incident in a list: without its long texts."""

    id: UUID
    kind: Kind
    title: str
    services: str
    regions: str
    severity: Severity
    zone: str
    started_at: datetime | None
    detected_at: datetime | None
    reported_at: datetime | None
    mitigated_at: datetime | None
    resolved_at: datetime | None
    detected_by: DetectedBy
    trigger: Trigger
    mechanism: str
    mechanism_words: str
    edition: int = Field(description="Grows with every change.")
    page: str = Field(description="Where people read it.")

    @staticmethod
    def resolve_page(incident: Incident) -> str:
        """Return the address of the incident's page."""
        return settings.FAIRLEAD_URL + reverse("incident", args=[incident.pk])


class IncidentWhole(IncidentLine):
    """An incident."""

    customer_saw: str
    what_happened: str


class IncidentPage(Schema):
    """A part of the list."""

    items: list[IncidentLine]
    next: str | None = Field(description="The cursor of the next page, or null when this is the last.")


class IncidentWanted(Schema):
    """Which incidents."""

    kind: Kind | None = None
    severity: Literal["sev1", "sev2", "sev3", "sev4"] | None = None
    mechanism: text(64) = ""
    service: text(100, about="Words that stand among its services.") = ""
    since: Moment = Field(None, description="Started at this moment or later.")
    until: Moment = Field(None, description="Started before this moment.")

    def asked(self) -> Wanted:
        """Return them as the list knows them."""
        return Wanted(
            kind=self.kind or "",
            severity=self.severity or "",
            mechanism=self.mechanism,
            service=self.service,
            since=self.since,
            until=self.until,
        )


class IncidentFilter(IncidentWanted, Paging):
    """Which incidents, and how many."""


def incident_for(actor: Actor, incident_id: UUID) -> Incident:
    """Return an incident or raise Http404."""
    return here(incident_get(actor, incident_id))


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an incident that fit together. Raises Refused."""
    try:
        known_zone(values["zone"])
    except LocalTimeError as error:
        raise Refused(error.message, field="zone") from None
    known = [mechanism.key for mechanism in load_default().mechanisms]
    if values["mechanism"] and values["mechanism"] not in known:
        raise Refused(f"There is no such mechanism. There are: {', '.join(known)}.", field="mechanism")
    moments = {name: values[f"{name}_at"] for name in TIMES}
    for problem in order_problems(**moments, now=clock.now()):
        raise Refused(problem.message, field=f"{problem.field}_at")
    return values


def _marked(response: HttpResponse, incident: Incident) -> Incident:
    response.headers["ETag"] = f'"{incident.edition}"'
    return incident


@router.get("/incidents", response={200: IncidentPage, READING: Problem}, **needs(Scope.INCIDENTS_READ))
def incident_list(request: HttpRequest, wanted: Query[IncidentFilter]) -> dict[str, object]:
    """Incidents, newest first; those without a start come last."""
    after = place_in(wanted.cursor)
    found = incidents_after(
        request.auth.actor, wanted=wanted.asked(), after=after, most=wanted.limit + 1, without=LONG_TEXTS
    )
    more = len(found) > wanted.limit
    items = found[: wanted.limit]
    return {"items": items, "next": cursor_at(place_of(items[-1])) if more else None}


def cursor_at(place: Place) -> str:
    """Return a place as a cursor."""
    return cursor_for(place.started_at.isoformat() if place.started_at else None, str(place.id))


def place_in(cursor: str) -> Place | None:
    """Return the place behind a cursor. Raises Refused."""
    found = position_in(cursor, 2)
    if found is None:
        return None
    started, incident = found
    try:
        place = Place(datetime.fromisoformat(started) if started else None, UUID(incident))
    except (ValueError, TypeError, AttributeError):
        raise bad_cursor() from None
    if place.started_at is not None and place.started_at.utcoffset() is None:
        raise bad_cursor()
    return place


@router.post("/incidents", response={201: IncidentWhole, WRITING: Problem}, **needs(Scope.INCIDENTS_WRITE))
def incident_make(
    request: HttpRequest,
    response: HttpResponse,
    given: IncidentGiven,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)],
) -> Status:
    """Put an incident or a near miss on record."""
    made = incident_record(request.auth.actor, incident_id=uuid4(), values=_checked(given.model_dump()))
    return Status(201, _marked(response, made))


@router.get(
    "/incidents/{uuid:incident_id}",
    response={200: IncidentWhole, READING_ONE: Problem},
    **needs(Scope.INCIDENTS_READ),
)
def incident_read(request: HttpRequest, response: HttpResponse, incident_id: UUID) -> Incident:
    """One incident."""
    return _marked(response, incident_for(request.auth.actor, incident_id))


@router.patch(
    "/incidents/{uuid:incident_id}",
    response={200: IncidentWhole, WRITING: Problem},
    **needs(Scope.INCIDENTS_WRITE),
)
def incident_edit(
    request: HttpRequest,
    response: HttpResponse,
    incident_id: UUID,
    given: IncidentChanged,
    if_match: Annotated[
        str, Header(alias="If-Match", max_length=40, description="The ETag that was read.")
    ] = "",
) -> Incident:
    """Change an incident that still is in the edition that was read."""
    incident = incident_for(request.auth.actor, incident_id)
    changed = given.model_dump(exclude_unset=True)
    edition = edition_read(if_match, changed.pop("edition", None))
    values = {name: getattr(incident, name) for name in IncidentGiven.model_fields} | changed
    done = incident_change(
        request.auth.actor, incident_id=incident.pk, edition=edition, values=_checked(values)
    )
    return _marked(response, done)


def edition_read(if_match: str, given: int | None) -> int:
    """Return the edition a change was made from. Raises Refused when nothing names one."""
    named = if_match.strip().removeprefix("W/").strip('"')
    if named.isascii() and named.isdecimal() and int(named) <= MOST_EDITIONS:
        return int(named)
    if given is None:
        raise Refused(
            "Say which edition you read: its ETag as If-Match, or “edition” in the body. Then nobody's words are lost.",
            field="If-Match",
        )
    return given
