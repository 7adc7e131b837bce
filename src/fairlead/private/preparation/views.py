"""Pages of the preparation. What is answered or thought here never leaves the browser."""

import uuid
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fairlead.commons.impact.preparing import preparation_for
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.selectors import incident_get, recent_incidents
from fairlead.core.playbook.reader import load_default
from fairlead.core.preparation import Preparation
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.papers.card import card_pdf
from fairlead.people.actors import actor_of
from fairlead.private.preparation.selectors import own_preparation
from fairlead.private.preparation.services import preparation_done, talk_ask


def _manager_and_incident(request: HttpRequest, incident_id: uuid.UUID) -> tuple[Actor, Incident]:
    actor = actor_of(request.user)
    incident = incident_get(actor, incident_id)
    if incident is None or not actor.is_manager:
        raise Http404
    return actor, incident


def _preparation(request: HttpRequest, actor: Actor, incident: Incident) -> Preparation:
    today = clock.now().astimezone(ZoneInfo(request.user.zone)).date()
    return preparation_for(actor, incident, talk_on=today)


@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the incident to prepare for."""
    actor = actor_of(request.user)
    if not actor.is_manager:
        raise Http404
    return render(request, "preparation/choose.html", {"incidents": recent_incidents(actor)})


@never_cache
@require_safe
def prepare(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """The quarter of an hour before: own state, the five traps, the statement, the card."""
    actor, incident = _manager_and_incident(request, incident_id)
    values = {
        "incident": incident,
        "playbook": load_default(),
        "preparation": _preparation(request, actor, incident),
        "done": own_preparation(actor, incident),
    }
    return render(request, "preparation/prepare.html", values)


@never_cache
@require_POST
def done(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Keep only that this manager is prepared, and since when."""
    actor, incident = _manager_and_incident(request, incident_id)
    preparation_done(actor, incident=incident)
    return redirect("talk_begin", incident.pk)


@never_cache
@require_safe
def card(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """The conversation card as a PDF."""
    actor, incident = _manager_and_incident(request, incident_id)
    pdf = card_pdf(_preparation(request, actor, incident))
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="conversation-card.pdf"'},
    )


@never_cache
@require_POST
def ask(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Ask one's own manager for the talk."""
    actor = actor_of(request.user)
    incident = incident_get(actor, incident_id)
    if incident is None:
        raise Http404
    talk_ask(actor, incident=incident)
    return redirect("incident", incident.pk)
