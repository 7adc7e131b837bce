"""Pages of promises."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.cases.selectors import the_two
from fairlead.private.promises.forms import PromiseForm, ReplyForm
from fairlead.private.promises.models import Promise
from fairlead.private.promises.selectors import as_entry, ledger_of, promise_get
from fairlead.private.promises.services import promise_answer, promise_make, promise_reply


def _promise_or_404(opened: OpenCase, promise_id: UUID) -> Promise:
    promise = promise_get(opened, promise_id)
    if promise is None:
        raise Http404
    return promise


def _blank(request: HttpRequest, opened: OpenCase) -> PromiseForm:
    """Start from a prompt of the playbook, from a declined promise, or from nothing."""
    replaces = request.GET.get("replaces", "")
    wanted = replaces or request.GET.get(
        "instead", ""
    )  # instead: from the one who declined, who may not replace it
    if wanted:
        try:
            old = as_entry(opened, _promise_or_404(opened, UUID(wanted)))
        except ValueError:
            raise Http404 from None
        return PromiseForm.blank(
            opened.role,
            replaces=old.id if replaces else None,
            owed_by=old.owed_by.value,
            words=old.words,
            due_on=old.due,
            cadence=old.cadence,
        )
    prompt = next((p for p in load_default().promise_prompts if p.key == request.GET.get("prompt")), None)
    return PromiseForm.blank(
        opened.role, owed_by=prompt.side if prompt else None, words=prompt.example if prompt else ""
    )


@our_talk(Act.PROMISE, "GET", "HEAD", "POST")
def make(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Propose a promise."""
    form = PromiseForm(opened.role, request.POST) if request.method == "POST" else _blank(request, opened)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        replaces = data.pop("replaces")
        try:
            promise_make(opened, **data, replaces=_promise_or_404(opened, replaces) if replaces else None)
        except Refused as refused:
            form.add_error(None, [refused.reason, *(missing.words for missing in refused.missing)])
        else:
            return redirect("talk", opened.case.pk)
    values = {
        "case": opened.case,
        "form": form,
        "prompts": load_default().promise_prompts,
        "role": opened.role.value,
    }
    return render(request, "promises/form.html", values, status=422 if form.errors else 200)


@our_talk(Act.PROMISE, "POST")
def answer(request: HttpRequest, opened: OpenCase, promise_id: UUID) -> HttpResponse:
    """Accept, decline or withdraw a promise."""
    promise_answer(opened, promise=_promise_or_404(opened, promise_id), action=request.POST.get("action", ""))
    return redirect("talk", opened.case.pk)


@our_talk(Act.REMARK, "GET", "HEAD", "POST")
def reply(request: HttpRequest, opened: OpenCase, promise_id: UUID) -> HttpResponse:
    """Say something beside a promise."""
    promise = _promise_or_404(opened, promise_id)
    form = ReplyForm(request.POST) if request.method == "POST" else ReplyForm.blank()
    if request.method == "POST" and form.is_valid():
        try:
            promise_reply(opened, promise=promise, **form.cleaned_data)
        except Refused as refused:
            form.add_error("words", [one.words for one in refused.missing] or refused.reason)
        else:
            return redirect(reverse("talk", args=[opened.case.pk]) + f"#promise-{promise.pk}")
    shown = next(one for one in ledger_of(opened) if one.entry.id == str(promise.pk))
    values = {"case": opened.case, "form": form, "promise": shown, "two": the_two(opened.case)}
    return render(request, "promises/reply.html", values, status=422 if form.errors else 200)
