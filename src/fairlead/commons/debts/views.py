"""Pages of the debts."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fairlead.commons.debts.forms import DebtForm
from fairlead.commons.debts.selectors import debt_get, debts_open, debts_settled
from fairlead.commons.debts.services import debt_answer
from fairlead.commons.refused_forms import accepted
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import may_write_commons
from fairlead.people.actors import actor_of
from fairlead.people.selectors import today


@require_safe
def debts(request: HttpRequest) -> HttpResponse:
    """What the organisation owes, and what it has answered for."""
    actor = actor_of(request.user)
    values = {
        "open": debts_open(actor),
        "settled": debts_settled(actor),
        "titles": {question.key: question.title for question in load_default().factor_questions},
        "today": today(),
    }
    return render(request, "debts/debts.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def debt(request: HttpRequest, debt_id: UUID) -> HttpResponse:
    """Answer for one debt."""
    actor = actor_of(request.user)
    owed = debt_get(actor, debt_id)
    if owed is None:
        raise Http404
    form = DebtForm(request.POST) if request.method == "POST" else DebtForm.about(owed)
    if request.method == "POST" and accepted(form, lambda data: debt_answer(actor, debt_id=owed.pk, **data)):
        return redirect("debts")
    values = {"debt": owed, "form": form, "may_write": may_write_commons(actor).allowed}
    return render(request, "debts/debt.html", values, status=422 if form.errors else 200)
