"""Search for programs: the same texts that the page finds."""

from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fairlead.core.search_words import LONGEST_QUERY
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.problems import READING, Problem
from fairlead.people.programs.texts import text
from fairlead.site.searched import Result, search

router = Router(tags=["search"])
_MOST_PAGES = 50  # of twenty; nothing beyond a thousand texts is looked at


class SearchAsked(Schema):
    """What is looked for."""

    q: text(
        LONGEST_QUERY,
        shortest=1,
        about="Words; all of them stand in what is found. “In quotes” they stand side by side.",
    )
    kind: text(20, about="Only texts of this kind, such as improvement.") = ""
    page: Annotated[int, Field(ge=1, le=_MOST_PAGES)] = 1


class FoundText(Schema):
    """A text that was found."""

    kind: str = Field(description="incident, near_miss, entry, factor, improvement, lesson or message.")
    id: UUID
    incident: UUID = Field(description="The incident under which it stands, or itself.")
    title: str
    place: str = Field(description="The words around what was looked for.")
    incident_title: str = Field(description="Empty where it is the incident itself.")
    page: str = Field(description="Where people read it.")


class FoundPage(Schema):
    """What was found, best first, twenty at a time."""

    items: list[FoundText]
    total: int
    capped: bool = Field(description="The words stand in more texts than are ever looked at.")


def _told(one: Result) -> dict[str, object]:
    return {
        "kind": one.hit.kind,
        "id": one.hit.key,
        "incident": one.hit.under,
        "title": "".join(part.text for part in one.hit.title),
        "place": "".join(part.text for part in one.hit.place),
        "incident_title": one.context,
        "page": settings.FAIRLEAD_URL + one.href,
    }


@router.get("/search", response={200: FoundPage, READING: Problem}, **needs(Scope.INCIDENTS_READ))
def search_for(request: HttpRequest, asked: Query[SearchAsked]) -> dict[str, object]:
    """Texts of the commons that hold all of the words."""
    answer = search(request.auth.actor, asked.q, kind=asked.kind, page=asked.page)
    items = [_told(one) for one in answer.results]
    return {"items": items, "total": answer.found.total, "capped": answer.found.capped}
