"""The same mechanism again: earlier and later incidents that came about as this one did, and how the mends stood."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
_DAY = timedelta(days=1)
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


def _failed(one: Happened, other: Happened, mends: dict[str, list[Mend]]) -> Again | None:
    """Return what two incidents say about the mends where one of the earlier was missing, or None."""
    found = again(one, other, (*mends.get(one.key, ()), *mends.get(other.key, ())))
    return found if found and found.failed else None


def again_of(
    actor: Actor, incident: Incident, own: Sequence[Improvement], *, most: int = 3
) -> list[AgainRow]:
    """Return the incidents within a year of the same mechanism where a mend of the earlier one was missing.

    Those before it lead, the nearest first; `own` are the improvements of this one. Incidents are read only where
    something failed: as rows, forty neighbours of which a page showed none were the dearest part of it.
    """
    if not incident.mechanism or incident.started_at is None:
        return []
    same = Incident.objects.filter(mechanism=incident.mechanism).exclude(pk=incident.pk)
    # From the beginning of its day to the end: of two on one day either may count as the earlier.
    began = incident.started_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    room = WITHIN + _DAY
    before = same.filter(started_at__gte=began - room, started_at__lt=began + _DAY)
    near = list(before.order_by("-started_at", "id").values_list("pk", "started_at")[:_LOOKED_AT])
    mends = _mends(pk for pk, _ in near) if near else {}
    if own:
        mends[str(incident.pk)] = [
            Mend(str(incident.pk), one.state, one.due_on, one.closed_on) for one in own
        ]
        since = same.filter(started_at__gte=began, started_at__lt=began + room)
        near += since.order_by("started_at", "id").values_list("pk", "started_at")[:_LOOKED_AT]
    this, found = _happened(incident), {}
    for pk, at in near:
        other = Happened(str(pk), incident.mechanism, at.astimezone(UTC).date())
        if len(found) < most and pk not in found and (failed := _failed(this, other, mends)):
            found[pk] = failed
    others = Incident.objects.only(*_SHOWN).in_bulk(found) if found else {}
    pairs = ((failed, others[pk]) for pk, failed in found.items())
    return [
        AgainRow(failed, *((other, incident) if failed.later == this.key else (incident, other)))
        for failed, other in pairs
    ]


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
        rows = (
            (_failed(_happened(one), _happened(later), mends), one)
            for one in same
            if one.started_at <= later.started_at
        )
        first = next((AgainRow(failed, one, later) for failed, one in rows if failed), None)
        if first:
            found.append(first)
        if len(found) == most:
            break
    return found
