"""The page of an improvement with what shows that it is done, and the pages of waivers."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.commons.improvements.board import rows_of
from fairlead.commons.improvements.selectors import follows, steps_of
from fairlead.commons.improvements.views import improvement_or_404
from fairlead.commons.proofs.forms import SignForm, WaiverForm
from fairlead.commons.proofs.models import Waiver
from fairlead.commons.proofs.selectors import proofs_of, waiver_get, waivers_of
from fairlead.commons.proofs.services_waivers import waiver_ask, waiver_end, waiver_sign
from fairlead.commons.refused_forms import accepted
from fairlead.core.visibility import Actor, may_write_commons
from fairlead.people.actors import actor_of
from fairlead.people.selectors import today


@require_safe
def improvement(request: HttpRequest, improvement_id: uuid.UUID) -> HttpResponse:
    """One improvement: what it answers, where it stands, what shows it, and what was done with it."""
    actor = actor_of(request.user)
    found = improvement_or_404(actor, improvement_id)
    values = {
        "row": rows_of([found], today())[0],
        "proofs": proofs_of(actor, found),
        "waivers": waivers_of(actor, found),
        "steps": steps_of(actor, found),
        "follows": follows(actor, found),
        "may_write": may_write_commons(actor).allowed,
        "address": settings.FAIRLEAD_URL,
    }
    return render(request, "proofs/improvement.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, improvement_id: uuid.UUID) -> HttpResponse:
    """Ask that an improvement counts as done for a time without a proof."""
    actor = actor_of(request.user)
    found = improvement_or_404(actor, improvement_id)
    form = WaiverForm(request.POST) if request.method == "POST" else WaiverForm.blank()
    if request.method == "POST" and accepted(form, lambda data: waiver_ask(actor, improvement=found, **data)):
        messages.success(request, "Asked for. It holds once somebody else has signed it.")
        return redirect("improvement", found.pk)
    values = {"form": form, "improvement": found}
    return render(request, "proofs/ask.html", values, status=422 if form.errors else 200)


def _waiver_or_404(actor: Actor, waiver_id: uuid.UUID) -> Waiver:
    found = waiver_get(actor, waiver_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, waiver_id: uuid.UUID) -> HttpResponse:
    """Sign a waiver that somebody else asked for."""
    actor = actor_of(request.user)
    found = _waiver_or_404(actor, waiver_id)
    form = SignForm(request.POST) if request.method == "POST" else SignForm()
    if request.method == "POST" and accepted(
        form, lambda data: waiver_sign(actor, waiver_id=found.pk, **data)
    ):
        messages.success(request, "Signed. It counts as done until that day.")
        return redirect("improvement", found.improvement_id)
    values = {"form": form, "waiver": found, "improvement": found.improvement}
    return render(request, "proofs/sign.html", values, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, waiver_id: uuid.UUID) -> HttpResponse:
    """Take a waiver back before its day."""
    actor = actor_of(request.user)
    found = _waiver_or_404(actor, waiver_id)
    waiver_end(actor, waiver_id=found.pk)
    return redirect("improvement", found.improvement_id)
