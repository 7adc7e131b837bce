"""Laying the days of the check-ins anew, whenever something has changed. Each in its caller's transaction."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from fairlead.core.cadence import CheckIn as Planned
from fairlead.core.cadence import moment_on, plan
from fairlead.core.visibility import Role
from fairlead.foundation import clock
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.outbox.queue import put
from fairlead.private.cases.models import Case, Grant
from fairlead.private.cases.notices import notify
from fairlead.private.cases.selectors import engineer_is_here, led_by
from fairlead.private.checkins.facts import Facts, facts_of
from fairlead.private.checkins.models import CheckIn, FollowUp, Touched, Work
from fairlead.private.conversations.models import Text
from fairlead.private.conversations.slots import NOTED, SAID, WELLBEING, slot_of

_MIDNIGHT = time(0)


def replan(case: Case) -> None:
    """Mark what was missed, and lay the check-ins to come; the caller holds the lock of the case.

    The same facts leave every row as it is. Until the talk is agreed there is one check-in to come at most.
    """
    follow_up = FollowUp.objects.filter(case=case).first()
    if follow_up is None:
        return
    facts = facts_of(case)
    if _mark_missed(case, facts):
        facts = facts_of(case)
    wanted = plan(facts.cadence, facts.follow_up, facts.today)
    if case.agreed_at is None:
        wanted = wanted[:1]
    if led_by(case) is None or not engineer_is_here(case):
        wanted = ()  # nobody to meet; from the day somebody takes over they are laid anew
    rows = list(CheckIn.objects.filter(case=case, state=CheckIn.State.PLANNED))
    for planned, row in _paired(wanted, rows):
        _put_on(row or CheckIn(case=case, time=follow_up.time), planned, facts)
    kept = {row.pk for _, row in _paired(wanted, rows) if row is not None}
    # What somebody wrote for a check-in to come is theirs, also where nobody is there to hold it.
    gone = [row.pk for row in rows if row.pk not in kept and not _anything_written(row)]
    CheckIn.objects.filter(pk__in=gone).delete()


def _anything_written(row: CheckIn) -> bool:
    slots = [slot_of(kind, row.pk) for kind in (SAID, NOTED, WELLBEING)]
    return (
        Text.objects.filter(case=row.case_id, slot__in=slots).exists()
        or Work.objects.filter(checkin=row).exists()
        or Touched.objects.filter(checkin=row).exists()
    )


def follow_up_end(case: Case) -> None:
    """Take away the check-ins to come, because the matter is closed; what was held and missed stays."""
    CheckIn.objects.filter(case=case, state=CheckIn.State.PLANNED).delete()
    FollowUp.objects.filter(case=case).delete()


def _mark_missed(case: Case, facts: Facts) -> bool:
    gone = list(CheckIn.objects.filter(case=case, state=CheckIn.State.PLANNED, day__lt=facts.today))
    for row in gone:
        row.state = CheckIn.State.MISSED
        row.save(update_fields=["state"])
        append(
            actor=SYSTEM,
            action="checkin.missed",
            subject_type="case",
            subject=case.pk,
            outcome="done",
            detail={"checkin": row.pk},
        )
    if gone:
        for mark in marks_of_the_two(case):
            notify(case, mark, "checkin_missed", collected=True)
    return bool(gone)


def marks_of_the_two(case: Case) -> list[str]:
    """Return the keyed hashes of the two people of a case; of the engineer alone while nobody leads it."""
    the_two = Grant.objects.filter(case=case, role__in=[Role.MANAGER, Role.ENGINEER], ends_at=None)
    return list(the_two.values_list("mark", flat=True))


def _paired(wanted: tuple[Planned, ...], rows: list[CheckIn]) -> Iterator[tuple[Planned, CheckIn | None]]:
    """Pair each check-in with the row that stands for it, so that a calendar moves an event instead of a new one."""
    by_hand = {str(row.pk): row for row in rows if row.by_hand}
    others = iter([row for row in rows if not row.by_hand])
    for planned in wanted:
        yield planned, by_hand[planned.fixed] if planned.fixed else next(others, None)


def _put_on(row: CheckIn, planned: Planned, facts: Facts) -> None:
    at = moment_on(planned.day, row.time, facts.zone)
    if row.changed_at is not None and (row.day, row.at) == (planned.day, at):
        return
    row.sequence += row.changed_at is not None
    row.day, row.at, row.changed_at = planned.day, at, clock.now()
    row.save()
    plan_work(row, facts.zone)


def plan_work(row: CheckIn, zone: str) -> None:
    """Plan the reminder on the day of a check-in, and the look at it when the day is over."""
    stamp = f"{row.pk}:{row.day:%Y%m%d}"
    put("checkin_day", key=f"day:{stamp}", run_after=_start(row, zone, 0), checkin=row.pk, day=row.day)
    put("checkin_over", key=f"over:{stamp}", run_after=_start(row, zone, 1), case=row.case_id)


def _start(row: CheckIn, zone: str, days: int) -> datetime:
    return moment_on(row.day + timedelta(days=days), _MIDNIGHT, zone)
