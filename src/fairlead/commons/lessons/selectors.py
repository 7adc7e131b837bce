"""Reading lessons. Everybody who is signed in may."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from fairlead.commons.incidents.models import Incident
from fairlead.commons.lessons.models import Lesson
from fairlead.core.lessons.proving import missing_to_show
from fairlead.core.refusal import Missing
from fairlead.core.visibility import Actor
from fairlead.foundation.search.kinds import Piece

# What each kind of trigger is called on a page, in the order of core.lessons.lesson.Triggers.
KIND_WORDS = {
    "paths": "Files",
    "sections": "Sections",
    "added": "Added lines",
    "removed": "Removed lines",
    "symbols": "Names",
    "services": "Services",
    "roles": "Device roles",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A lesson as a page draws it: its triggers in words, what people said, and what stands against showing it."""

    lesson: Lesson
    triggers: tuple[tuple[str, tuple[str, ...]], ...]
    useful: int
    not_useful: int
    missing: tuple[Missing, ...]


def _counted() -> QuerySet[Lesson]:
    return Lesson.objects.select_related("incident").annotate(
        useful=Count("answers", filter=Q(answers__useful=True)),
        not_useful=Count("answers", filter=Q(answers__useful=False)),
    )


def _shown(lesson: Lesson) -> Shown:
    triggers = tuple((KIND_WORDS[kind], values) for kind, values in lesson.value().triggers.given())
    missing = missing_to_show(lesson.fires_on_own, lesson.fired, lesson.looked_at)
    return Shown(lesson, triggers, lesson.useful, lesson.not_useful, missing)


def lesson_list(
    actor: Actor, *, after: tuple[str, uuid.UUID] | None = None, most: int | None = None
) -> list[Shown]:
    """Return every lesson, by title; `after` a title and its id, at most so many."""
    found = _counted().order_by("title", "pk")  # a query that counts does not keep the model's order
    if after is not None:
        title, lesson_id = after
        found = found.filter(Q(title__gt=title) | Q(title=title, pk__gt=lesson_id))
    return [_shown(lesson) for lesson in found[:most]]


def lessons_of(actor: Actor, incident: Incident) -> list[Lesson]:
    """Return the lessons of an incident, by title, without what people said of them."""
    return list(Lesson.objects.filter(incident=incident))


def lesson_get(actor: Actor, lesson_id: uuid.UUID) -> Shown | None:
    """Return a lesson, or None."""
    lesson = _counted().filter(pk=lesson_id).first()
    return _shown(lesson) if lesson else None


def lessons_to_sync(actor: Actor) -> QuerySet[Lesson]:
    """Return the lessons a repository works with: those that are shown and those tried in silence, by id."""
    return Lesson.objects.exclude(standing=Lesson.Standing.MUTED).select_related("incident").order_by("pk")


def lesson_pieces(incident_ids: Sequence[uuid.UUID]) -> Iterable[Piece]:
    """Return the words of the lessons of these incidents for search."""
    for one in Lesson.objects.filter(incident__in=incident_ids):
        yield Piece(one.pk, one.incident_id, one.title, one.know)
