"""Our talk: one page seen from both sides, the live card, the notes, agreeing."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fairlead.commons.impact.preparing import preparation_for
from fairlead.commons.incidents.models import Incident
from fairlead.core.closure import is_erased_soon
from fairlead.core.conversation import movements_for
from fairlead.core.ledger import Side, State
from fairlead.core.playbook.reader import load_default
from fairlead.core.playbook.schema import Movement
from fairlead.core.refusal import Refused
from fairlead.core.steps import missing_for_agreed, spine
from fairlead.core.visibility import Act, Actor, Role
from fairlead.foundation import clock
from fairlead.people import presence
from fairlead.people.actors import actor_of
from fairlead.people.selectors import organisation, people_managed_by
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.cases.models import Notice
from fairlead.private.cases.selectors import access_log, led_by, own_grants, own_notice, the_two
from fairlead.private.cases.services import case_open, talk_end
from fairlead.private.checkins.ninety import ninety_days
from fairlead.private.checkins.selectors import checkins_of, next_checkin
from fairlead.private.closure.selectors import is_due
from fairlead.private.conversations.forms import RemarkForm
from fairlead.private.conversations.selectors import has_read_record, remarks_of, text_of
from fairlead.private.conversations.slots import ACCOUNT, NOTES
from fairlead.private.formal.selectors import packet_of
from fairlead.private.handover.selectors import offers_to, under_way
from fairlead.private.messages.selectors import release_of
from fairlead.private.promises.selectors import ledger_of
from fairlead.private.recurrence.selectors import earlier_cases, kept_words
from fairlead.private.talk.facts import talk_facts
from fairlead.private.talk.forms import BeginForm
from fairlead.private.talk.links import link_for, next_act, with_links
from fairlead.private.talk.notices import notice_words, opening_words
from fairlead.private.talk.services import notice_read, talk_agree
from fairlead.private.walks.selectors import current_walk, was_walked

_ABOUT_CLOSING = frozenset(
    {"checkin_excused", "debt_asked", "debt_answered", "closure_said", "closure_not_yet", "case_closed"}
)
_ABOUT_HANDING_OVER = {
    "hand_over_asked": "hand_over_answer",
    "hand_over_answered": "hand_over",
    "nobody_leads": "go_on",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Begin the talk: choose whom it is with; this opens the case and tells the engineer."""
    if not presence.may_enter_private(request):
        return presence.ask_again(request)
    actor = actor_of(request.user)
    incident = Incident.objects.filter(pk=incident_id).first()
    if incident is None or not actor.is_manager:
        raise Http404
    people = people_managed_by(actor)
    form = BeginForm(
        people,
        request.POST or None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            case = case_open(
                actor, case_id=uuid.uuid4(), engineer=form.cleaned_data["engineer"], incident=incident
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            if case.talk_ended_at is not None:
                return redirect("talk", case.pk)
            presence.hold(request, case.pk)
            return redirect("talk_live", case.pk)
    values = {
        "form": form,
        "incident": incident,
        "people": people,
        "notice": opening_words(manager=request.user.name, incident=incident.title),
    }
    return render(request, "talk/begin.html", values, status=422 if form.errors else 200)


def _places() -> dict[str, str]:
    """Return what to call the places a remark may be about."""
    return {ACCOUNT: "the account", **{m.key: f"“{m.title}”" for m in load_default().movements}}


def _ledger(opened: OpenCase) -> dict[str, object]:
    """Split the ledger by who owes; the manager speaks for the organisation, so its promises stand on that side."""
    today, mine, theirs, withdrawn = clock.now().date(), [], [], []
    two = the_two(opened.case)
    for promise in ledger_of(opened):
        entry = promise.entry
        shown = {
            "id": entry.id,
            "words": entry.words,
            "due": entry.due,
            "cadence": entry.cadence,
            "state": entry.state.value,
            "late": entry.state is State.ACCEPTED and entry.due is not None and entry.due < today,
            "owed_by": "the organisation" if entry.owed_by is Side.ORGANISATION else "",
            "evidence": promise.evidence,
            "replies": [
                {"by": two.then(one.role, one.at), "at": one.at, "words": one.words}
                for one in promise.replies
            ],
            "mine_to_answer": promise.mine_to_answer,
            "offered": promise.offered,
        }
        if entry.state is State.WITHDRAWN:
            withdrawn.append(shown)
            continue
        of_engineer = entry.owed_by is Side.ENGINEER
        (mine if of_engineer == (opened.role is Role.ENGINEER) else theirs).append(shown)
    return {"mine": mine, "theirs": theirs, "withdrawn": withdrawn}


@our_talk(Act.READ)
def talk(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The page of our talk."""
    facts = talk_facts(opened)
    titles = {step.key: step for step in load_default().steps}
    steps = [
        {
            "number": one.number,
            "title": titles[one.key].title,
            "state": one.standing.value,
            "href": link_for(one.key, opened),
            "why": one.waits_for[0].words if one.waits_for else "",
        }
        for one in spine(facts)
    ]
    now = next((one for one in spine(facts) if one.standing == "now"), None)
    values = {
        "seen": clock.now(),  # before anything is read
        "case": opened.case,
        "incident": opened.case.incident,
        "role": opened.role.value,
        "two": the_two(opened.case),
        "steps": steps,
        "current": titles[now.key] if now else None,
        "current_act": next_act(now.key, now.waits_for, opened) if now else ("", ""),
        "current_missing": with_links(now.waits_for, opened) if now else (),
        "facts": facts,
        "missing": with_links(missing_for_agreed(facts), opened) if not facts.agreed else (),
        **_ledger(opened),
        "notes": [(m, text_of(opened, m.key)) for m in load_default().movements],
        "account": text_of(opened, ACCOUNT),
        "remarks": remarks_of(opened),
        "places": _places(),
        "remark_form": RemarkForm.about_this("text", "record"),
        "has_read": has_read_record(opened, opened.role),
        "walk": current_walk(opened),
        "walked_before": was_walked(opened),
        "formal": packet_of(opened),
        "came_before": bool(earlier_cases(opened) or kept_words(opened)),
        "types": {t.number: t for t in load_default().types},
        "checkins": checkins_of(opened),
        "visits": access_log(opened),
        "release": release_of(opened),
        "wellbeing": load_default().wellbeing,
        "ninety": ninety_days(opened),
        "coming": next_checkin(opened),
        "organisation": organisation(),
        "closing": is_due(opened),
        "erased_soon": is_erased_soon(opened.case.erase_on, clock.now().date()),
        "led": led_by(opened.case),
        "hand_over": under_way(opened.case),
    }
    return render(request, "talk/talk.html", values)


def _movements(opened: OpenCase) -> tuple[Movement, ...]:
    """The six movements with this incident's figures; the last branches by the type that stands, if one does."""
    now, incident = current_walk(opened), opened.case.incident
    statement: tuple[str, ...] = ()
    if incident is not None:
        statement = preparation_for(opened.actor, incident, talk_on=opened.case.opened_at.date()).statement
    number = now.stands.value if now and now.stands else None
    return movements_for(load_default(), type_number=number, statement=statement)


@our_talk(Act.LEAD_TALK)
def live(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The card to glance at while two people speak."""
    if opened.case.talk_ended_at is None:
        presence.hold(request, opened.case.pk)
    values = {
        "case": opened.case,
        "movements": _movements(opened),
        "texts": {slot: text_of(opened, slot) for slot in NOTES},
    }
    return render(request, "talk/live.html", values)


@our_talk(Act.LEAD_TALK, "POST")
def heartbeat(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The card is still on the table: keep the sign-in."""
    if opened.case.talk_ended_at is None:
        presence.hold(request, opened.case.pk)
    return JsonResponse({"ok": True})


@our_talk(Act.LEAD_TALK, "POST")
def end(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The conversation was held."""
    talk_end(opened)
    presence.release(request)
    return redirect("talk_notes", opened.case.pk)


@our_talk(Act.READ)
def notes(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The manager's notes, movement by movement; the engineer reads the same page."""
    values = {
        "seen": clock.now(),  # before anything is read
        "case": opened.case,
        "role": opened.role.value,
        "notes": [(m, text_of(opened, m.key, with_history=True)) for m in load_default().movements],
        "remarks": remarks_of(opened),
        "remark_forms": {m.key: RemarkForm.about_this("text", m.key) for m in load_default().movements},
        "two": the_two(opened.case),
    }
    return render(request, "talk/notes.html", values)


@our_talk(Act.READ)
def account(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The engineer's own account; the manager reads the same page."""
    movement = next(m for m in load_default().movements if m.key == "facts")
    leads = led_by(opened.case)
    values = {
        "seen": clock.now(),  # before anything is read
        "case": opened.case,
        "role": opened.role.value,
        "text": text_of(opened, ACCOUNT, with_history=True),
        "movement": movement,
        "two": the_two(opened.case),
        "taken_over": leads.starts_at if leads and leads.took_over else None,
        "remarks": [r for r in remarks_of(opened) if r.subject == ACCOUNT],
    }
    return render(request, "talk/account.html", values)


@our_talk(Act.AGREE, "POST")
def agree(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Call it agreed."""
    talk_agree(opened)
    return redirect("talk", opened.case.pk)


def _where_to_go_on(actor: Actor, told: Notice) -> str:
    """Return the address of what a notice was about; Today where this person has no part in the talk any more."""
    if told.key == "second_rater_invited":
        return reverse("second_look", args=[told.case_id])
    if told.key == "hand_over_offered":
        offers = [one for one in offers_to(actor) if one.case_id == told.case_id]
        return reverse("offered", args=[offers[0].pk]) if offers else reverse("today")
    if not any(grant.case_id == told.case_id for grant in own_grants(actor)):
        return reverse("today")
    page = "closure" if told.key in _ABOUT_CLOSING else _ABOUT_HANDING_OVER.get(told.key, "talk")
    return reverse(page, args=[told.case_id])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """Read what one was told, and say that one has."""
    if not presence.may_enter_private(request):
        return presence.ask_again(request)
    actor = actor_of(request.user)
    told = own_notice(actor, notice_id)
    if told is None:
        raise Http404
    if request.method == "POST":
        notice_read(actor, told)
        return redirect(_where_to_go_on(actor, told))
    values = {"notice": told, "words": notice_words(told, zone=request.user.zone)}
    return render(request, "talk/notice.html", values)
