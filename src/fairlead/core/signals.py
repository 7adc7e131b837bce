"""What may be noted as a signal: something seen, with its day; no judgement without an opportunity (playbook §11)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from fairlead.core.refusal import Missing

TOO_LITTLE: Final = "too_little"


@dataclass(frozen=True, slots=True)
class Seen:
    """A signal about to be noted. `opportunity` says what there was to do, `opportunity_on` when."""

    direction: str
    words: str
    seen_on: date
    opportunity: str = ""
    opportunity_on: date | None = None


def missing_for_signal(seen: Seen, *, talk_on: date, today: date) -> tuple[Missing, ...]:
    """Return what a signal still lacks before it can stand in the record; the code names the field it is about.

    Somebody who had no opportunity to do better has not done too little.
    """
    found: list[Missing] = []
    if not seen.words.strip():
        found.append(Missing("words", "Say what was seen, as a camera would have seen it."))
    found += _day("seen_on", seen.seen_on, talk_on=talk_on, today=today)
    if seen.direction == TOO_LITTLE:
        if not seen.opportunity.strip():
            found.append(
                Missing(
                    "opportunity",
                    "Say what the opportunity was. Where there was none, nothing too little was done.",
                )
            )
        if seen.opportunity_on is None:
            found.append(Missing("opportunity_on", "Say on which day the opportunity was."))
        else:
            found += _day("opportunity_on", seen.opportunity_on, talk_on=talk_on, today=today)
    return tuple(found)


def _day(code: str, day: date, *, talk_on: date, today: date) -> tuple[Missing, ...]:
    if day > today:
        return (Missing(code, "This day is still to come. Note what was seen, on the day it was."),)
    if day < talk_on:
        return (Missing(code, "This was before the talk. What came before belongs into the talk itself."),)
    return ()
