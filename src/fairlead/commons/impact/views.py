"""The page of an incident's impact."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fairlead.commons.impact.forms import ENDS, ImpactForm
from fairlead.commons.impact.selectors import impact_inputs
from fairlead.commons.impact.services import impact_write
from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.refused_forms import accepted
from fairlead.people.actors import actor_of
from fairlead.people.selectors import organisation


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Say what the incident cost."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    currency = organisation().currency
    if request.method == "POST":
        form = ImpactForm(request.POST, currency=currency)
        if accepted(form, lambda data: impact_write(actor, incident=incident, values=data["values"])):
            return redirect("incident", incident.pk)
    else:
        form = ImpactForm.of(impact_inputs(actor, incident), currency=currency)
    values = {"form": form, "incident": incident, "ends": ENDS}
    return render(request, "impact/form.html", values, status=422 if form.errors else 200)
