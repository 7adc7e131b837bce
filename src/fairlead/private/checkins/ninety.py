"""The ninety days as one line: what was held, missed and moved, what is to come, what was promised and kept."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from fairlead.core.cadence import day_in, phase_on
from fairlead.core.ledger import Side, State
from fairlead.private.cases.door import OpenCase
from fairlead.private.checkins.facts import Facts, facts_of
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.selectors import checkins_of
from fairlead.private.promises.models import Promise


@dataclass(frozen=True, slots=True)
class Ninety:
    """The line as a page draws it. Places run from 0 to 100; `next` is the check-in that comes, or None."""

    phases: list[dict[str, object]]
    dots: list[dict[str, object]]
    kept: list[dict[str, object]]
    today: float | None
    next: CheckIn | None
    question: str


def ninety_days(opened: OpenCase) -> Ninety | None:
    """Return the line, or None before the talk is agreed."""
    if opened.case.agreed_at is None:
        return None
    facts = facts_of(opened.case)
    start, whole = facts.follow_up.talk_on, max(phase.last_day for phase in facts.cadence)

    def place(day: date) -> float:
        return min(100, max(0, (day - start).days / whole * 100))

    phases: list[dict[str, object]] = [
        {
            "title": phase.title,
            "start": (phase.first_day - 1) / whole * 100,
            "end": phase.last_day / whole * 100,
            "question": phase.question,
        }
        for phase in facts.cadence
    ]
    rows = checkins_of(opened)
    dots: list[dict[str, object]] = [
        {
            "at": place(row.day),
            "label": f"Check-in {number}",
            "when": row.day,
            "state": _state(row, facts.today),
            "moved_from": row.moved_from,
            "href": reverse("checkin", args=[opened.case.pk, row.pk]),
        }
        for number, row in enumerate(rows, start=1)
    ]
    coming = next((row for row in rows if row.state == CheckIn.State.PLANNED), None)
    question = phase_on(facts.cadence, start, coming.day).question if coming else ""
    gone = (facts.today - start).days <= whole
    return Ninety(
        phases, dots, _kept(opened, facts, place), place(facts.today) if gone else None, coming, question
    )


def _state(row: CheckIn, today: date) -> str:
    if row.state != CheckIn.State.PLANNED:
        return str(row.state)
    if row.day <= today:
        return "due"
    return "moved" if row.moved_from else "planned"


def _kept(opened: OpenCase, facts: Facts, place: object) -> list[dict[str, object]]:
    """Return the promises that were kept, at the day that was said; the manager speaks for the organisation."""
    met = Promise.objects.filter(case=opened.case, state=State.MET).order_by("settled_at")
    days = [(promise, day_in(facts.zone, promise.settled_at)) for promise in met if promise.settled_at]
    return [
        {
            "at": place(day),  # type: ignore[operator]
            "when": day,
            "side": "engineer" if promise.owed_by == Side.ENGINEER else "manager",
        }
        for promise, day in days
    ]
