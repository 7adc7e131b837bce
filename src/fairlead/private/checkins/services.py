"""Fixing the first check-in."""

from datetime import datetime, timedelta

from django.db import transaction

from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.private.cases.door import OpenCase, lock, record
from fairlead.private.cases.notices import notify
from fairlead.private.checkins.models import CheckIn

FIRST_WITHIN = timedelta(days=7)  # week 1 has a check-in every second working day, so the first comes soon


def first_checkin_fix(opened: OpenCase, *, at: datetime) -> CheckIn:
    """Fix the first check-in (UTC), or move it; the other one is told.

    Raises Refused for a moment that has passed or is more than a week away, NotForYou for the wrong hand.
    """
    opened.must(Act.FIX_CHECKIN)
    now = clock.now()
    if at <= now:
        raise Refused("This moment has passed. Choose one that is still to come.", field="at")
    if at - now > FIRST_WITHIN:
        raise Refused(
            "The first check-in belongs into the first week: choose a day within seven days.", field="at"
        )
    with transaction.atomic():
        lock(opened)
        checkin, made = CheckIn.objects.get_or_create(case=opened.case, defaults={"at": at})
        if not made and checkin.at == at:
            return checkin
        checkin.at = at
        checkin.save()
        record(opened, "checkin.fixed", checkin=checkin.pk)
        notify(opened.case, opened.other_mark(), "checkin_fixed")
    return checkin
