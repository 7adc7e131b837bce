"""The closure as one page, from both sides, until it is erased."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fairlead.core.closure import may_become_debts, missing_to_offer
from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act, CaseState, Role
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.cases.selectors import access_log, the_two
from fairlead.private.checkins.selectors import checkin_get
from fairlead.private.closure.forms import AnswerForm, StatementForm
from fairlead.private.closure.models import Closure
from fairlead.private.closure.selectors import (
    closure_facts,
    draft,
    erased_if_closed_now,
    open_checkins,
    passed_on,
    said,
)
from fairlead.private.closure.services import (
    checkin_excuse,
    closure_answer,
    closure_say,
    debt_answer,
    debt_ask,
)
from fairlead.private.conversations.selectors import text_of
from fairlead.private.conversations.slots import GROWTH
from fairlead.private.conversations.views import save_words
from fairlead.private.promises.models import Promise
from fairlead.private.promises.selectors import promise_get

# Where what is missing is settled; what is not listed here is settled on the page itself.
_PLACES = {"agreed": "talk", "check_in_held": "follow_up", "engineer_promise": "follow_up"}


def _page(
    request: HttpRequest,
    opened: OpenCase,
    *,
    statement: StatementForm | None = None,
    answered: AnswerForm | None = None,
) -> HttpResponse:
    case, facts, texts = opened.case, closure_facts(opened), load_default().closure
    sealed = case.state == CaseState.SEALED
    missing = () if sealed else missing_to_offer(facts)
    words = said(opened)
    asks = opened.role is Role.ENGINEER and words is not None and words.answer == Closure.Answer.NONE
    shown = statement or answered
    values = {
        "case": case,
        "role": opened.role.value,
        "two": the_two(case),
        "texts": texts,
        "sealed": sealed,
        "missing": [
            {
                "words": one.words,
                "href": reverse(_PLACES[one.code], args=[case.pk]) if one.code in _PLACES else "",
            }
            for one in missing
        ],
        "growth": text_of(opened, GROWTH, with_history=True),
        "open_checkins": open_checkins(opened),
        "owed": may_become_debts(facts.promises),
        "passed_on": passed_on(opened),
        "said": words,
        "answers": dict(Closure.Answer.choices),
        "statement_form": statement or StatementForm(initial={"statement": draft(opened)}),
        "answer_form": (answered or AnswerForm()) if asks else None,
        "erased_on": case.erase_on if sealed else erased_if_closed_now(opened),
        "visits": access_log(opened),
    }
    return render(request, "closure/closure.html", values, status=422 if shown and shown.errors else 200)


@our_talk(Act.READ_CLOSURE)
def closure(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """What it waits for, the words, the answer; once it is sealed, that it is closed and when it is erased."""
    return _page(request, opened)


@our_talk(Act.CLOSE, "POST")
def growth(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Save what has grown, in the manager's words."""
    return save_words(request, opened, GROWTH, back=reverse("closure", args=[opened.case.pk]))


@our_talk(Act.CLOSE, "POST")
def say(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """It was said aloud."""
    form = StatementForm(request.POST)
    if form.is_valid():
        try:
            closure_say(opened, statement=form.cleaned_data["statement"])
        except Refused as refused:
            form.add_error("statement", [refused.reason, *(one.words for one in refused.missing)])
        else:
            return redirect("closure", opened.case.pk)
    return _page(request, opened, statement=form)


@our_talk(Act.ANSWER_CLOSURE, "POST")
def answer(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The engineer answers."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            closure_answer(opened, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field or None, [refused.reason, *(one.words for one in refused.missing)])
        else:
            return redirect("closure", opened.case.pk)
    return _page(request, opened, answered=form)


@our_talk(Act.CHECK_IN, "POST")
def excuse(request: HttpRequest, opened: OpenCase, checkin_id: UUID) -> HttpResponse:
    """A check-in that did not take place stands in nobody's way."""
    row = checkin_get(opened, checkin_id)
    if row is None:
        raise Http404
    checkin_excuse(opened, checkin=row)
    return redirect("closure", opened.case.pk)


def _promise(opened: OpenCase, promise_id: UUID) -> Promise:
    found = promise_get(opened, promise_id)
    if found is None:
        raise Http404
    return found


@our_talk(Act.CLOSE, "POST")
def pass_on(request: HttpRequest, opened: OpenCase, promise_id: UUID) -> HttpResponse:
    """Ask whether a promise may become a debt of the organisation."""
    debt_ask(opened, promise=_promise(opened, promise_id))
    return redirect("closure", opened.case.pk)


@our_talk(Act.ANSWER_CLOSURE, "POST")
def passed(request: HttpRequest, opened: OpenCase, promise_id: UUID) -> HttpResponse:
    """Say yes or no to that."""
    debt_answer(opened, promise=_promise(opened, promise_id), agreed=request.POST.get("agreed") == "yes")
    return redirect("closure", opened.case.pk)
