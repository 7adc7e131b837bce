"""The timeline of an incident for programs."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from fairlead.commons.incidents.api import MOST_EDITIONS, edition_read, incident_for
from fairlead.commons.timeline.models import LONGEST_WORDS, Entry
from fairlead.commons.timeline.selectors import entries_of, entry_get
from fairlead.commons.timeline.services import NewEntry, entries_add, entry_change, entry_drop
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.plain import Time, Whole
from fairlead.people.programs.problems import READING_ONE, WRITING, Problem, here
from fairlead.people.programs.texts import text

router = Router(tags=["timeline"])
_MOST_AT_ONCE = 1_000
IfMatch = Annotated[str, Header(alias="If-Match", max_length=40, description="The ETag that was read.")]


class EntryGiven(Schema):
    """One thing that happened."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Made by the sender, so that what is sent twice is added once.")
    at: Time = Field(description="A time with its offset.")
    words: text(LONGEST_WORDS, shortest=1)


class EntryChanged(Schema):
    """How an entry is to read from now on."""

    model_config = ConfigDict(extra="forbid")

    at: Time
    words: text(LONGEST_WORDS, shortest=1)
    edition: Whole | None = Field(None, ge=1, le=MOST_EDITIONS)


class EntriesGiven(Schema):
    """Entries to add, in their order. All are added or none."""

    model_config = ConfigDict(extra="forbid")

    entries: list[EntryGiven] = Field(min_length=1, max_length=_MOST_AT_ONCE)


class EntryTold(Schema):
    """An entry of the timeline."""

    id: UUID
    at: datetime
    words: str
    edition: int


def _marked(response: HttpResponse, entry: Entry) -> Entry:
    response.headers["ETag"] = f'"{entry.edition}"'
    return entry


@router.get(
    "/incidents/{uuid:incident_id}/timeline",
    response={200: list[EntryTold], READING_ONE: Problem},
    **needs(Scope.INCIDENTS_READ),
)
def timeline_read(request: HttpRequest, incident_id: UUID) -> list[Entry]:
    """The entries of an incident as they happened."""
    actor = request.auth.actor
    return entries_of(actor, incident_for(actor, incident_id))


@router.post(
    "/incidents/{uuid:incident_id}/timeline",
    response={201: list[EntryTold], WRITING: Problem},
    **needs(Scope.INCIDENTS_WRITE),
)
def timeline_add(
    request: HttpRequest,
    incident_id: UUID,
    given: EntriesGiven,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)],
) -> Status:
    """Add entries; one that is there already stays as it is."""
    actor = request.auth.actor
    entries = [NewEntry(one.id, one.at, one.words) for one in given.entries]
    return Status(201, entries_add(actor, incident=incident_for(actor, incident_id), entries=entries))


@router.put(
    "/incidents/{uuid:incident_id}/timeline/{uuid:entry_id}",
    response={200: EntryTold, WRITING: Problem},
    **needs(Scope.INCIDENTS_WRITE),
)
def timeline_correct(
    request: HttpRequest,
    response: HttpResponse,
    incident_id: UUID,
    entry_id: UUID,
    given: EntryChanged,
    *,
    if_match: IfMatch = "",
) -> Entry:
    """Correct an entry that still is in the edition that was read."""
    actor = request.auth.actor
    entry = here(entry_get(actor, incident_for(actor, incident_id), entry_id))
    edition = edition_read(if_match, given.edition)
    return _marked(
        response, entry_change(actor, entry_id=entry.pk, edition=edition, at=given.at, words=given.words)
    )


@router.delete(
    "/incidents/{uuid:incident_id}/timeline/{uuid:entry_id}",
    response={204: None, WRITING: Problem},
    **needs(Scope.INCIDENTS_WRITE),
)
def timeline_take_out(
    request: HttpRequest, incident_id: UUID, entry_id: UUID, if_match: IfMatch = ""
) -> Status:
    """Take an entry out that still is in the edition that was read; people can put it back."""
    actor = request.auth.actor
    entry = here(entry_get(actor, incident_for(actor, incident_id), entry_id))
    entry_drop(actor, entry_id=entry.pk, edition=edition_read(if_match, None))
    return Status(204, None)
