"""Saving texts, adding remarks, confirming a reading. The pages that show them are in `talk`."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.people.presence import wants_no_page
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.cases.selectors import name_of
from fairlead.private.conversations.forms import ReadForm, RemarkForm, SaveForm
from fairlead.private.conversations.services import reading_confirm, remark_add, text_save
from fairlead.private.conversations.slots import ACCOUNT, MESSAGE

_PAGES = {ACCOUNT: "talk_account", MESSAGE: "talk_message"}


def save_words(request: HttpRequest, opened: OpenCase, slot: str, *, back: str = "") -> HttpResponse:
    """Save what one page holds in one place; without a script, go back to the page that shows it."""
    posted = request.POST.copy()
    posted["words"] = posted.get("words", "").replace(
        "\0", ""
    )  # nobody types it, and a form would refuse the rest
    if not posted.get("sitting"):  # without a script each save is a sitting of its own
        posted["sitting"], posted["edit"] = str(uuid.uuid4()), "1"
    form = SaveForm(posted)
    if not form.is_valid():
        raise Refused(
            "This page could not be read. Nothing was changed; copy your words and open the page again."
        )
    try:
        saved = text_save(opened, slot=slot, **form.cleaned_data)
    except Refused as refused:
        if refused.field == "words" and wants_no_page(request):
            return JsonResponse({"problem": refused.reason}, status=422)  # not to be tried again as it is
        raise
    if not wants_no_page(request):
        return redirect(back or reverse(_PAGES.get(slot, "talk_notes"), args=[opened.case.pk]))
    answer: dict[str, object] = {"version": saved.version, "saved_at": saved.saved_at.isoformat()}
    if saved.others:
        answer["others"] = [
            {"words": words, "saved_at": at.isoformat(), "who": name_of(opened.actor.mark)}
            for words, at in saved.others
        ]
    return JsonResponse(answer, status=409 if saved.others else 200)


@our_talk(Act.WRITE_NOTES, "POST")
def save_notes(request: HttpRequest, opened: OpenCase, slot: str) -> HttpResponse:
    """Save the manager's notes of one movement."""
    return save_words(request, opened, slot)


@our_talk(Act.WRITE_ACCOUNT, "POST")
def save_account(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Save the engineer's own account."""
    return save_words(request, opened, ACCOUNT)


@our_talk(Act.DRAFT_MESSAGE, "POST")
def save_message(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Save the draft of the message to the team."""
    return save_words(request, opened, MESSAGE)


@our_talk(Act.REMARK, "POST")
def remark(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Add a remark beside what stands in the case."""
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return render(request, "conversations/remark.html", {"form": form, "case": opened.case}, status=422)
    try:
        remark_add(opened, **form.cleaned_data)
    except Refused as refused:
        form.add_error("words", refused.reason)
        return render(request, "conversations/remark.html", {"form": form, "case": opened.case}, status=422)
    return redirect("talk", opened.case.pk)


def _shown_at(request: HttpRequest) -> datetime | None:
    form = ReadForm(request.POST)
    if not form.is_valid():
        raise Refused("This page could not be read. Open it again.")
    return form.cleaned_data["seen"]


@our_talk(Act.READ, "POST")
def read(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Confirm having read what the other wrote."""
    reading_confirm(opened, what="record", shown_at=_shown_at(request))
    return redirect("talk", opened.case.pk)


@our_talk(Act.READ_MESSAGE, "POST")
def read_message(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Confirm being fine with the message to the team as it stands."""
    reading_confirm(opened, what="message", shown_at=_shown_at(request))
    return redirect("talk", opened.case.pk)
