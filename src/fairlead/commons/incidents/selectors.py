"""Reading incidents. Everybody who is signed in may."""

import uuid
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef

from fairlead.commons.incidents.models import Incident
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import Actor
from fairlead.foundation.search.kinds import Piece
from fairlead.foundation.search.models import Searchable


def incident_get(actor: Actor, incident_id: uuid.UUID) -> Incident | None:
    """Return an incident, or None."""
    return Incident.objects.filter(pk=incident_id).first()


def recent_incidents(actor: Actor, *, most: int = 20) -> list[Incident]:
    """Return the newest incidents, for choosing one; those without a start come last."""
    dated = list(Incident.objects.filter(started_at__isnull=False).order_by("-started_at", "id")[:most])
    undated = Incident.objects.filter(started_at__isnull=True).order_by("id")
    return dated + list(undated[: most - len(dated)] if len(dated) < most else ())


def titles_of(actor: Actor, incident_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the titles of these incidents by id."""
    return dict(Incident.objects.filter(pk__in=list(incident_ids)).values_list("pk", "title"))


def mechanism_labels() -> dict[str, str]:
    """Return the words for each mechanism of the playbook, by its key."""
    return {mechanism.key: mechanism.label for mechanism in load_default().mechanisms}


def _pieces(incident_ids: Sequence[uuid.UUID], kind: str) -> Iterable[Piece]:
    labels = mechanism_labels()
    for one in Incident.objects.filter(pk__in=incident_ids, kind=kind):
        words = (
            one.customer_saw,
            one.what_happened,
            one.services,
            one.regions,
            labels.get(one.mechanism, ""),
            one.mechanism_words,
        )
        yield Piece(one.pk, one.pk, one.title, "\n".join(part for part in words if part))


def incident_pieces(incident_ids: Sequence[uuid.UUID]) -> Iterable[Piece]:
    """Return the words of these incidents for search, without the near misses."""
    return _pieces(incident_ids, Incident.Kind.INCIDENT)


def near_miss_pieces(incident_ids: Sequence[uuid.UUID]) -> Iterable[Piece]:
    """Return the words of the near misses among these incidents for search."""
    return _pieces(incident_ids, Incident.Kind.NEAR_MISS)


def unfound_incidents(*, most: int) -> list[uuid.UUID]:
    """Return the oldest incidents that search does not know yet."""
    known = Searchable.objects.filter(kind__in=Incident.Kind.values, key=OuterRef("pk"))
    waiting = Incident.objects.filter(~Exists(known)).order_by("started_at", "pk")
    return list(waiting.values_list("pk", flat=True)[:most])
