"""The follow-up as pages: the ninety days, one check-in, what was seen. Its days are in `day_views`."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fairlead.core.cadence import phase_on
from fairlead.core.ledger import Action, Side, State, decide
from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act, Role
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.cases.selectors import the_two
from fairlead.private.checkins.facts import engineer_of, facts_of
from fairlead.private.checkins.forms import RecordForm, ReplyForm, SignalForm
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.ninety import ninety_days
from fairlead.private.checkins.selectors import (
    checkin_get,
    checkins_of,
    leave_of,
    next_checkin,
    read_checkin,
    signal_get,
    signals_of,
)
from fairlead.private.checkins.services import checkin_record
from fairlead.private.checkins.signals import signal_note, signal_reply
from fairlead.private.conversations.slots import NOTED, SAID, WELLBEING, slot_of
from fairlead.private.conversations.views import save_words
from fairlead.private.promises.selectors import SIDE, entries_of

_AGREED = (State.ACCEPTED, State.MET, State.NOT_MET)


def checkin_or_404(opened: OpenCase, checkin_id: uuid.UUID) -> CheckIn:
    """Return a check-in of this case."""
    found = checkin_get(opened, checkin_id)
    if found is None:
        raise Http404
    return found


@our_talk(Act.READ)
def follow_up(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The ninety days: the line, what comes next, and everything that was said and seen."""
    facts, engineer = facts_of(opened.case), engineer_of(opened.case)
    rows = [read_checkin(opened, row) for row in checkins_of(opened)]
    signals = signals_of(opened)
    values = {
        "case": opened.case,
        "role": opened.role.value,
        "two": the_two(opened.case),
        "ninety": ninety_days(opened),
        "coming": next_checkin(opened),
        "said": [
            one for one in reversed(rows) if one.anything_said or one.row.state != CheckIn.State.PLANNED
        ],
        "promises": {str(entry.id): entry for entry in entries_of(opened)},
        "signals": [(one, ReplyForm.blank(one.id)) for one in reversed(signals)],
        "leave": leave_of(opened),
        "cadence": facts.cadence,
        "holidays_known": facts.holidays_known,
        "country": engineer.country if engineer else "",
        "today": facts.today,
    }
    return render(request, "checkins/follow_up.html", values)


def _record_form(opened: OpenCase, data: object = None) -> RecordForm:
    """Return the form with the promises this side may say something about."""
    side = SIDE[opened.role]
    mine = [
        entry
        for entry in entries_of(opened)
        if entry.state in _AGREED
        and decide(Action.REPLY, side, entry, "-").allowed
        and _may_mark(side, entry)
    ]
    return RecordForm(mine, data)


def _may_mark(side: Side, entry: object) -> bool:
    return any(
        decide(action, side, entry, "-").allowed  # type: ignore[arg-type]
        for action in (Action.MARK_MET, Action.MARK_NOT_MET)
    )


@our_talk(Act.CHECK_IN, "GET", "HEAD", "POST")
def checkin(request: HttpRequest, opened: OpenCase, checkin_id: uuid.UUID) -> HttpResponse:
    """One check-in: two minutes on a phone."""
    row = checkin_or_404(opened, checkin_id)
    posted = request.method == "POST"
    form = _record_form(opened, request.POST if posted else None)
    if posted and form.is_valid():
        try:
            checkin_record(
                opened,
                checkin=row,
                held="held" in request.POST,
                touched=form.touched(),
                work=form.work_said(),
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "Kept. Thank you for taking the time for one another.")
            return redirect("follow_up", opened.case.pk)
    facts, playbook = facts_of(opened.case), load_default()
    mine = {promise.id for promise in form.promises}
    values = {
        "case": opened.case,
        "role": opened.role.value,
        "two": the_two(opened.case),
        "read": read_checkin(opened, row, with_history=True),
        "form": form,
        "phase": phase_on(playbook.cadence, facts.follow_up.talk_on, row.day),
        "texts": playbook.check_in,
        "work_lines": playbook.meaningful_work,
        "theirs": [e for e in entries_of(opened) if e.state in _AGREED and e.id not in mine],
        "may_hold": row.state != CheckIn.State.HELD,
        "signals": [one for one in signals_of(opened) if one.seen_on <= row.day][-3:],
    }
    return render(request, "checkins/checkin.html", values, status=422 if form.errors else 200)


_KINDS = {
    ("words", Role.ENGINEER): SAID,
    ("words", Role.MANAGER): NOTED,
    ("wellbeing", Role.ENGINEER): WELLBEING,
    ("wellbeing", Role.MANAGER): WELLBEING,  # refused where it is written: this one is the engineer's
}


@our_talk(Act.CHECK_IN, "POST")
def words(request: HttpRequest, opened: OpenCase, checkin_id: uuid.UUID, what: str) -> HttpResponse:
    """Save one's own words at a check-in, or how one is."""
    row = checkin_or_404(opened, checkin_id)
    kind = _KINDS.get((what, opened.role))
    if kind is None:
        raise Http404
    back = reverse("checkin", args=[opened.case.pk, row.pk])
    return save_words(request, opened, slot_of(kind, row.pk), back=back)


@our_talk(Act.CHECK_IN, "GET", "HEAD", "POST")
def seen(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Note something that was seen."""
    posted = request.method == "POST"
    form = SignalForm(request.POST) if posted else SignalForm.blank(facts_of(opened.case).today)
    if posted and form.is_valid():
        try:
            signal_note(opened, **form.cleaned_data)
        except Refused as refused:
            for missing in refused.missing:
                form.add_error(missing.code, missing.words)
            if not refused.missing:
                form.add_error(refused.field or None, refused.reason)
        else:
            return redirect(reverse("follow_up", args=[opened.case.pk]) + "#seen")
    values = {"case": opened.case, "form": form, "texts": load_default().check_in}
    return render(request, "checkins/seen.html", values, status=422 if form.errors else 200)


@our_talk(Act.REMARK, "POST")
def reply(request: HttpRequest, opened: OpenCase, signal_id: uuid.UUID) -> HttpResponse:
    """Say beside a signal how one sees it."""
    signal = signal_get(opened, signal_id)
    if signal is None:
        raise Http404
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            signal_reply(opened, signal=signal, **form.cleaned_data)
        except Refused as refused:
            form.add_error("words", refused.reason)
        else:
            return redirect(reverse("follow_up", args=[opened.case.pk]) + "#seen")
    values = {"case": opened.case, "form": form, "signal_id": signal.pk}
    return render(request, "checkins/reply.html", values, status=422)
