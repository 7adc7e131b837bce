"""The same mechanism again: earlier and later incidents that came about as this one did, and how the mends stood."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from fairlead.commons.improvements.models import Improvement
from fairlead.commons.incidents.models import Incident
from fairlead.core.mechanism_again import WITHIN, Again, Happened, Mend, again
from fairlead.core.visibility import Actor
from fairlead.foundation import clock

_LOOKED_AT = 20  # in each direction, the nearest
_LATELY = timedelta(days=90)
_MOST_LATELY = 100
_SHOWN = ("id", "kind", "title", "mechanism", "started_at", "zone")


@dataclass(frozen=True, slots=True)
class AgainRow:
    """Two incidents of one mechanism, and what that says about the mends."""

    again: Again
    earlier: Incident
    later: Incident


def _happened(incident: Incident) -> Happened:
    assert incident.started_at is not None  # noqa: S101 - both selectors ask for incidents with a start
    return Happened(str(incident.pk), incident.mechanism, incident.started_at.astimezone(UTC).date())


def _mends(incident_ids: Iterable[UUID]) -> dict[str, list[Mend]]:
    """Return the improvements of these incidents by the key of their incident."""
    found = Improvement.objects.filter(incident__in=list(incident_ids)).order_by()
    mends: dict[str, list[Mend]] = defaultdict(list)
    for incident, *rest in found.values_list("incident_id", "state", "due_on", "closed_on"):
        mends[str(incident)].append(Mend(str(incident), *rest))
    return mends


def _row(one: Incident, other: Incident, mends: dict[str, list[Mend]]) -> AgainRow | None:
    of_both = (*mends.get(str(one.pk), ()), *mends.get(str(other.pk), ()))
    found = again(_happened(one), _happened(other), of_both)
    if found is None:
        return None
    earlier, later = (one, other) if found.earlier == str(one.pk) else (other, one)
    return AgainRow(found, earlier, later)


def again_of(actor: Actor, incident: Incident, *, most: int = 3) -> list[AgainRow]:
    """Return the incidents within a year that came about the same way, failed mends first, then the nearest."""
    if not incident.mechanism or incident.started_at is None:
        return []
    same = Incident.objects.filter(mechanism=incident.mechanism).exclude(pk=incident.pk).only(*_SHOWN)
    at = incident.started_at
    before = same.filter(started_at__gte=at - WITHIN - timedelta(days=1), started_at__lte=at)
    after = same.filter(started_at__gt=at, started_at__lte=at + WITHIN + timedelta(days=1))
    others = [
        *before.order_by("-started_at", "id")[:_LOOKED_AT],
        *after.order_by("started_at", "id")[:_LOOKED_AT],
    ]
    mends = _mends([incident.pk, *(other.pk for other in others)]) if others else {}
    rows = [row for other in others if (row := _row(incident, other, mends))]
    return sorted(rows, key=lambda row: not row.again.failed)[:most]


def again_lately(actor: Actor, *, most: int = 5) -> list[AgainRow]:
    """Return the latest incidents that came about as an earlier one whose improvements are still not made."""
    since = clock.now() - _LATELY
    known = Incident.objects.exclude(mechanism="").only(*_SHOWN)
    recent = list(known.filter(started_at__gte=since).order_by("-started_at", "id")[:_MOST_LATELY])
    unfinished = Improvement.objects.filter(incident=OuterRef("pk"), state=Improvement.State.OPEN)
    # Walked from the newest on until there are enough. Asked for the mechanisms above as well, SQLite would gather a
    # year of every one of them and sort that.
    earlier = list(
        known.filter(Exists(unfinished), started_at__gte=since - WITHIN).order_by("-started_at", "id")[
            : 2 * _MOST_LATELY
        ]
    )
    mends = _mends([incident.pk for incident in earlier])
    by_mechanism: dict[str, list[Incident]] = defaultdict(list)
    for incident in earlier:
        by_mechanism[incident.mechanism].append(incident)
    found: list[AgainRow] = []
    for later in recent:
        same = by_mechanism.get(later.mechanism, ())
        rows = (_row(one, later, mends) for one in same if one.started_at <= later.started_at)
        first = next((row for row in rows if row and row.again.failed), None)
        if first:
            found.append(first)
        if len(found) == most:
            break
    return found
