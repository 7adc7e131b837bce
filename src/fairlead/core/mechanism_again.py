"""The same mechanism again: an incident that came about as an earlier one did, and what had become of its improvements.

No person stands in this. What failed is the mend: it was late, it was not made, or it did not hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WITHIN: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Happened:
    """An incident by its key, with its mechanism and its day."""

    key: str
    mechanism: str
    on: date


@dataclass(frozen=True, slots=True)
class Mend:
    """An improvement of an incident: the day it is due, and its state (open, done or dropped) with the day it ended."""

    of: str
    state: str
    due_on: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """Two incidents of one mechanism, and how the improvements of the earlier one stood on the day of the later one."""

    earlier: str
    later: str
    waiting: int
    late: int
    done: int
    dropped: int

    @property
    def failed(self) -> bool:
        """Whether an improvement of the earlier incident was still missing when it happened again."""
        return self.waiting > 0

    @property
    def words(self) -> str:
        """Say in a sentence how the improvements stood when it happened again."""
        if self.waiting:
            late = f", {self.late} of them late" if self.late else ""
            return f"{_many(self.waiting)} not done yet when it happened again{late}."
        if self.done:
            return (
                f"{_many(self.done)} called done before it happened again. Look again at whether that holds."
            )
        if self.dropped:
            return f"{_many(self.dropped)} dropped, and nothing was made instead."
        return "No improvement had been planned before it happened again."


def _many(count: int) -> str:
    return "One improvement was" if count == 1 else f"{count} improvements were"


def _missing_on(mend: Mend, day: date) -> bool:
    """Tell whether an improvement was still to be made on a day. Closed on the very day counts as made."""
    return mend.closed_on is None or mend.closed_on > day


def again(one: Happened, other: Happened, mends: Iterable[Mend]) -> Again | None:
    """Return what it means that these two came about the same way, or None when they did not, or a year lies between.

    `mends` may hold improvements of any incident; those of the earlier of the two count.
    """
    earlier, later = sorted((one, other), key=lambda incident: (incident.on, incident.key))
    if not one.mechanism or one.mechanism != other.mechanism or one.key == other.key:
        return None
    if later.on - earlier.on > WITHIN:
        return None
    of_earlier = [mend for mend in mends if mend.of == earlier.key]
    missing = [mend for mend in of_earlier if _missing_on(mend, later.on)]
    ended = [mend for mend in of_earlier if not _missing_on(mend, later.on)]
    return Again(
        earlier.key,
        later.key,
        waiting=len(missing),
        late=sum(mend.due_on < later.on for mend in missing),
        done=sum(mend.state == "done" for mend in ended),
        dropped=sum(mend.state == "dropped" for mend in ended),
    )
