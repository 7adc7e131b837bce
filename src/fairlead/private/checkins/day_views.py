"""The days of the follow-up: the first check-in, moving one, days away, the pace."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fairlead.commons.incidents.moments import as_wall_clock
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.checkins.facts import cadence_of
from fairlead.private.checkins.forms import CheckInForm, LeaveForm, PaceForm
from fairlead.private.checkins.selectors import checkins_of, leave_get
from fairlead.private.checkins.services import (
    checkin_move,
    first_checkin_fix,
    leave_drop,
    leave_enter,
    pace_set,
)
from fairlead.private.checkins.views import checkin_or_404


def _form(request: HttpRequest, template: str, values: dict[str, object], form: object) -> HttpResponse:
    return render(request, template, {**values, "form": form}, status=422 if form.errors else 200)  # type: ignore[attr-defined]


@our_talk(Act.FIX_CHECKIN, "GET", "HEAD", "POST")
def first(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Fix the day and time of the first check-in."""
    zone: str = request.user.zone
    fixed = checkins_of(opened)
    if request.method == "POST":
        form = CheckInForm(zone, request.POST)
        if form.is_valid():
            try:
                first_checkin_fix(opened, at=form.cleaned_data["at"])
            except Refused as refused:
                form.add_error("at", refused.reason)
            else:
                return redirect("talk", opened.case.pk)
    else:
        form = CheckInForm(zone, initial={"at": as_wall_clock(fixed[0].at, zone) if fixed else None})
    return _form(request, "checkins/first.html", {"case": opened.case, "zone_name": zone}, form)


@our_talk(Act.FIX_CHECKIN, "GET", "HEAD", "POST")
def move(request: HttpRequest, opened: OpenCase, checkin_id: uuid.UUID) -> HttpResponse:
    """Move a check-in to come."""
    zone: str = request.user.zone
    row = checkin_or_404(opened, checkin_id)
    if request.method == "POST":
        form = CheckInForm(zone, request.POST)
        if form.is_valid():
            try:
                checkin_move(
                    opened,
                    checkin=row,
                    at=form.cleaned_data["at"],
                    edition=form.cleaned_data["edition"] or 0,
                )
            except Refused as refused:
                form.add_error("at", refused.reason)
            else:
                return redirect("follow_up", opened.case.pk)
    else:
        form = CheckInForm(zone, initial={"at": as_wall_clock(row.at, zone), "edition": row.sequence})
    values = {"case": opened.case, "zone_name": zone, "row": row}
    return _form(request, "checkins/move.html", values, form)


@our_talk(Act.FIX_CHECKIN, "GET", "HEAD", "POST")
def away(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Note days away."""
    posted = request.method == "POST"
    form = LeaveForm(opened.role, request.POST) if posted else LeaveForm.blank(opened.role)
    if posted and form.is_valid():
        try:
            leave_enter(opened, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field or None, refused.reason)
        else:
            return redirect("follow_up", opened.case.pk)
    return _form(request, "checkins/away.html", {"case": opened.case}, form)


@our_talk(Act.FIX_CHECKIN, "POST")
def back_again(request: HttpRequest, opened: OpenCase, leave_id: uuid.UUID) -> HttpResponse:
    """Take days away back."""
    leave = leave_get(opened, leave_id)
    if leave is None:
        raise Http404
    leave_drop(opened, leave=leave)
    return redirect("follow_up", opened.case.pk)


@our_talk(Act.FIX_CHECKIN, "GET", "HEAD", "POST")
def pace(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Choose how often to talk."""
    cadence = cadence_of(opened.case)
    form = PaceForm(cadence, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        pace_set(opened, pace=form.cleaned_data)
        return redirect("follow_up", opened.case.pk)
    return _form(request, "checkins/pace.html", {"case": opened.case, "cadence": cadence}, form)
