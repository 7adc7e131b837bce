"""The pages on which a text is added to an incident that is on record."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.refused_forms import accepted
from fairlead.core.importing.decoding import decoded
from fairlead.people.actors import actor_of
from fairlead.sources.intake.adding import new_moments, on_record, text_add, text_bring
from fairlead.sources.intake.forms import AddedForm, WhatHappenedForm, zone_chosen
from fairlead.sources.intake.understood import understood
from fairlead.sources.records.door import open_source
from fairlead.sources.records.selectors import content_of

_ASKED = ("GET", "HEAD", "POST")


@never_cache
@require_http_methods(_ASKED)
def add(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """The box for one more text of an incident."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    form = WhatHappenedForm.of(request)
    draft = request.method == "POST" and accepted(
        form,
        lambda data: text_bring(
            actor,
            incident,
            source_id=data["source_id"] or uuid.uuid4(),
            content=data["content"],
            name=data["name"],
        ),
    )
    if draft:
        return redirect("text_look_over", incident_id, draft.pk)
    values = {"form": form, "incident": incident}
    return render(request, "intake/add.html", values, status=422 if form.errors else 200)


@never_cache
def look_over(request: HttpRequest, incident_id: uuid.UUID, source_id: uuid.UUID) -> HttpResponse:
    """What the text adds, to be looked over; for whoever brought it, and nothing to anybody else."""
    draft = open_source(actor_of(request.user), source_id, act="add")
    if request.method not in _ASKED:
        return HttpResponseNotAllowed(_ASKED)
    incident = incident_or_404(draft.actor, incident_id)
    if draft.source.kind != "text":
        raise Http404
    if draft.source.incident_id is not None:
        return redirect("source", draft.source.incident_id)
    text, _ = decoded(content_of(draft).content)
    known = on_record(draft.actor, incident)
    found = understood(text, zone=zone_chosen(request.POST), on_record=known)
    moments = new_moments(incident, found)
    if request.method == "POST":
        form = AddedForm(request.POST, understood=found, moments=moments)
        added = accepted(
            form,
            lambda data: text_add(
                draft,
                incident,
                lines=data["lines"],
                moments={name: moments[name] for name in data["moments"]},
                understood=found,
                known=known.lines,
            ),
        )
        if added:
            messages.success(request, "It is added. The text itself is kept as a source.")
            return redirect("incident", incident.pk)
    else:
        form = AddedForm.of(found, moments)
    values = {"form": form, "found": found, "text": text, "incident": incident}
    return render(request, "intake/add_look.html", values, status=422 if form.errors else 200)
