"""Triggers are proved too: they fire on the incident's own diff, and seldom on ordinary changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fairlead.core.lessons.change import Change
from fairlead.core.lessons.lesson import Triggers
from fairlead.core.lessons.match import Reason, fires

MOST_OFTEN: Final = 0.10  # of the changes of a repository; above that people stop reading
LOOKED_AT: Final = 1_000  # changes, the latest ones


@dataclass(frozen=True, slots=True)
class Proof:
    """What was seen: why they fire on the incident's own change (empty: they do not), and on how many of how many."""

    on_own: tuple[Reason, ...]
    fired: int
    looked_at: int

    @property
    def rate(self) -> float:
        """The share of ordinary changes they fire on, 0 to 1."""
        return self.fired / self.looked_at if self.looked_at else 0.0

    @property
    def problems(self) -> tuple[str, ...]:
        """What stands against showing this lesson, in sentences; empty when it is proved."""
        found: list[str] = []
        if not self.on_own:
            found.append(
                "It does not fire on the change that broke things. Somebody making it again would not be told."
            )
        if not self.looked_at:
            found.append("It was tried on no ordinary change, so nobody knows how often it would fire.")
        elif self.rate > MOST_OFTEN:
            found.append(
                f"It fires on {self.rate:.0%} of the last {self.looked_at:,} changes, and above {MOST_OFTEN:.0%} it is "
                "noise. Add a kind of trigger, or name a narrower path."
            )
        return tuple(found)


def prove(triggers: Triggers, *, own: Change, others: Iterable[Change]) -> Proof:
    """Return the proof of triggers: on the incident's own change, and over other changes of the repository.

    Raises TriggerError for a pattern that cannot be read.
    """
    fired = looked_at = 0
    for change in others:
        looked_at += 1
        fired += bool(fires(triggers, change))
    return Proof(fires(triggers, own), fired, looked_at)
