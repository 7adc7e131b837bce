"""What the cadence goes by: the calendar of the two, and what has happened until now. No word of a case is needed."""

from dataclasses import dataclass
from datetime import date

from fairlead.core.cadence import MONDAY_TO_FRIDAY, Calendar, Fixed, FollowUp, Stretch, day_in, with_pace
from fairlead.core.playbook.reader import load_default
from fairlead.core.playbook.schema import Phase
from fairlead.core.visibility import Role
from fairlead.foundation import clock
from fairlead.people.actors import account_by_mark
from fairlead.people.holidays import public_holidays
from fairlead.people.models import Account
from fairlead.private.cases.models import Case
from fairlead.private.cases.selectors import led_by, marks_of
from fairlead.private.checkins.models import CheckIn, Leave, Pace


@dataclass(frozen=True, slots=True)
class Facts:
    """One follow-up as the cadence takes it, and where the engineer is. `holidays_known` is None without a country."""

    cadence: tuple[Phase, ...]
    follow_up: FollowUp
    zone: str
    today: date
    holidays_known: bool | None


def engineer_of(case: Case) -> Account | None:
    """Return the account of the engineer of a case, or None when there is none any more."""
    return account_by_mark(marks_of(case)[Role.ENGINEER])


def cadence_of(case: Case) -> tuple[Phase, ...]:
    """Return the phases with the distances the two chose."""
    return with_pace(
        load_default().cadence, dict(Pace.objects.filter(case=case).values_list("phase", "every"))
    )


def facts_of(case: Case) -> Facts:
    """Gather what the cadence goes by, as it is now."""
    engineer = engineer_of(case)
    zone = engineer.zone if engineer else "UTC"
    today = day_in(zone, clock.now())
    talk_on = day_in(zone, case.talk_ended_at or case.opened_at)
    calendar, known = _calendar(case, engineer, talk_on, today)
    rows = list(CheckIn.objects.filter(case=case))
    follow_up = FollowUp(
        talk_on=talk_on,
        calendar=calendar,
        held=tuple(row.day for row in rows if row.state == CheckIn.State.HELD),
        missed=tuple(row.day for row in rows if row.state == CheckIn.State.MISSED),
        fixed=tuple(
            Fixed(str(row.pk), row.day, row.moved_from or talk_on)
            for row in rows
            if row.state == CheckIn.State.PLANNED and row.by_hand
        ),
        hand_over=_hand_over(case, zone, talk_on),
    )
    return Facts(cadence_of(case), follow_up, zone, today, known)


def _calendar(
    case: Case, engineer: Account | None, talk_on: date, today: date
) -> tuple[Calendar, bool | None]:
    leave = tuple(Stretch(row.first, row.last) for row in Leave.objects.filter(case=case))
    if engineer is None:
        return Calendar(MONDAY_TO_FRIDAY, leave=leave), None
    last = max([talk_on, today, *(stretch.last for stretch in leave)]).year + 1
    found = public_holidays(engineer.country, engineer.region, range(talk_on.year, last + 1))
    week = frozenset(int(day) for day in engineer.working_week)
    return Calendar(week, found.days, leave), found.known if engineer.country else None


def _hand_over(case: Case, zone: str, talk_on: date) -> date | None:
    """Return the day from which another manager leads, which is later than the talk."""
    leads = led_by(case)
    day = day_in(zone, leads.starts_at) if leads else talk_on
    return day if day > talk_on else None
