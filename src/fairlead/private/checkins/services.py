"""Fixing, moving and holding check-ins; leave and pace. Either of the two may, and the other one is told."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from fairlead.core.cadence import PaceError, day_in, moment_on, with_pace
from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act, Role
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import seal_into
from fairlead.private.cases.door import OpenCase, lock, record
from fairlead.private.cases.ids import free_id
from fairlead.private.cases.notices import notify
from fairlead.private.checkins.facts import Facts, facts_of
from fairlead.private.checkins.models import CheckIn, FollowUp, Leave, Pace, Touched, Work
from fairlead.private.checkins.planning import plan_work, replan
from fairlead.private.conversations.services import refuse_too_long
from fairlead.private.promises.models import Promise
from fairlead.private.promises.services import promise_mark

FIRST_WITHIN = timedelta(days=7)  # week 1 has a check-in every second working day, so the first comes soon
LONGEST_LEAVE = timedelta(days=366)


def _refuse_past(at: datetime) -> None:
    if at <= clock.now():
        raise Refused("This moment has passed. Choose one that is still to come.", field="at")


def _refuse_day_off(facts: Facts, day: date) -> None:
    calendar = facts.follow_up.calendar
    if not calendar.is_off(day):
        return
    why = "one of the two is away then" if calendar.is_working_day(day) else "it is not a working day"
    better = calendar.first_possible(day)
    raise Refused(
        f"{day:%A %-d %B} does not go: {why}. The next day that does is {better:%A %-d %B}.", field="at"
    )


def _put_by_hand(row: CheckIn, at: datetime, facts: Facts) -> None:
    local = at.astimezone(ZoneInfo(facts.zone))
    row.day, row.time = local.date(), local.time()
    row.at = moment_on(row.day, row.time, facts.zone)
    row.by_hand, row.changed_at = True, clock.now()
    row.save()
    plan_work(row, facts.zone)


def first_checkin_fix(opened: OpenCase, *, at: datetime) -> CheckIn:
    """Fix the first check-in (UTC), or move it; the other one is told.

    Raises Refused for a moment that has passed, is more than a week away or on a day off, or once one was held;
    NotForYou for the wrong hand.
    """
    opened.must(Act.FIX_CHECKIN)
    at = at.replace(second=0, microsecond=0)
    _refuse_past(at)
    if at - clock.now() > FIRST_WITHIN:
        raise Refused(
            "The first check-in belongs into the first week: choose a day within seven days.", field="at"
        )
    with transaction.atomic():
        case = lock(opened)
        facts = facts_of(case)
        day = day_in(facts.zone, at)
        _refuse_day_off(facts, day)
        rows = list(CheckIn.objects.filter(case=case))
        if any(row.state != CheckIn.State.PLANNED for row in rows):
            raise Refused("The follow-up has begun. Move the check-in that comes next instead.", field="at")
        row = rows[0] if rows else CheckIn(case=case)
        if row.changed_at is not None and row.at == at:
            return row
        row.sequence += row.changed_at is not None
        _put_by_hand(row, at, facts)
        FollowUp.objects.update_or_create(case=case, defaults={"time": row.time})
        replan(case)
        record(opened, "checkin.fixed", checkin=row.pk)
        notify(case, opened.other_mark(), "checkin_fixed")
    return row


def checkin_move(opened: OpenCase, *, checkin: CheckIn, at: datetime, edition: int) -> CheckIn:
    """Move a check-in to come to another moment (UTC); those after it count from there, and the other one is told.

    `edition` is the sequence the page showed. Raises Refused for a moment that has passed, a day off, a day that
    already has one, or when it changed meanwhile; NotForYou for the wrong hand.
    """
    opened.must(Act.FIX_CHECKIN)
    at = at.replace(second=0, microsecond=0)
    _refuse_past(at)
    with transaction.atomic():
        case = lock(opened)
        row = CheckIn.objects.get(pk=checkin.pk, case=case)
        if row.state != CheckIn.State.PLANNED:
            raise Refused("This check-in is over; its day stays as it is.", field="at")
        if row.at == at:
            return row
        if row.sequence != edition:
            raise Refused(
                "It was moved while you looked at it. See where it is now, then choose again.", field="at"
            )
        facts = facts_of(case)
        day = day_in(facts.zone, at)
        _refuse_day_off(facts, day)
        taken = CheckIn.objects.filter(case=case, day=day).exclude(pk=row.pk)
        if taken.exclude(state=CheckIn.State.PLANNED, by_hand=False).exists():
            raise Refused("There is a check-in on that day already. Choose another one.", field="at")
        row.moved_from = row.moved_from or (row.day if not row.by_hand else None)
        row.sequence += 1
        _put_by_hand(row, at, facts)
        replan(case)
        record(opened, "checkin.moved", checkin=row.pk)
        notify(case, opened.other_mark(), "checkin_moved", collected=True)
    return row


@dataclass(frozen=True, slots=True)
class WorkSaid:
    """Whether work that matters was given, and which: `yes` or `not_yet`, and words."""

    work_id: uuid.UUID
    given: str
    words: str


def checkin_record(
    opened: OpenCase,
    *,
    checkin: CheckIn,
    held: bool,
    touched: Mapping[uuid.UUID, tuple[str, str]],
    work: WorkSaid | None = None,
) -> CheckIn:
    """Record a check-in: that it was held, the promises touched (how, and what shows it), the work that was given.

    One that was held before its day is held today; one that passed was held on its day after all. Raises Refused when
    something is missing, another one was held today, or it is further away than the next; NotForYou for the wrong hand.
    """
    opened.must(Act.CHECK_IN)
    with transaction.atomic():
        case = lock(opened)
        row = CheckIn.objects.get(pk=checkin.pk, case=case)
        for promise in Promise.objects.filter(case=case, pk__in=touched):
            _touch(opened, row, promise, *touched[promise.pk])
        if work is not None:
            _say_work(opened, row, work)
        if held and row.state != CheckIn.State.HELD:
            _hold(opened, row, facts_of(case))
        record(opened, "checkin.recorded", checkin=row.pk, held=held)
        replan(case)
    return row


def _hold(opened: OpenCase, row: CheckIn, facts: Facts) -> None:
    others = CheckIn.objects.filter(case=row.case).exclude(pk=row.pk)
    if row.day > facts.today:
        if others.filter(state=CheckIn.State.PLANNED, day__lt=row.day).exists():
            raise Refused("Another check-in comes before this one. Record that one first.")
        if others.filter(day=facts.today).exists():
            raise Refused("There was a check-in today already. This one stays on its day.")
        row.day, row.at = facts.today, clock.now()
        row.sequence, row.changed_at = row.sequence + 1, clock.now()
    row.state = CheckIn.State.HELD
    row.save()


def _touch(opened: OpenCase, row: CheckIn, promise: Promise, how: str, shows: str) -> None:
    if how not in Touched.How.values:
        raise Refused("A promise is kept, not kept, or was not talked about.")
    if how != Touched.How.NOT_TALKED:
        promise_mark(opened, promise=promise, kept=how == Touched.How.KEPT, shows=shows)
    Touched.objects.update_or_create(checkin=row, promise=promise, defaults={"how": how, "at": clock.now()})


def _say_work(opened: OpenCase, row: CheckIn, work: WorkSaid) -> None:
    refuse_too_long(work.words)
    if work.given not in Work.Given.values:
        raise Refused("Say whether work that matters was given: yes, or not yet.", field="given")
    if Work.objects.filter(pk=work.work_id, checkin__case=row.case).exists():
        return
    said = Work(
        pk=free_id(Work, work.work_id), checkin=row, role=opened.role, given=work.given, at=clock.now()
    )
    seal_into(opened.envelope, said, words=work.words.strip())
    said.save(force_insert=True)


def leave_enter(opened: OpenCase, *, leave_id: uuid.UUID, who: str, first: date, last: date) -> Leave:
    """Note the days on which one of the two is away, for no reason that anybody asks; check-ins move behind them.

    The same id twice is one. Raises Refused for days that end before they begin, or for more than a year.
    """
    opened.must(Act.FIX_CHECKIN)
    if last < first:
        raise Refused("The last day comes before the first. Look at the two days again.", field="last")
    if last - first > LONGEST_LEAVE:
        raise Refused("This is more than a year. A hand-over fits better than leave.", field="last")
    with transaction.atomic():
        case = lock(opened)
        existing = Leave.objects.filter(pk=leave_id, case=case).first()
        if existing is not None:
            return existing
        leave = Leave.objects.create(
            pk=free_id(Leave, leave_id), case=case, who=Role(who), first=first, last=last
        )
        replan(case)
        record(opened, "leave.entered", leave=leave.pk)
        notify(case, opened.other_mark(), "leave_entered", collected=True)
    return leave


def leave_drop(opened: OpenCase, *, leave: Leave) -> None:
    """Take days away back; check-ins to come are laid anew. Doing it again changes nothing."""
    opened.must(Act.FIX_CHECKIN)
    with transaction.atomic():
        case = lock(opened)
        if Leave.objects.filter(pk=leave.pk, case=case).delete()[0]:
            replan(case)
            record(opened, "leave.dropped", leave=leave.pk)
            notify(case, opened.other_mark(), "leave_entered", collected=True)


def pace_set(opened: OpenCase, *, pace: Mapping[str, int]) -> None:
    """Choose the working days between check-ins, by phase. Raises Refused for what lies outside the bounds."""
    opened.must(Act.FIX_CHECKIN)
    cadence = load_default().cadence
    try:
        chosen = with_pace(cadence, pace)
    except PaceError as error:
        raise Refused(str(error)) from None
    with transaction.atomic():
        case = lock(opened)
        before = dict(Pace.objects.filter(case=case).values_list("phase", "every"))
        after = {phase.key: phase.every_working_days for phase in chosen}
        if {phase.key: before.get(phase.key, phase.every_working_days) for phase in cadence} == after:
            return
        for key, every in after.items():
            Pace.objects.update_or_create(case=case, phase=key, defaults={"every": every})
        replan(case)
        record(opened, "pace.set")
        notify(case, opened.other_mark(), "pace_changed", collected=True)
