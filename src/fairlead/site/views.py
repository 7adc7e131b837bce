"""The pages that put the places together: Today, one incident, and what is said when something is not there."""

import uuid
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.commons.factors.selectors import questions_of
from fairlead.commons.impact.selectors import counted, impact_inputs
from fairlead.commons.improvements.again import again_of
from fairlead.commons.improvements.board import planned_of
from fairlead.commons.improvements.selectors import decision_day_of
from fairlead.commons.incidents.selectors import recent_incidents
from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.lessons.selectors import lessons_of
from fairlead.commons.messages.selectors import messages_of
from fairlead.commons.paging import page_number, with_page
from fairlead.commons.refused_forms import accepted
from fairlead.commons.reviews.selectors import come_back, published_on
from fairlead.commons.timeline.drawing import timeline_shown
from fairlead.core.impact import ImpactError
from fairlead.core.refusal import Refused
from fairlead.core.search_words import LONGEST_QUERY
from fairlead.core.visibility import may_write_commons
from fairlead.foundation import clock
from fairlead.foundation.search.finding import PER_PAGE
from fairlead.people import presence as sign_in_presence
from fairlead.people.actors import actor_of
from fairlead.people.selectors import has_a_manager, organisation
from fairlead.private.cases.selectors import own_cases_of
from fairlead.private.preparation.selectors import has_asked
from fairlead.site.adoption import AdoptionForm, TalkFileForm, form_of, talk_adopt
from fairlead.site.coaching import Audience, coach
from fairlead.site.incident_page import facts_of, impact_bar
from fairlead.site.searched import search as search_for
from fairlead.site.searched import tabs_of
from fairlead.site.today import Today, today
from fairlead.site.trouble import too_long
from fairlead.sources.intake.forms import WhatHappenedForm
from fairlead.sources.records.selectors import own_sources


@never_cache
@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Today for somebody who is signed in; a welcome with the way in for everybody else."""
    if not request.user.is_authenticated:
        return render(request, "site/welcome.html")
    actor = actor_of(request.user)
    fresh = sign_in_presence.may_enter_private(request)
    mine = today(actor) if fresh else Today([], [])
    values = {
        "fresh": fresh,
        "mine": mine,
        "incidents": recent_incidents(actor, most=5),
        "come_back": come_back(actor, today=clock.now().astimezone(ZoneInfo(request.user.zone)).date()),
        "is_manager": actor.is_manager,
        "what_happened": WhatHappenedForm.blank(),
        "may_write": may_write_commons(actor).allowed,
    }
    return render(request, "site/today.html", values)


@never_cache
@login_not_required
def presence(request: HttpRequest) -> HttpResponse:
    """Tell a script whether this person is still signed in, before it sends what somebody wrote."""
    if not request.user.is_authenticated:
        return JsonResponse({"sign_in": "needed"}, status=401)
    if not sign_in_presence.may_enter_private(request):
        return JsonResponse({"sign_in": "confirm"}, status=401)
    return JsonResponse({"ok": True})


@never_cache
@require_POST
def coach_text(request: HttpRequest) -> JsonResponse:
    """Say what the coach finds in a text that is being written. Nothing of it is kept, whomever it is for."""
    audience: Audience = "private" if request.POST.get("audience") == "private" else "commons"
    try:
        return JsonResponse({"findings": coach(request.POST.get("text", ""), audience)})
    except Refused as refused:
        return JsonResponse({"problem": refused.reason}, status=422)


# Everybody may read this page, so it goes out packed; pages of the private side never do.
@gzip_page
@never_cache
@require_safe
def incident(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """One incident with all its parts; a participant also finds the way to their own talk."""
    actor = actor_of(request.user)
    found = incident_or_404(actor, incident_id)
    fresh = sign_in_presence.may_enter_private(request)
    problem, impact, inputs = "", None, impact_inputs(actor, found)
    try:
        impact = counted(found, inputs) if inputs else None
    except ImpactError as error:
        problem = str(error)
    sources = own_sources(actor, found)
    own_talks = own_cases_of(actor, found) if fresh else []
    may_ask = fresh and not own_talks and has_a_manager(actor)
    improvements = planned_of(actor, found)
    values = {
        "incident": found,
        "facts": facts_of(found),
        "timeline": timeline_shown(actor, found, viewer_zone=request.user.zone),
        "impact": impact,
        "bar": impact_bar(impact),
        "impact_problem": problem,
        "inputs": inputs,
        "asked": questions_of(actor, found),
        "improvements": improvements,
        "again": again_of(actor, found, [one for one, _ in improvements]),
        "decision_day": decision_day_of(actor, found),
        "lessons": lessons_of(actor, found),
        "team_messages": messages_of(actor, found),
        "reviewed_on": published_on(actor, found),
        "may_write": may_write_commons(actor).allowed,
        "is_manager": actor.is_manager,
        "is_responder": bool(sources),
        "logs": [source for source, kind in sources if kind == "live"],
        # What is somebody's own shows only while it is surely them who looks.
        "own_talks": own_talks,
        "may_ask": may_ask,
        "has_asked": may_ask and has_asked(actor, found),
    }
    return render(request, "site/incident.html", values)


@gzip_page
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found for some words."""
    typed, kind = request.GET.get("q", "").strip()[:LONGEST_QUERY], request.GET.get("kind", "")
    page = page_number(request)
    actor = actor_of(request.user)
    answer = search_for(actor, typed, kind=kind, page=page)
    more = answer.found.total > page * PER_PAGE
    values = {
        "is_manager": actor.is_manager,
        "typed": typed,
        "answer": answer,
        "tabs": tabs_of(typed, kind),
        "newer": {"title": "Better matches", "href": with_page(request, page - 1)} if page > 1 else None,
        "older": {"title": "More", "href": with_page(request, page + 1)} if more else None,
    }
    return render(request, "site/search.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest) -> HttpResponse:
    """Adopt a talk.json: choose the file, look over what was understood, put it on record."""
    actor = actor_of(request.user)
    if "talk" in request.POST:
        form = AdoptionForm(request.POST)
        currency = organisation().currency
        adopted = accepted(
            form,
            lambda data: talk_adopt(
                actor,
                incident_id=data["incident_id"] or uuid.uuid4(),
                values=data["values"],
                talk=data["talk"],
                currency=currency,
            ),
        )
        if adopted:
            return redirect("prepare_for" if actor.is_manager else "incident", adopted.pk)
        return render(request, "incidents/form.html", {"form": form, "incident": None}, status=422)
    chosen = TalkFileForm(request.POST, request.FILES) if request.method == "POST" else TalkFileForm()
    if request.method == "POST" and chosen.is_valid():
        form = form_of(chosen.cleaned_data["talk_file"])
        return render(request, "incidents/form.html", {"form": form, "incident": None})
    return render(request, "site/adopt.html", {"form": chosen}, status=422 if chosen.errors else 200)


@login_not_required
def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one 404: the same bytes for whatever is not there and whatever is not yours."""
    return render(None, "site/not_here.html", status=404)  # type: ignore[arg-type]


def not_allowed(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """A form that did not come from these pages, or came too late."""
    problem = "It did not come from a page of this server, or that page was too old. Open the page again."
    values = {"title": "This form was not accepted", "problem": problem, "missing": ()}
    return render(request, "site/trouble.html", values, status=403)


def not_readable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Something sent that cannot be read: too long for one page, or not in the form of one."""
    if isinstance(exception, RequestDataTooBig):
        return too_long(request)
    problem = "What was sent could not be read. Open the page again; what you wrote is still on the one you came from."
    values = {"title": "That could not be read", "problem": problem, "missing": ()}
    return render(request, "site/trouble.html", values, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Something broke that should not have."""
    return render(None, "site/broken.html", status=500)  # type: ignore[arg-type]
