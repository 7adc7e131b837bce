"""Sources for programs: brought by whoever writes the commons, read by those who responded and nobody else.

Every reading goes through the door, so that the trail knows of it; and it needs a scope of its own, because a program
that reads incidents has no business with what was written in the heat.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated
from uuid import UUID, uuid4

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from fairlead.commons.incidents.api import incident_for
from fairlead.core.importing.decoding import NotTextError, decoded
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.plain import Time
from fairlead.people.programs.problems import READING_ONE, WRITING, Problem
from fairlead.people.programs.texts import text
from fairlead.sources.records.door import OpenSource, open_source
from fairlead.sources.records.models import Source
from fairlead.sources.records.selectors import RawLine, content_of, raw_lines, sources_read_by
from fairlead.sources.records.services import NewRaw, source_keep

router = Router(tags=["sources"])
_LONGEST = 10_000_000
_LONGEST_LINE = 10_000
_MOST_LINES = 5_000


class SourceTold(Schema):
    """That there is a source which this person may read, and when it goes."""

    id: UUID
    kind: str
    kept_at: datetime
    erase_on: date


class RawLineTold(Schema):
    """A line of a source, as it was written."""

    id: UUID
    at: datetime
    words: str
    state: str = Field(description="waiting, published or left_out")


class SourceWhole(SourceTold):
    """A source as it was written. It may name people: it is for those who responded, and not to be passed on."""

    name: str
    text: str | None = Field(description="The content as text; null where it is none.")
    lines: list[RawLineTold]


class LineGiven(Schema):
    """A line with its moment."""

    model_config = ConfigDict(extra="forbid")

    at: Time
    words: text(_LONGEST_LINE, shortest=1)


class SourceGiven(Schema):
    """What was written in the heat, as it is: nobody but those who responded will read it."""

    model_config = ConfigDict(extra="forbid")

    text: text(_LONGEST, shortest=1)
    name: text(200, about="What the file is called.") = ""
    lines: list[LineGiven] = Field(
        default_factory=list,
        max_length=_MOST_LINES,
        description="Its lines; each waits until it is published.",
    )


@router.get(
    "/incidents/{uuid:incident_id}/sources",
    response={200: list[SourceTold], READING_ONE: Problem},
    **needs(Scope.SOURCES_READ),
)
def sources_list(request: HttpRequest, incident_id: UUID) -> list[Source]:
    """The sources of an incident that the token's owner may read, without their words."""
    actor = request.auth.actor
    return sources_read_by(actor, incident_for(actor, incident_id))


@router.get(
    "/sources/{uuid:source_id}",
    response={200: SourceWhole, READING_ONE: Problem},
    **needs(Scope.SOURCES_READ),
)
def source_read(request: HttpRequest, source_id: UUID) -> dict[str, object]:
    """A source as it was written, for those who responded; the trail knows who read it."""
    return _told(open_source(request.auth.actor, source_id))


def _told(opened: OpenSource) -> dict[str, object]:
    kept, lines = content_of(opened), raw_lines(opened)
    try:
        words, _ = decoded(kept.content)
    except NotTextError:
        words = None
    told = {name: getattr(opened.source, name) for name in ("kind", "kept_at", "erase_on")}
    return {**told, "id": opened.source.pk, "name": kept.name, "text": words, "lines": list(_lines(lines))}


def _lines(lines: list[RawLine]) -> Iterator[dict[str, object]]:
    for one in lines:
        yield {"id": one.id, "at": one.at, "words": one.words, "state": one.state}


@router.post(
    "/incidents/{uuid:incident_id}/sources",
    response={201: SourceTold, WRITING: Problem},
    **needs(Scope.SOURCES_WRITE),
)
def source_bring(
    request: HttpRequest,
    incident_id: UUID,
    given: SourceGiven,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)],
) -> Status:
    """Bring a source; the token's owner may read it, and whoever they let in. The same text again is kept once."""
    actor = request.auth.actor
    kept = source_keep(
        actor,
        source_id=uuid4(),
        incident=incident_for(actor, incident_id),
        kind=Source.Kind.TEXT,
        content=given.text.encode(),
        name=given.name,
        entries=[NewRaw(uuid4(), one.at, one.words) for one in given.lines],
    )
    return Status(201, kept)
