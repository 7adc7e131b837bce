"""Everything that can be found by words: one row for each kind of text, and what is done when one changes.

To make another kind findable, write a selector that returns its texts as `Piece`s and add a row here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from fairlead.commons.factors.selectors import factor_pieces
from fairlead.commons.improvements.selectors import improvement_pieces
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.selectors import (
    incident_pieces,
    near_miss_pieces,
    titles_of,
    unfound_incidents,
)
from fairlead.commons.lessons.selectors import lesson_pieces
from fairlead.commons.messages.selectors import message_pieces
from fairlead.commons.reviews.selectors import review_pieces
from fairlead.commons.timeline.selectors import entry_pieces
from fairlead.core.search_words import parse
from fairlead.core.visibility import Actor
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.search.finding import Found, Hit, find
from fairlead.foundation.search.index import mend, refresh
from fairlead.foundation.search.kinds import Kind

BATCH = 500


@dataclass(frozen=True, slots=True)
class Searched:
    """A row of the table: the kind, its words for one and for many, and the address a hit leads to.

    The address is given the id of the text when `at_itself`, else the id of the incident it stands under.
    """

    kind: Kind
    one: str
    many: str
    route: str
    at_itself: bool = False
    fragment: str = ""


SEARCHED = (
    Searched(Kind("incident", incident_pieces), "Incident", "Incidents", "incident", at_itself=True),
    Searched(Kind("near_miss", near_miss_pieces), "Near miss", "Near misses", "incident", at_itself=True),
    Searched(Kind("entry", entry_pieces), "Timeline", "Timeline entries", "incident"),
    Searched(Kind("factor", factor_pieces), "Condition", "Conditions", "incident", fragment="#factors"),
    Searched(
        Kind("improvement", improvement_pieces), "Improvement", "Improvements", "improvement", at_itself=True
    ),
    Searched(Kind("lesson", lesson_pieces), "Lesson", "Lessons", "lesson", at_itself=True),
    Searched(Kind("review", review_pieces), "Review", "Reviews", "review"),
    Searched(Kind("message", message_pieces), "Message to the team", "Messages", "incident"),
)
KINDS = {row.kind.name: row for row in SEARCHED}


def index_changed(payload: dict[str, object]) -> None:
    """Read again what stands under whatever an outbox row says has changed."""
    for follows in {row.kind.follows for row in SEARCHED} & payload.keys():
        kinds = [row.kind for row in SEARCHED if row.kind.follows == follows]
        refresh(kinds, [UUID(str(payload[follows]))])


def index_missing() -> int:
    """Index the oldest incidents that cannot be found yet, and put on the rest as further work.

    Returns how many it did. It stands still at the end, so that every start of the server may call for it.
    """
    missing = unfound_incidents(most=BATCH)
    if missing:
        with transaction.atomic():
            refresh([row.kind for row in SEARCHED if row.kind.follows == "incident"], missing)
            put("search_missing")
    return len(missing)


def index_later() -> None:
    """Leave the indexing of incidents that cannot be found yet to the background, if there are any."""
    if unfound_incidents(most=1):
        with transaction.atomic():
            put("search_missing")


def index_everything() -> Iterator[tuple[int, int]]:
    """Read every text again, oldest incident first; yields how many incidents are done, and how many there are."""
    mend()
    kinds = [row.kind for row in SEARCHED if row.kind.follows == "incident"]
    ids = list(Incident.objects.order_by("started_at", "id").values_list("pk", flat=True))
    for done in range(0, len(ids), BATCH):
        refresh(kinds, ids[done : done + BATCH])
        yield min(done + BATCH, len(ids)), len(ids)


@dataclass(frozen=True, slots=True)
class Result:
    """One hit as a page shows it; `context` is the title of the incident it stands under, if that is not itself."""

    hit: Hit
    label: str
    href: str
    context: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results."""

    results: tuple[Result, ...]
    found: Found


def _result(hit: Hit, titles: dict[UUID, str]) -> Result:
    row = KINDS[hit.kind]
    href = reverse(row.route, args=[hit.key if row.at_itself else hit.under]) + row.fragment
    context = "" if hit.key == hit.under else titles.get(hit.under, "")
    return Result(hit, row.one, href, context)


def tabs_of(typed: str, chosen: str) -> list[dict[str, object]]:
    """Return the kinds as places to go to with the same words."""
    kinds = [("", "Everything"), *((name, row.many) for name, row in KINDS.items())]
    return [
        {
            "title": many,
            "href": "?" + urlencode({"q": typed, "kind": name} if name else {"q": typed}),
            "current": name == (chosen if chosen in KINDS else ""),
        }
        for name, many in kinds
    ]


def search(actor: Actor, typed: str, *, kind: str = "", page: int = 1) -> Results:
    """Return what was found for what somebody typed. Everybody who is signed in may look for everything here."""
    found = find(parse(typed), kind=kind if kind in KINDS else "", page=page)
    titles = titles_of(actor, {hit.under for hit in found.hits})
    return Results(tuple(_result(hit, titles) for hit in found.hits if hit.kind in KINDS), found)
