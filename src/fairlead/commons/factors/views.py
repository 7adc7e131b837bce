"""Pages of factors."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.commons.factors.forms import AnswerForm, FactorForm
from fairlead.commons.factors.selectors import AskedQuestion, conditions_at_work, factor_get, questions_of
from fairlead.commons.factors.services import factor_drop, factor_name, question_answer
from fairlead.commons.factors.similar import similar_of
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.refused_forms import accepted
from fairlead.core.visibility import Actor, may_write_commons
from fairlead.people.actors import actor_of

LAST = ("8", "20", "50")


def _asked(actor: Actor, incident: Incident, key: str) -> AskedQuestion:
    for asked in questions_of(actor, incident):
        if asked.question.key == key:
            return asked
    raise Http404


@require_safe
def factors(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """All questions of an incident with what has been answered."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    values = {
        "incident": incident,
        "asked": questions_of(actor, incident),
        "may_write": may_write_commons(actor).allowed,
    }
    return render(request, "factors/list.html", values)


@require_safe
def alike(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """What is like an incident: a page, or only the list for the page of the incident, which asks for it late."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    values = {"incident": incident, "alike": similar_of(actor, incident)}
    part = request.headers.get("HX-Request") == "true"
    response = render(request, "factors/alike_list.html" if part else "factors/alike.html", values)
    patch_vary_headers(response, ["HX-Request"])  # one address, two answers
    return response


@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """How often each condition was at work in the last incidents."""
    asked = request.GET.get("last", "")
    last = int(asked) if asked in LAST else int(LAST[0])
    found = conditions_at_work(actor_of(request.user), last=last)
    return render(
        request,
        "factors/at_work.html",
        {"conditions": found, "last": last, "choices": [int(n) for n in LAST]},
    )


def _still_open(actor: Actor, incident: Incident) -> list[str]:
    """Return the questions without an answer; what came from outside is asked for only if it fits."""
    return [
        one.question.key
        for one in questions_of(actor, incident)
        if one.answer is None and one.question.key != "X"
    ]


def _onward(actor: Actor, incident: Incident) -> HttpResponse:
    """Go on to the next open question, or back to all of them when none is left."""
    left = _still_open(actor, incident)
    return redirect("factor_question", incident.pk, left[0]) if left else redirect("factors", incident.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, incident_id: uuid.UUID, key: str) -> HttpResponse:
    """One question: name a factor, or answer no or not known yet."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    asked = _asked(actor, incident, key)
    answer_form, factor_form = (
        AnswerForm(initial=vars(asked.answer) if asked.answer else None),
        FactorForm(asked.question),
    )
    if request.method == "POST" and "leaf" in request.POST:
        factor_form = FactorForm(asked.question, request.POST)
        if accepted(factor_form, lambda data: factor_name(actor, incident=incident, question=key, **data)):
            return _onward(actor, incident)
    elif request.method == "POST":
        answer_form = AnswerForm(request.POST)
        if accepted(
            answer_form, lambda data: question_answer(actor, incident=incident, question=key, **data)
        ):
            return _onward(actor, incident)
    wrong = answer_form.errors or factor_form.errors
    values = {
        "incident": incident,
        "asked": asked,
        "answer_form": answer_form,
        "factor_form": factor_form,
        "still_open": len(_still_open(actor, incident)),
    }
    return render(request, "factors/question.html", values, status=422 if wrong else 200)


@require_POST
def drop(request: HttpRequest, factor_id: uuid.UUID) -> HttpResponse:
    """Take a factor away."""
    actor = actor_of(request.user)
    factor = factor_get(actor, factor_id)
    if factor is None:
        raise Http404
    factor_drop(actor, factor=factor)
    return redirect("factors", factor.incident_id)
