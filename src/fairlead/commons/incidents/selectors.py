"""Reading incidents. Everybody who is signed in may."""

import uuid
from collections.abc import Iterable, Sequence

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from fairlead.commons.incidents.models import Incident
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import Actor
from fairlead.foundation.search.kinds import Piece
from fairlead.foundation.search.models import Searchable

PER_PAGE = 50


def incident_list(actor: Actor, *, page: int = 1) -> Page[Incident]:
    """Return one page of incidents, newest first."""
    listed = Incident.objects.only("id", "kind", "title", "severity", "zone", "started_at", "resolved_at")
    return Paginator(listed, PER_PAGE).get_page(page)


def incident_get(actor: Actor, incident_id: uuid.UUID) -> Incident | None:
    """Return an incident, or None."""
    return Incident.objects.filter(pk=incident_id).first()


def recent_incidents(actor: Actor, *, most: int = 20) -> list[Incident]:
    """Return the newest incidents, for choosing one."""
    return list(Incident.objects.all()[:most])


def titles_of(actor: Actor, incident_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the titles of these incidents by id."""
    return dict(Incident.objects.filter(pk__in=list(incident_ids)).values_list("pk", "title"))


def mechanism_labels() -> dict[str, str]:
    """Return the words for each mechanism of the playbook, by its key."""
    return {mechanism.key: mechanism.label for mechanism in load_default().mechanisms}


def incident_pieces(incident_ids: Sequence[uuid.UUID]) -> Iterable[Piece]:
    """Return the words of these incidents for search."""
    labels = mechanism_labels()
    for one in Incident.objects.filter(pk__in=incident_ids):
        words = (
            one.customer_saw,
            one.what_happened,
            one.services,
            one.regions,
            labels.get(one.mechanism, ""),
            one.mechanism_words,
        )
        yield Piece(one.pk, one.pk, one.title, "\n".join(part for part in words if part))


def unfound_incidents(*, most: int) -> list[uuid.UUID]:
    """Return the oldest incidents that search does not know yet."""
    known = Searchable.objects.filter(kind="incident", key=OuterRef("pk"))
    waiting = Incident.objects.filter(~Exists(known)).order_by("started_at", "pk")
    return list(waiting.values_list("pk", flat=True)[:most])
