"""The ninety days as one line: what is fixed, and what the cadence has in mind after it."""

from datetime import date, datetime

from fairlead.core.cadence import check_ins
from fairlead.core.playbook.reader import load_default
from fairlead.private.checkins.models import CheckIn


def ninety_days(
    agreed_at: datetime | None, fixed: list[CheckIn], *, today: date
) -> dict[str, list[dict[str, object]]] | None:
    """Return phases and dots with positions from 0 to 100, or None before the talk is agreed."""
    if agreed_at is None:
        return None
    cadence, start = load_default().cadence, agreed_at.date()
    whole = max(phase.last_day for phase in cadence)
    phases: list[dict[str, object]] = [
        {
            "title": phase.title,
            "start": (phase.first_day - 1) / whole * 100,
            "end": phase.last_day / whole * 100,
            "question": phase.question,
        }
        for phase in cadence
    ]
    last_fixed = max((one.at.date() for one in fixed), default=start)
    days = [one.at.date() for one in fixed]
    days += [one.day for one in check_ins(cadence, start) if one.day > last_fixed]
    dots: list[dict[str, object]] = [
        {
            "at": min(100, max(0, (day - start).days / whole * 100)),
            "label": f"Check-in {number}",
            "when": day,
            "state": "due" if day <= today else "planned",
        }
        for number, day in enumerate(days, start=1)
    ]
    return {"phases": phases, "dots": dots}
