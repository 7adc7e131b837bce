"""Improvements one after the other, earliest day first, from any place in the list: for programs and exports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

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


def improvements_wanted(
    actor: Actor, *, strength: str = "", state: str = "", due_before: date | None = None
) -> QuerySet[Improvement]:
    """Return the improvements that are wanted, for reading one after the other."""
    rows = Improvement.objects.all()
    if strength:
        rows = rows.filter(strength=strength)
    if state:
        rows = rows.filter(state=state)
    if due_before:
        rows = rows.filter(due_on__lt=due_before)
    return rows


def improvements_after(rows: QuerySet[Improvement], *, after: Place | None, most: int) -> list[Improvement]:
    """Return up to `most` of these improvements after a place, with the conditions they answer."""
    if after is not None:
        rows = rows.filter(due_on__gte=after.due_on).exclude(due_on=after.due_on, id__lte=after.id)
    return list(rows.order_by("due_on", "id").prefetch_related("factors")[:most])


def in_batches(rows: QuerySet[Improvement], *, size: int) -> Iterator[list[Improvement]]:
    """Yield all of these improvements, so many at a time."""
    batch = improvements_after(rows, after=None, most=size)
    while batch:
        yield batch
        after = place_of(batch[-1])
        batch = improvements_after(rows, after=after, most=size) if len(batch) == size else []
