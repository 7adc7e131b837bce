"""The page of the first check-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fairlead.commons.incidents.moments import as_wall_clock
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.checkins.forms import CheckInForm
from fairlead.private.checkins.selectors import checkins_of
from fairlead.private.checkins.services import first_checkin_fix


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
    values = {"case": opened.case, "form": form, "fixed": fixed, "zone_name": zone}
    return render(request, "checkins/first.html", values, status=422 if form.errors else 200)
