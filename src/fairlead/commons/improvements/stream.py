"""Improvements one after the other, earliest day first, from any place in the list: for programs and exports."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fairlead.commons.improvements.models import Improvement
from fairlead.core.visibility import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list, after one improvement."""

    due_on: date
    id: UUID


def place_of(improvement: Improvement) -> Place:
    """Return the place after an improvement."""
    return Place(improvement.due_on, improvement.pk)


def improvements_after(
    actor: Actor, *, after: Place | None, most: int, strength: str = "", due_before: date | None = None
) -> list[Improvement]:
    """Return up to `most` improvements after a place, with the conditions they answer."""
    rows = Improvement.objects.order_by("due_on", "id").prefetch_related("factors")
    if strength:
        rows = rows.filter(strength=strength)
    if due_before:
        rows = rows.filter(due_on__lt=due_before)
    if after is not None:
        rows = rows.filter(due_on__gte=after.due_on).exclude(due_on=after.due_on, id__lte=after.id)
    return list(rows[:most])
