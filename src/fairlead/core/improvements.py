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


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind an improvement: how its proofs stand together, and by what and until when it counts as done.

    `state` is a `core.proof.State`, or empty while nothing was reported; `until` is the last day, long past perhaps.
    """

    state: str = ""
    by: str = ""
    proved_on: date | None = None
    until: date | None = None

    def counts(self, today: date) -> bool:
        """Tell whether the improvement is done on a day: proved and fresh, or under a waiver that has not ended."""
        return self.until is not None and today <= self.until


_NOTHING: Final = Backing()
_AGAINST: Final = {
    "broken": "the safeguard accepts what broke things",
    "overblocking": "the safeguard refuses a good change",
    "error": "its proof gave no answer",
    "flaky": "its proof is flaky",
    "stale": "its proof is stale",
}


def standing(
    state: str, *, due_on: date, closed_on: date | None, today: date, backing: Backing = _NOTHING
) -> Standing:
    """Return where an improvement stands on a day.

    `done` by proof or waiver alone, whatever its owner or a tracker says; `stale` or `failing` when what it was done
    by is gone; `called` when its owner says so and nothing shows it; else open, late, or dropped.
    """
    if state == "dropped":
        return Standing("dropped", _on("dropped", closed_on))
    if backing.counts(today):
        by_proof = backing.by == "proof"
        return Standing(
            "done", _on("proved", backing.proved_on) if by_proof else f"waived until {_day(backing.until)}"
        )
    days = (today - due_on).days
    if against := _against(state, backing):
        return Standing(*against, late=True)
    if state == "done":
        words = _on("called done", closed_on) + ", not proved"
        return Standing("called", words, late=days > 0)
    if days > 0:
        return Standing("late", f"late by {_days(days)}", late=True)
    return Standing("open", "due today" if days == 0 else f"due in {_days(-days)}")


def _against(state: str, backing: Backing) -> tuple[str, str] | None:
    """Return what speaks against an improvement that was done once, or is called so; work under way may still fail."""
    if state != "done" and backing.until is None:
        return None
    if backing.state in _AGAINST:
        return ("stale" if backing.state == "stale" else "failing"), _AGAINST[backing.state]
    if backing.until is not None:
        return "stale", _on(
            "its proof ran out" if backing.by == "proof" else "its waiver ended", backing.until
        )
    return None


def _on(words: str, day: date | None) -> str:
    return f"{words} on {_day(day)}" if day else words


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


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
