"""Where an improvement stands, how strong all of them are together, and how often a condition was at work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

STRENGTHS: Final = ("stronger", "intermediate", "weaker")
# Of 1,137 recommendations after serious events, in percent (Hibbert and others 2018).
BASELINE: Final = {"stronger": 8.0, "intermediate": 44.0, "weaker": 48.0}


@dataclass(frozen=True, slots=True)
class Standing:
    """A key for code, words for people, and whether it asks for a hand now."""

    key: str
    words: str
    late: bool = False


def standing(state: str, *, due_on: date, closed_on: date | None, today: date) -> Standing:
    """Return where an improvement stands on a day: open, late, done as its owner says, or dropped."""
    if state == "done":
        return Standing("done", _on("called done", closed_on))
    if state == "dropped":
        return Standing("dropped", _on("dropped", closed_on))
    days = (today - due_on).days
    if days > 0:
        return Standing("late", f"late by {_days(days)}", late=True)
    return Standing("open", "due today" if days == 0 else f"due in {_days(-days)}")


def _on(words: str, day: date | None) -> str:
    return f"{words} on {day.day} {day:%B %Y}" if day else words


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count} days"


@dataclass(frozen=True, slots=True)
class Share:
    """One strength: how many there are, how much of all that is in percent, and what was found elsewhere."""

    strength: str
    count: int
    percent: float
    baseline: float


def strength_mix(counts: Mapping[str, int]) -> tuple[Share, ...]:
    """Return the three strengths with their shares; all of them 0 while there is nothing to count."""
    whole = sum(counts.get(strength, 0) for strength in STRENGTHS)
    return tuple(
        Share(
            strength,
            counts.get(strength, 0),
            round(counts.get(strength, 0) / whole * 100, 1) if whole else 0.0,
            BASELINE[strength],
        )
        for strength in STRENGTHS
    )


@dataclass(frozen=True, slots=True)
class AtWork:
    """In how many incidents a condition was at work, of how many that were looked at."""

    key: str
    count: int
    of: int


def at_work(found: Iterable[tuple[str, str]], *, of: int) -> tuple[AtWork, ...]:
    """Count each condition once for each incident, most often first.

    `found` holds pairs of an incident and a condition; `of` is how many incidents were looked at.
    """
    incidents: dict[str, set[str]] = {}
    for incident, condition in found:
        incidents.setdefault(condition, set()).add(incident)
    counted = (AtWork(condition, len(where), of) for condition, where in incidents.items())
    return tuple(sorted(counted, key=lambda one: (-one.count, one.key)))
