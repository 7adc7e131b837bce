"""Pages of the walk. Nothing of the bill is ever put into their templates."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import reselect, reswap, retarget

from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.people.selectors import possible_second_raters
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.cases.selectors import the_two
from fairlead.private.conversations.forms import RemarkForm
from fairlead.private.conversations.selectors import remarks_of
from fairlead.private.walks.forms import RaterForm, WalkForm
from fairlead.private.walks.selectors import current_walk, evidence_of, open_rating, walks_of, was_walked
from fairlead.private.walks.services import (
    STORED_NOTHING,
    rater_invite,
    rating_give,
    refuse_too_early,
    walk_decide,
    walk_suggest,
)
from fairlead.private.walks.steps import Steps, steps_of


def _page(
    request: HttpRequest, opened: OpenCase, form: WalkForm, steps: Steps, **more: object
) -> HttpResponse:
    values = {
        "case": opened.case,
        "form": form,
        "walk": load_default().walk,
        "types": load_default().types,
        "evidence": evidence_of(opened),
        "suggestion": None,
        "refused": None,
        "missing": (),
        "rating": opened.act is Act.RATE,
        "steps": steps,
        "whole": "whole" in request.GET,
        **more,
    }
    return render(request, "walks/walk.html", values, status=422 if more.get("refused") else 200)


def _exit(request: HttpRequest, opened: OpenCase, key: str) -> HttpResponse:
    ends = next(one for one in load_default().walk.exits if one.key == key)
    page = render(request, "walks/exit.html", {"case": opened.case, "ends": ends})
    # Where only the question was to be exchanged, the whole page is: the walk is over.
    return retarget(reselect(reswap(page, "innerHTML show:window:top"), "#main > *"), "#main")


def _posted(request: HttpRequest, opened: OpenCase, form: WalkForm) -> HttpResponse | None:
    """Answer a posted walk, or return None when it was decided and kept."""
    if not form.is_valid():
        unread = "Some of it could not be read. Nothing was stored."
        return _page(request, opened, form, steps_of({}, {}), refused=unread)
    given, data = form.given(), form.cleaned_data
    steps = steps_of(given["answers"], given["evidence"])
    if steps.suggestion and steps.suggestion.exit in STORED_NOTHING:
        return _exit(request, opened, steps.suggestion.exit)
    shown = steps.suggestion if steps.now is None else None
    try:
        if "decide" not in request.POST:
            if "suggest" in request.POST:
                shown = walk_suggest(given["answers"])
            return _page(request, opened, form, steps, suggestion=shown)
        decided = {**given, "decision": data["decision"], "reasons": data["reasons"]}
        if opened.act is Act.RATE:
            rating_give(opened, **decided)
        else:
            walk_decide(opened, walk_id=data["walk_id"], action=data["action"], **decided)
    except Refused as refused:
        more = {"refused": refused.reason, "missing": refused.missing}
        return _page(request, opened, form, steps, suggestion=shown, **more)
    return None


@our_talk(Act.WALK, "GET", "HEAD", "POST")
def walk(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Walk through the questions; show the suggestion; decide."""
    refuse_too_early(opened)
    if request.method == "POST":
        form = WalkForm(request.POST)
        return _posted(request, opened, form) or redirect("talk_type", opened.case.pk)
    form = WalkForm(initial={"walk_id": uuid.uuid4(), "action": evidence_of(opened).action})
    return _page(request, opened, form, steps_of({}, {}))


@our_talk(Act.READ)
def kind(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """What was decided, why, and what stands; both sides see the same."""
    walks = walks_of(opened)
    now = walks[0] if walks else None
    guide = load_default().type_guide(now.stands.value) if now and now.stands else None
    raters = possible_second_raters(excluding=(opened.actor.account,))
    values = {
        "case": opened.case,
        "role": opened.role.value,
        "current": now,
        "earlier": walks[1:],
        "walked_before": was_walked(opened),
        "guide": guide,
        "types": {t.number: t for t in load_default().types},
        "questions": {q.key: q for q in (*load_default().walk.questions, *load_default().walk.repeat_tests)},
        "rater_form": RaterForm(raters),
        "note": load_default().walk.second_rater_note,
        "two": the_two(opened.case),
        "remarks": [r for r in remarks_of(opened) if r.about == "walk"],
        "remark_form": RemarkForm.about_this("walk", "type"),
    }
    return render(request, "walks/type.html", values)


@our_talk(Act.INVITE_RATER, "POST")
def invite(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Ask a second rater."""
    now = current_walk(opened)
    if now is None or not now.needs_second:
        raise Refused("A second look is for types 3 and 4, once the first decision is made.")
    form = RaterForm(possible_second_raters(excluding=(opened.actor.account,)), request.POST)
    if not form.is_valid():
        raise Refused("Choose a manager who is neither of you two.")
    rater_invite(opened, walk=now.walk, rater=form.cleaned_data["rater"])
    return redirect("talk_type", opened.case.pk)


@our_talk(Act.RATE, "GET", "HEAD", "POST")
def second(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The second rater's own walk, on the evidence alone."""
    if open_rating(opened) is None:
        return render(request, "walks/thanks.html", {})
    if request.method == "POST":
        return _posted(request, opened, WalkForm(request.POST)) or render(request, "walks/thanks.html", {})
    return _page(request, opened, WalkForm(), steps_of({}, {}))
