"""Reading incidents. Everybody who is signed in may."""

import uuid

from django.core.paginator import Page, Paginator

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import Actor

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
