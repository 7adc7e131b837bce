"""Incidents one after the other, newest first, from any place in the list: for programs and exports.

A place is the start and the id of an incident. What is put on record meanwhile shifts nothing: whoever reads on from a
place gets what stands after it, once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list, after one incident."""

    started_at: datetime | None
    id: UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents; what is left empty is not asked for."""

    kind: str = ""
    severity: str = ""
    mechanism: str = ""
    service: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def query(self) -> Q:
        """Return it as a condition."""
        equal = {"kind": self.kind, "severity": self.severity, "mechanism": self.mechanism}
        found = Q(**{name: value for name, value in equal.items() if value})
        if self.service:
            found &= Q(services__icontains=self.service)
        if self.since:
            found &= Q(started_at__gte=self.since)
        if self.until:
            found &= Q(started_at__lt=self.until)
        return found


def place_of(incident: Incident) -> Place:
    """Return the place after an incident."""
    return Place(incident.started_at, incident.pk)


def incidents_wanted(actor: Actor, wanted: Wanted) -> QuerySet[Incident]:
    """Return the incidents that are wanted, for reading one after the other."""
    return Incident.objects.filter(wanted.query())


def incidents_after(
    actor: Actor, *, wanted: Wanted, after: Place | None, most: int, without: tuple[str, ...] = ()
) -> list[Incident]:
    """Return up to `most` incidents after a place, without the long texts named."""
    return _rows_after(incidents_wanted(actor, wanted).defer(*without), after, most)


def in_batches(rows: QuerySet[Incident], *, size: int) -> Iterator[list[Incident]]:
    """Yield all of these incidents, so many at a time; each batch is asked for when the one before was used up."""
    after, batch = None, _rows_after(rows, None, size)
    while batch:
        yield batch
        after = place_of(batch[-1])
        batch = _rows_after(rows, after, size) if len(batch) == size else []


def _rows_after(rows: QuerySet[Incident], after: Place | None, most: int) -> list[Incident]:
    dated, undated = rows.filter(started_at__isnull=False), rows.filter(started_at=None)
    found: list[Incident] = []
    if after is None or after.started_at is not None:
        found = list(_dated_after(dated, after).order_by("-started_at", "id")[:most])
    if len(found) < most:
        if after is not None and after.started_at is None:
            undated = undated.filter(id__gt=after.id)
        found += undated.order_by("id")[: most - len(found)]
    return found


def _dated_after(rows: QuerySet[Incident], after: Place | None) -> QuerySet[Incident]:
    if after is None:
        return rows
    # The plain comparison lets the index find the place; the rest sorts out those of the same moment.
    at_or_before = rows.filter(started_at__lte=after.started_at)
    return at_or_before.exclude(started_at=after.started_at, id__lte=after.id)
