"""When to talk again: the check-ins of the ninety days, as days (playbook §11).

Working days are Monday to Friday here. Public holidays, leave and re-planning come on top of this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fairlead.core.playbook.schema import Phase
from fairlead.core.working_days import working_days_later


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One follow-up talk: its number from 1, its day, and the key, title and question of its phase."""

    number: int
    day: date
    phase: str
    title: str
    question: str


def check_ins(cadence: Sequence[Phase], talk_on: date) -> tuple[CheckIn, ...]:
    """Return the check-ins after a talk held on `talk_on`, in order.

    Each lies the working days of its phase after the one before it (the first after the talk). When that
    would leave the phase, the next phase's distance counts from the same day.
    """
    found: list[CheckIn] = []
    last = talk_on
    for phase in cadence:
        ends = talk_on + timedelta(days=phase.last_day - 1)
        while (day := _later(last, phase.every_working_days)) <= ends:
            found.append(CheckIn(len(found) + 1, day, phase.key, phase.title, phase.question))
            last = day
    return tuple(found)


def _later(day: date, working_days: int) -> date:
    return working_days_later(datetime.combine(day, time()), working_days).date()
