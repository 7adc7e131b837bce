"""The page of the message to the team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fairlead.commons.refused_forms import kept_in
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import Act, Role
from fairlead.foundation import clock
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.conversations.forms import RemarkForm
from fairlead.private.conversations.selectors import has_read_message, remarks_of, text_of
from fairlead.private.conversations.slots import MESSAGE
from fairlead.private.messages.selectors import first_draft, release_of, to_deal_with
from fairlead.private.messages.services import missing_to_release, team_message_offer, team_message_release


@our_talk(Act.READ)
def message(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Draft it (manager), read it first (engineer)."""
    seen = clock.now()  # before anything is read
    text = text_of(opened, MESSAGE, with_history=True)
    incident = opened.case.incident
    draft = text.words
    if (not text.version or text.withheld) and opened.role is Role.MANAGER and incident is not None:
        draft = first_draft(opened.actor, incident)
    values = {
        "seen": seen,
        "case": opened.case,
        "role": opened.role.value,
        "text": text,
        "draft": draft,
        "deal_with": to_deal_with(text.words, incident),
        "read": has_read_message(opened),
        "remarks": [r for r in remarks_of(opened) if r.about == "message"],
        "remark_form": RemarkForm.about_this("message", "team_message"),
        "release": release_of(opened),
        "missing": missing_to_release(opened),
        "team": load_default().team,
    }
    return render(request, "drafts/message.html", values)


@our_talk(Act.DRAFT_MESSAGE, "POST")
def offer(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Give the draft to the engineer to read first."""
    team_message_offer(opened)
    return redirect("talk_message", opened.case.pk)


@our_talk(Act.RELEASE_MESSAGE, "POST")
def release(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Release the message to the team."""
    team_message_release(opened, kept=kept_in(request.POST))
    return redirect("talk_message", opened.case.pk)
