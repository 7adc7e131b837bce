"""Pages of improvements."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fairlead.commons.improvements.forms import DecisionDayForm, ImprovementForm
from fairlead.commons.improvements.selectors import improvement_get
from fairlead.commons.improvements.services import decision_day_set, improvement_plan
from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.refused_forms import accepted
from fairlead.core.playbook.reader import load_default
from fairlead.people.actors import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Plan an improvement for an incident."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    form = ImprovementForm(incident, request.POST) if request.method == "POST" else ImprovementForm(incident)
    if request.method == "POST" and accepted(
        form, lambda data: improvement_plan(actor, incident=incident, **data)
    ):
        return redirect("incident", incident.pk)
    values = {"form": form, "incident": incident, "examples": load_default().improvement_examples}
    return render(request, "improvements/form.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, improvement_id: uuid.UUID) -> HttpResponse:
    """Change an improvement."""
    actor = actor_of(request.user)
    improvement = improvement_get(actor, improvement_id)
    if improvement is None:
        raise Http404
    incident = improvement.incident
    form = (
        ImprovementForm(incident, request.POST)
        if request.method == "POST"
        else ImprovementForm.of(improvement)
    )
    if request.method == "POST" and accepted(
        form,
        lambda data: improvement_plan(actor, incident=incident, **{**data, "improvement_id": improvement.pk}),
    ):
        return redirect("incident", incident.pk)
    values = {"form": form, "incident": incident, "examples": load_default().improvement_examples}
    return render(request, "improvements/form.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_day(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Name the day on which a better improvement will be decided."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    form = DecisionDayForm(request.POST or None)
    if request.method == "POST" and accepted(
        form, lambda data: decision_day_set(actor, incident=incident, **data)
    ):
        return redirect("incident", incident.pk)
    return render(
        request,
        "improvements/decision_day.html",
        {"form": form, "incident": incident},
        status=422 if form.errors else 200,
    )
