"""The follow-up once more, written another way: a diary is opened, and each day is asked whether the two meet on it."""

from datetime import date, timedelta

DIARY = 900  # days; longer than any follow-up with all its leave


def days_to_meet(cadence, facts, today: date) -> list[tuple[date, tuple[date, ...], str]]:
    """Return (day, missed days it catches up on, id of what was fixed) for every check-in to come."""
    calendar = facts.calendar
    diary = [facts.talk_on + timedelta(days=n) for n in range(DIARY)]
    works = [d for d in diary if d.weekday() in calendar.working_week and d not in calendar.holidays]
    away = {
        one.first + timedelta(days=n)
        for one in calendar.leave
        for n in range((one.last - one.first).days + 1)
    }
    open_days = [d for d in works if d not in away and d >= today]
    happened = sorted([(d, "held") for d in facts.held] + [(d, "missed") for d in facts.missed])
    owed: list[date] = []
    for day, what in happened:
        owed = [] if what == "held" else [*owed, day]
    anchor = happened[-1][0] if happened else facts.talk_on
    patience = anchor if len(owed) < 6 else at_its_pace(cadence, facts.talk_on, works, anchor)
    fixed = sorted(facts.fixed, key=lambda one: one.day)
    greeted = facts.hand_over is None or any(d >= facts.hand_over for d in facts.held)
    met: list[tuple[date, tuple[date, ...], str]] = []
    for day in open_days:
        if day <= anchor:
            continue
        wish = wished(cadence, facts.talk_on, works, anchor)
        turn = (
            fixed[0] if fixed and (wish is None or wish >= min(fixed[0].day, fixed[0].instead_of)) else None
        )
        wanted = turn.day if turn else wish
        ripe = wanted is not None and day >= wanted
        newcomer = not greeted and day >= facts.hand_over
        if not (ripe or (owed and day >= patience) or newcomer):
            continue
        by_hand = turn.id if turn and ripe else ""
        met.append((day, tuple(owed), by_hand))
        fixed = [one for one in fixed if one.id != by_hand]
        owed, anchor = [], day
        greeted = greeted or day >= facts.hand_over
    return met


def wished(cadence, talk_on: date, works: list[date], anchor: date) -> date | None:
    later = [d for d in works if d > anchor]
    for phase in cadence:
        if (later[phase.every_working_days - 1] - talk_on).days < phase.last_day:
            return later[phase.every_working_days - 1]
    return None


def at_its_pace(cadence, talk_on: date, works: list[date], anchor: date) -> date:
    distances = [
        phase.every_working_days for phase in cadence for _ in range(phase.first_day, phase.last_day + 1)
    ]
    place = min((anchor - talk_on).days, len(distances) - 1)
    return [d for d in works if d > anchor][distances[place] - 1]
