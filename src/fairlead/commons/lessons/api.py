"""Lessons for programs: the whole of them for a repository to work with, and what it counted there."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Header, Query, Router, Schema
from pydantic import ConfigDict, Field, StrictBool

from fairlead.commons.lessons.selectors import Shown, lesson_get, lesson_list, lessons_to_sync
from fairlead.commons.lessons.services import lesson_rate
from fairlead.core.visibility import Actor
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.paging import Paging, bad_cursor, cursor_for, position_in
from fairlead.people.programs.plain import Whole
from fairlead.people.programs.problems import READING, READING_ONE, WRITING, Problem, here

router = Router(tags=["lessons"])
_MOST_EDITIONS = 2_000_000_000
_MOST_CHANGES = 1_000_000


class TriggersTold(Schema):
    """What has to be seen in a change: kinds stand together, of the values of one kind any will do."""

    paths: list[str]
    sections: list[str]
    added: list[str]
    removed: list[str]
    symbols: list[str]
    services: list[str]
    roles: list[str]


class SyncedLesson(Schema):
    """A lesson as a repository works with it."""

    id: UUID
    title: str
    know: str
    triggers: TriggersTold
    safeguards: list[str] = Field(description="Ids of proofs in the repository.")
    mechanism: str
    shadow: bool = Field(description="It is matched and counted, and not shown.")
    edition: int = Field(description="Grows with every change.")


class LessonsSnapshot(Schema):
    """Every lesson that is shown or tried in silence, by id."""

    lessons: list[SyncedLesson]


class LessonTold(Schema):
    """A lesson as people read it, whatever its standing."""

    id: UUID
    incident: UUID
    title: str
    know: str
    triggers: TriggersTold
    safeguards: list[str]
    standing: Literal["shadow", "shown", "muted"]
    fires_on_own: bool | None
    fired: int | None
    looked_at: int | None
    tried_on: date | None
    useful: int = Field(description="So many people found it useful.")
    not_useful: int
    missing: list[str] = Field(description="What stands against showing it, in words.")
    edition: int


class LessonPage(Schema):
    """A part of the list."""

    items: list[LessonTold]
    next: str | None = Field(description="The cursor of the next page, or null when this is the last.")


class RateGiven(Schema):
    """What was counted where the changes are. Nothing of a change is sent."""

    model_config = ConfigDict(extra="forbid")

    edition: Whole = Field(ge=1, le=_MOST_EDITIONS, description="The edition whose triggers were tried.")
    fires_on_own: StrictBool | None = Field(
        None, description="Whether it fires on the change that broke things; null: that was not tried."
    )
    fired: Whole = Field(ge=0, le=_MOST_CHANGES, description="On so many ordinary changes it fired.")
    looked_at: Whole = Field(ge=1, le=_MOST_CHANGES, description="Of so many.")


class RateTold(Schema):
    """What is kept, and what still stands against showing the lesson."""

    id: UUID
    edition: int
    fires_on_own: bool | None
    fired: int
    looked_at: int
    missing: list[str] = Field(description="In words; empty when its triggers are proved.")


def _snapshot(actor: Actor) -> bytes:
    found = [asdict(lesson.value()) for lesson in lessons_to_sync(actor).iterator(chunk_size=2_000)]
    return json.dumps({"lessons": found}, ensure_ascii=False, separators=(",", ":")).encode()


def _told(shown: Shown) -> dict[str, object]:
    lesson = shown.lesson
    kept = {name: getattr(lesson, name) for name in LessonTold.model_fields if hasattr(lesson, name)}
    return {
        **kept,
        "incident": lesson.incident_id,
        "triggers": asdict(lesson.value().triggers),
        "useful": shown.useful,
        "not_useful": shown.not_useful,
        "missing": [one.words for one in shown.missing],
    }


def lessons_told(shown: Iterable[Shown]) -> Iterator[str]:
    """Yield each lesson as one line of JSON, in the shape that programs know."""
    for one in shown:
        yield LessonTold.model_validate(_told(one)).model_dump_json()


@router.get("/lessons", response={200: LessonPage, READING: Problem}, **needs(Scope.LESSONS_READ))
def lessons_list(request: HttpRequest, wanted: Query[Paging]) -> dict[str, object]:
    """Lessons by title, whatever their standing."""
    after = _place_in(wanted.cursor)
    found = lesson_list(request.auth.actor, after=after, most=wanted.limit + 1)
    items = found[: wanted.limit]
    more = len(found) > wanted.limit
    last = items[-1].lesson if more else None
    return {
        "items": [_told(one) for one in items],
        "next": cursor_for(last.title, str(last.pk)) if last else None,
    }


def _place_in(cursor: str) -> tuple[str, UUID] | None:
    found = position_in(cursor, 2)
    if found is None:
        return None
    try:
        return str(found[0]), UUID(found[1])
    except (ValueError, TypeError, AttributeError):
        raise bad_cursor() from None


@router.get(
    "/lessons/{uuid:lesson_id}", response={200: LessonTold, READING_ONE: Problem}, **needs(Scope.LESSONS_READ)
)
def lesson_read(request: HttpRequest, lesson_id: UUID) -> dict[str, object]:
    """One lesson."""
    return _told(here(lesson_get(request.auth.actor, lesson_id)))


@router.get(
    "/lessons/snapshot",
    response={200: LessonsSnapshot, 304: None, READING: Problem},
    **needs(Scope.LESSONS_READ),
)
def lessons_snapshot(
    request: HttpRequest,
    if_none_match: Annotated[
        str, Header(alias="If-None-Match", max_length=1_000, description="The ETag of what you have.")
    ] = "",
) -> HttpResponse:
    """Every lesson that is shown or tried in silence, with a digest of the body; 304 when nothing has changed.

    `Content-Digest` (RFC 9530) holds the SHA-256, so that half an answer is never taken for a whole one.
    """
    body = _snapshot(request.auth.actor)
    digest = hashlib.sha256(body).digest()
    etag = f'"{digest.hex()}"'
    if etag in (one.strip().removeprefix("W/") for one in if_none_match.split(",")):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(body, content_type="application/json; charset=utf-8")
        answer.headers["Content-Digest"] = f"sha-256=:{base64.b64encode(digest).decode()}:"
    answer.headers["ETag"] = etag
    return answer


@router.put(
    "/lessons/{uuid:lesson_id}/rate", response={200: RateTold, WRITING: Problem}, **needs(Scope.LESSONS_RATE)
)
def lesson_rate_report(request: HttpRequest, lesson_id: UUID, given: RateGiven) -> dict[str, object]:
    """Report how often a lesson would fire, counted in a repository."""
    actor = request.auth.actor
    here(lesson_get(actor, lesson_id))
    lesson_rate(actor, lesson_id=lesson_id, **given.model_dump())
    shown = here(lesson_get(actor, lesson_id))
    names = ("edition", "fires_on_own", "fired", "looked_at")
    kept = {name: getattr(shown.lesson, name) for name in names}
    return {"id": lesson_id, **kept, "missing": [one.words for one in shown.missing]}
