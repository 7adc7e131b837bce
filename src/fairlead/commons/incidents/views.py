"""Pages of incidents."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from fairlead.commons.filtering import chips, chosen, narrowed
from fairlead.commons.incidents.forms import IncidentFilterForm, IncidentForm
from fairlead.commons.incidents.listing import IncidentFilters, Place, incident_list
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.selectors import incident_get
from fairlead.commons.incidents.services import incident_change, incident_record
from fairlead.commons.refused_forms import accepted
from fairlead.core.visibility import Actor, may_write_commons
from fairlead.people.actors import actor_of


def incident_or_404(actor: Actor, incident_id: uuid.UUID) -> Incident:
    """Return the incident or raise Http404."""
    incident = incident_get(actor, incident_id)
    if incident is None:
        raise Http404
    return incident


# Everybody may read the list, so it goes out packed; pages of the private side never do.
@gzip_page
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """The list, newest first, narrowed by the filters in its address."""
    actor = actor_of(request.user)
    form = IncidentFilterForm(request.GET)
    filters = IncidentFilters(**chosen(form), zone=request.user.zone)
    page = incident_list(actor, filters, after=Place.read(request.GET.get("from", "")))
    onward = request.GET.copy()
    onward["from"] = str(page.onward)
    back = request.GET.copy()
    back.pop("from", None)
    more = request.GET.copy()
    more["more"] = "1"
    values = {
        "form": form,
        "more": "more" in request.GET,
        "with_more": "?" + more.urlencode(),
        "hidden": [(name, value) for name, value in request.GET.items() if name not in {"q", "from", "more"}],
        "chips": chips(request, form),
        "page": page,
        "narrowed": narrowed(request),
        "older": {"title": "Older", "href": "?" + onward.urlencode()} if page.onward else None,
        "newest": {"title": "The newest", "href": "?" + back.urlencode()} if "from" in request.GET else None,
        "may_write": may_write_commons(actor).allowed,
        "is_manager": actor.is_manager,
    }
    return render(request, "incidents/list.html", values)


# The forms list every time zone there is, so they go out packed.
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Put an incident on record."""
    actor = actor_of(request.user)
    if request.method == "POST":
        form = IncidentForm(request.POST)
        made = accepted(
            form,
            lambda data: incident_record(
                actor, incident_id=data["incident_id"] or uuid.uuid4(), values=data["values"]
            ),
        )
        if made:
            return redirect("incident", made.pk)
    else:
        form = IncidentForm.blank(zone=request.user.zone)
    return render(
        request, "incidents/form.html", {"form": form, "incident": None}, status=422 if form.errors else 200
    )


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Change an incident."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    if request.method == "POST":
        form = IncidentForm(request.POST)
        changed = accepted(
            form,
            lambda data: incident_change(
                actor, incident_id=incident.pk, edition=data["edition"] or 0, values=data["values"]
            ),
        )
        if changed:
            return redirect("incident", incident.pk)
    else:
        form = IncidentForm.of(incident)
    return render(
        request,
        "incidents/form.html",
        {"form": form, "incident": incident},
        status=422 if form.errors else 200,
    )
