"""Pages of improvements."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.commons.filtering import chips, chosen, narrowed
from fairlead.commons.improvements.again import again_lately
from fairlead.commons.improvements.board import (
    BoardFilters,
    board_mix,
    board_page,
    board_proofs,
    board_table,
    late_count,
)
from fairlead.commons.improvements.forms import (
    BoardFilterForm,
    DecisionDayForm,
    DoneForm,
    DropForm,
    ImprovementForm,
    ReopenForm,
)
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.selectors import improvement_get
from fairlead.commons.improvements.services import (
    decision_day_set,
    improvement_done,
    improvement_drop,
    improvement_follow,
    improvement_plan,
    improvement_reopen,
)
from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.paging import page_number, with_page
from fairlead.commons.refused_forms import accepted
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import Actor
from fairlead.people.actors import actor_of
from fairlead.people.selectors import today


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


# Everybody may read this page, so it goes out packed; pages of the private side never do.
@gzip_page
@require_safe
def improvements(request: HttpRequest) -> HttpResponse:
    """The board: improvements across incidents, overdue first."""
    actor, day = actor_of(request.user), today()
    form = BoardFilterForm(request.GET)
    number = page_number(request)
    page = board_page(actor, BoardFilters(**chosen(form)), page=number, today=day)
    filtered, overview = chips(request, form), None
    if number == 1 and not filtered:
        # What is said of all of them is counted for the first page alone: who goes on from there reads the list.
        overview = {
            "table": board_table(actor, today=day),
            "mix": board_mix(actor),
            "proofs": board_proofs(actor, today=day),
            "late": late_count(actor, today=day),
            "again": again_lately(actor),
        }
    values = {
        "form": form,
        "chips": filtered,
        "page": page,
        "narrowed": narrowed(request),
        "overview": overview,
        "is_manager": actor.is_manager,
        "newer": {"title": "Earlier days", "href": with_page(request, number - 1)} if number > 1 else None,
        "older": {"title": "Later days", "href": with_page(request, number + 1)} if page.more else None,
    }
    return render(request, "improvements/board.html", values)


def improvement_or_404(actor: Actor, improvement_id: uuid.UUID) -> Improvement:
    """Return the improvement or raise Http404."""
    found = improvement_get(actor, improvement_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, improvement_id: uuid.UUID) -> HttpResponse:
    """Change an improvement."""
    actor = actor_of(request.user)
    found = improvement_or_404(actor, improvement_id)
    incident = found.incident
    form = ImprovementForm(incident, request.POST) if request.method == "POST" else ImprovementForm.of(found)

    def save(data: dict[str, Any]) -> Improvement:
        kept = {**data, "improvement_id": found.pk, "edition": data["edition"] or 0}
        return improvement_plan(actor, incident=incident, **kept)

    if request.method == "POST" and accepted(form, save):
        return redirect("improvement", found.pk)
    values = {"form": form, "incident": incident, "examples": load_default().improvement_examples}
    return render(request, "improvements/form.html", values, status=422 if form.errors else 200)


def _close(
    request: HttpRequest,
    improvement_id: uuid.UUID,
    form_class: type[forms.Form],
    service: Callable[..., Improvement],
) -> HttpResponse:
    """A page with one text that ends an improvement, or begins it again."""
    actor = actor_of(request.user)
    found = improvement_or_404(actor, improvement_id)
    posted = request.method == "POST"
    form = form_class(request.POST) if posted else form_class(initial={"edition": found.edition})
    if posted and accepted(form, lambda data: service(actor, improvement_id=found.pk, **data)):
        return redirect("improvement", found.pk)
    values = {"form": form, "improvement": found, "doing": service.__name__}
    return render(request, "improvements/close.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, improvement_id: uuid.UUID) -> HttpResponse:
    """Call an improvement done, with what shows it."""
    return _close(request, improvement_id, DoneForm, improvement_done)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, improvement_id: uuid.UUID) -> HttpResponse:
    """Drop an improvement, with the reason."""
    return _close(request, improvement_id, DropForm, improvement_drop)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, improvement_id: uuid.UUID) -> HttpResponse:
    """Open an improvement again."""
    return _close(request, improvement_id, ReopenForm, improvement_reopen)


@require_POST
def follow(request: HttpRequest, improvement_id: uuid.UUID) -> HttpResponse:
    """Ask to be reminded of an improvement, or not any more; nobody else sees who asked."""
    actor = actor_of(request.user)
    found = improvement_or_404(actor, improvement_id)
    improvement_follow(actor, improvement=found, wanted=request.POST.get("wanted") == "yes")
    return redirect("improvement", found.pk)


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
