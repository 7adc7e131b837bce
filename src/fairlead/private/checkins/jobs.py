"""The background work of the follow-up: the day of a check-in begins, or is over."""

from datetime import date, time

from django.db import transaction

from fairlead.core.cadence import day_in, moment_on
from fairlead.core.visibility import Role
from fairlead.foundation import clock
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.outbox.worker import register
from fairlead.foundation.vault.marks import mark
from fairlead.people.actors import account_by_mark
from fairlead.people.models import Account
from fairlead.private.cases.models import Case, Grant
from fairlead.private.cases.selectors import led_by
from fairlead.private.checkins.facts import facts_of
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.planning import marks_of_the_two, replan


@register("checkin_day")
def day_begins(row: OutboxRow) -> None:
    """Have both reminded, unless the check-in was moved or held meanwhile."""
    day = date.fromisoformat(row.payload["day"])
    checkin = CheckIn.objects.filter(pk=row.payload["checkin"], day=day, state=CheckIn.State.PLANNED).first()
    if checkin is None or led_by(checkin.case) is None:
        return
    for one in marks_of_the_two(checkin.case):
        account = account_by_mark(one)
        if account is not None:
            # Where this person is it may still be the day before: their reminder waits for their own day.
            theirs = moment_on(day_in(account.zone, checkin.at), time(0), account.zone)
            put("remind", run_after=max(theirs, clock.now()), mark=one)


def replan_for(account: Account) -> None:
    """Have the days laid anew wherever this person is the engineer: where or when they work has changed."""
    grants = Grant.objects.filter(mark=mark(account.pk), role=Role.ENGINEER)
    for case_id in grants.values_list("case", flat=True):
        put("checkin_over", case=case_id)


def look_at_clocks() -> None:
    """Have every planned check-in looked at once more, because the rules of a zone may have changed with an update."""
    with transaction.atomic():
        put("checkin_clocks")


@register("checkin_clocks")
def clocks_changed(row: OutboxRow) -> None:
    """Lay the days anew where a time on the wall is another moment than it was: ten o'clock stays ten o'clock."""
    for case in Case.objects.filter(checkins__state=CheckIn.State.PLANNED).distinct():
        zone = facts_of(case).zone
        planned = CheckIn.objects.filter(case=case, state=CheckIn.State.PLANNED)
        if any(one.at != moment_on(one.day, one.time, zone) for one in planned):
            put("checkin_over", case=case.pk)


@register("checkin_over")
def day_is_over(row: OutboxRow) -> None:
    """Mark as missed what was not held, and lay the days anew."""
    case = Case.objects.select_for_update().filter(pk=row.payload["case"]).first()
    if case is not None:
        replan(case)
