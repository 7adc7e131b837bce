"""When to talk again: the check-ins of the ninety days, as days (playbook §11).

Each check-in lies the working days of its phase after the one before it. What people did comes first: a day that was
fixed or moved by hand stands instead of the one the cadence had in mind; whatever was missed is caught up on the next
possible day, or at the pace of its phase where that was tried in vain for a week; a new manager meets the engineer on
the first possible day. No check-in falls on a day off, no two on one day, none into the past, and the same facts give
the same days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from fairlead.core.playbook.schema import Phase

MONDAY_TO_FRIDAY: Final = frozenset(range(5))
_DAY: Final = timedelta(days=1)
_TRIED_DAILY: Final = (
    5  # in a row, a working week; two who have let go of it are not written to every morning
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days away, the first and the last included. Nobody says why."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("Days away end on the day they begin, or later.")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which days two people can meet: `working_week` holds weekdays (Monday is 0), `holidays` single days."""

    working_week: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[date] = frozenset()
    leave: tuple[Stretch, ...] = ()

    def __post_init__(self) -> None:
        if not self.working_week or not self.working_week <= set(range(7)):
            raise ValueError("A working week is made of one to seven weekdays, 0 to 6.")

    def is_working_day(self, day: date) -> bool:
        """Tell whether work is done on this day, by whoever is not on leave."""
        return day.weekday() in self.working_week and day not in self.holidays

    def is_off(self, day: date) -> bool:
        """Tell whether the two cannot meet on this day."""
        return not self.is_working_day(day) or any(day in stretch for stretch in self.leave)

    def working_days_later(self, day: date, count: int) -> date:
        """Return the day that is `count` working days later. Leave is counted: time goes on while somebody is away."""
        while count:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def first_possible(self, day: date) -> date:
        """Return the first day from this one on on which the two can meet."""
        while self.is_off(day):
            day += _DAY
        return day


@dataclass(frozen=True, slots=True)
class Fixed:
    """A check-in somebody put on a day by hand; `instead_of` is the day it was moved from. `id` is the caller's."""

    id: str
    day: date
    instead_of: date


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is known of one follow-up: the talk, the calendar of the two, and what has happened until now.

    `held` and `missed` are days of earlier check-ins; `hand_over` is the day from which another manager leads it.
    """

    talk_on: date
    calendar: Calendar = Calendar()
    held: tuple[date, ...] = ()
    missed: tuple[date, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    hand_over: date | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One check-in to come: its number from 1 among all of them, its day, and the key, title and question of its phase.

    `stands_for` are the missed days it catches up on; `fixed` is the id of what was put there by hand, else empty.
    """

    number: int
    day: date
    phase: str
    title: str
    question: str
    stands_for: tuple[date, ...] = ()
    fixed: str = ""


class PaceError(ValueError):
    """A distance between check-ins outside of what its phase allows; the message says what fits."""


def with_pace(cadence: Sequence[Phase], pace: Mapping[str, int]) -> tuple[Phase, ...]:
    """Return the phases with the distances two people chose, by the key of the phase.

    Raises PaceError for a distance outside the bounds of its phase.
    """
    return tuple(_paced(phase, pace.get(phase.key, phase.every_working_days)) for phase in cadence)


def _paced(phase: Phase, every: int) -> Phase:
    if not phase.closest <= every <= phase.widest:
        raise PaceError(
            f"{phase.title}: between {phase.closest} and {phase.widest} working days from one check-in to the next."
        )
    return replace(phase, every_working_days=every)


def plan(cadence: Sequence[Phase], follow_up: FollowUp, today: date) -> tuple[CheckIn, ...]:
    """Return the check-ins to come, in order of their days.

    `today` is the day where the engineer is. `cadence` has at least one phase.
    """
    waiting = sorted(follow_up.fixed, key=lambda one: (one.day, one.instead_of, one.id))
    last_held = max(follow_up.held, default=follow_up.talk_on)
    last = max(last_held, *follow_up.missed, follow_up.talk_on)
    catch_up = tuple(sorted(day for day in follow_up.missed if day > last_held))
    hand_over = _hand_over_to_come(follow_up)
    number = len(follow_up.held) + len(follow_up.missed)
    found: list[CheckIn] = []
    while True:
        day, by_hand = _next(cadence, follow_up, last, waiting, today)
        if catch_up:
            soon = _caught_up_on(cadence, follow_up, last, len(catch_up), today)
            if day is None or day > soon:
                day, by_hand = soon, None
        if hand_over is not None:
            meet = follow_up.calendar.first_possible(max(hand_over, last + _DAY, today))
            if day is None or day > meet:
                day, by_hand = meet, None
        if day is None:
            return tuple(found)
        if hand_over is not None and day >= hand_over:
            hand_over = None
        if by_hand is not None:
            waiting.remove(by_hand)
        number += 1
        phase = phase_on(cadence, follow_up.talk_on, day)
        fixed = by_hand.id if by_hand else ""
        found.append(CheckIn(number, day, phase.key, phase.title, phase.question, catch_up, fixed))
        catch_up, last = (), day


def _caught_up_on(
    cadence: Sequence[Phase], follow_up: FollowUp, last: date, in_a_row: int, today: date
) -> date:
    """Return the day on which what was missed last is caught up on."""
    day = last + _DAY
    if in_a_row > _TRIED_DAILY:
        every = phase_on(cadence, follow_up.talk_on, last).every_working_days
        day = follow_up.calendar.working_days_later(last, every)
    return follow_up.calendar.first_possible(max(day, today))


def _hand_over_to_come(follow_up: FollowUp) -> date | None:
    day = follow_up.hand_over
    return None if day is None or any(held >= day for held in follow_up.held) else day


def _next(
    cadence: Sequence[Phase], follow_up: FollowUp, last: date, waiting: Sequence[Fixed], today: date
) -> tuple[date | None, Fixed | None]:
    """Return the next day by hand or by the cadence, and what stands there by hand; nothing when all is done."""
    day, by_hand = _by_the_cadence(cadence, follow_up, last), None
    if waiting:
        first = waiting[0]
        if day is None or day >= min(first.day, first.instead_of):
            day, by_hand = first.day, first
    if day is None:
        return None, None
    return follow_up.calendar.first_possible(max(day, last + _DAY, today)), by_hand


def _by_the_cadence(cadence: Sequence[Phase], follow_up: FollowUp, last: date) -> date | None:
    """Return the day the cadence has in mind after `last`, before leave moves it.

    Where the distance of a phase would leave it, the next phase's distance counts from the same day.
    """
    for phase in cadence:
        day = follow_up.calendar.working_days_later(last, phase.every_working_days)
        if day <= last_day_of(phase, follow_up.talk_on):
            return day
    return None


def last_day_of(phase: Phase, talk_on: date) -> date:
    """Return the last day of a phase; the day of the talk is day 1."""
    return talk_on + timedelta(days=phase.last_day - 1)


def phase_on(cadence: Sequence[Phase], talk_on: date, day: date) -> Phase:
    """Return the phase a day lies in; what comes later belongs to the last."""
    return next((phase for phase in cadence if day <= last_day_of(phase, talk_on)), cadence[-1])


def check_ins(cadence: Sequence[Phase], talk_on: date) -> tuple[CheckIn, ...]:
    """Return all check-ins after a talk held on `talk_on`, where nobody has said more than that: Monday to Friday."""
    return plan(cadence, FollowUp(talk_on), talk_on) if cadence else ()


def day_in(zone: str, moment: datetime) -> date:
    """Return what day it is in a zone (an IANA name) at a moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def moment_on(day: date, at: time, zone: str) -> datetime:
    """Return the UTC moment of a time on the wall.

    A time that the clocks skip that day is taken as they stood before; one that comes twice, the first time.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
