"""The pages on which an incident is brought in."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fairlead.commons.refused_forms import accepted
from fairlead.core.importing.decoding import decoded
from fairlead.people.actors import actor_of
from fairlead.sources.intake.confirming import confirm
from fairlead.sources.intake.forms import ConfirmForm, WhatHappenedForm, zone_chosen
from fairlead.sources.intake.understood import understood
from fairlead.sources.records.door import open_source
from fairlead.sources.records.selectors import content_of
from fairlead.sources.records.services import draft_keep

_ASKED = ("GET", "HEAD", "POST")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def what_happened(request: HttpRequest) -> HttpResponse:
    """The box: whatever somebody has, kept for them alone until they confirm what was understood of it."""
    actor = actor_of(request.user)
    form = WhatHappenedForm.of(request)
    draft = request.method == "POST" and accepted(
        form,
        lambda data: draft_keep(
            actor,
            source_id=data["source_id"] or uuid.uuid4(),
            kind="text",
            content=data["content"],
            name=data["name"],
        ),
    )
    if draft:
        return redirect("incident_confirm", draft.pk)
    return render(request, "intake/what_happened.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
def look_over(request: HttpRequest, source_id: uuid.UUID) -> HttpResponse:
    """What was understood, to be looked over and confirmed; for whoever brought it, and nothing to anybody else."""
    draft = open_source(actor_of(request.user), source_id, act="confirm")
    if request.method not in _ASKED:
        return HttpResponseNotAllowed(_ASKED)
    if draft.source.kind != "text":
        raise Http404
    if draft.source.incident_id is not None:
        return redirect("incident", draft.source.incident_id)
    text, _ = decoded(content_of(draft).content)
    if request.method == "POST":
        form = ConfirmForm(request.POST, understood=understood(text, zone=zone_chosen(request.POST)))
        made = accepted(form, lambda data: confirm(draft, data, form.understood))
        if made:
            return redirect("incident", made.pk)
    else:
        form = ConfirmForm.of(understood(text))
    values = {"form": form, "found": form.understood, "text": text, "draft_id": source_id}
    return render(request, "intake/look_over.html", values, status=422 if form.errors else 200)
