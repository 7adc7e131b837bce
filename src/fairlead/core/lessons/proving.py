"""Triggers are proved too: they fire on the incident's own diff, and seldom on ordinary changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fairlead.core.lessons.change import Change
from fairlead.core.lessons.lesson import Triggers
from fairlead.core.lessons.match import Reason, fires
from fairlead.core.refusal import Missing

MOST_OFTEN: Final = 0.10  # of the changes of a repository; above that people stop reading
LOOKED_AT: Final = 1_000  # changes, the latest ones
ENOUGH_TO_MUTE: Final = 3


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
        return tuple(one.words for one in missing_to_show(bool(self.on_own), self.fired, self.looked_at))


def missing_to_show(
    fires_on_own: bool | None,  # noqa: FBT001 - None: it was not tried yet
    fired: int | None,
    looked_at: int | None,
) -> tuple[Missing, ...]:
    """Return what is missing before a lesson is shown to people; empty when its triggers are proved.

    It fires on the change that broke things, and on at most a tenth of ordinary ones. None stands for what nobody has
    tried yet.
    """
    found: list[Missing] = []
    if fires_on_own is None:
        found.append(Missing("own_change", "It has not been tried on the change that broke things."))
    elif not fires_on_own:
        found.append(
            Missing(
                "own_change",
                "It does not fire on the change that broke things. Somebody making it again would not be told.",
            )
        )
    if not looked_at or fired is None:
        found.append(
            Missing("rate", "It was tried on no ordinary change, so nobody knows how often it would fire.")
        )
    elif fired > MOST_OFTEN * looked_at:
        found.append(
            Missing(
                "rate",
                f"It fires on {fired / looked_at:.0%} of the last {looked_at:,} changes, and above {MOST_OFTEN:.0%} it "
                "is noise. Add a kind of trigger, or name a narrower path.",
            )
        )
    return tuple(found)


def mutes_itself(useful: int, not_useful: int) -> bool:
    """Tell whether a lesson falls silent by what people said of it: three times "not useful", and mostly that."""
    return not_useful >= ENOUGH_TO_MUTE and not_useful > 2 * useful


def prove(triggers: Triggers, *, own: Change, others: Iterable[Change]) -> Proof:
    """Return the proof of triggers: on the incident's own change, and over other changes of the repository.

    Raises TriggerError for a pattern that cannot be read.
    """
    fired = looked_at = 0
    for change in others:
        looked_at += 1
        fired += bool(fires(triggers, change))
    return Proof(fires(triggers, own), fired, looked_at)
