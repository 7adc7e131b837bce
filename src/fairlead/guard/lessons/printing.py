"""How lessons are told: to a person, to a program, and beside the lines of a pull request."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from fairlead.core.lessons.match import Match


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: the lessons to show, all that fired, of how many, from a snapshot of when (UTC).

    `is_cut` says that the change was longer than what was read of it.
    """

    shown: tuple[Match, ...]
    fired: tuple[Match, ...]
    of: int
    made_at: datetime
    is_cut: bool

    @property
    def more(self) -> int:
        """How many fired and are not shown, without those in shadow."""
        return sum(not match.lesson.shadow for match in self.fired) - len(self.shown)


def as_text(outcome: Outcome) -> str:
    """Return the lessons for a terminal; nothing at all where none fires."""
    said: list[str] = []
    for match in outcome.shown:
        lesson = match.lesson
        said += ["", f"{lesson.title}", f"  {lesson.know}"]
        said += [f"  Because it {reason.words}." for reason in match.reasons]
        said += [f"  Run: fairlead prove {safeguard}" for safeguard in lesson.safeguards]
    if outcome.more:
        said += ["", f"{outcome.more} more fire on this change; these are the most specific."]
    if outcome.is_cut:
        said += ["", "This change is very long, and only its beginning was looked at."]
    return "\n".join([*said[1:], ""]) if said else ""


def as_json(outcome: Outcome) -> str:
    """Return one object: `lessons` (id, title, know, safeguards, mechanism, reasons), and what else fired."""
    body = {
        "lessons": [_object(match) for match in outcome.shown],
        "more": outcome.more,
        "shadow": [match.lesson.id for match in outcome.fired if match.lesson.shadow],
        "of": outcome.of,
        "made_at": outcome.made_at.isoformat().replace("+00:00", "Z"),
        "is_cut": outcome.is_cut,
    }
    return json.dumps(body, ensure_ascii=False) + "\n"


def _object(match: Match) -> dict[str, object]:
    lesson = match.lesson
    return {
        "id": lesson.id,
        "title": lesson.title,
        "know": lesson.know,
        "safeguards": list(lesson.safeguards),
        "mechanism": lesson.mechanism,
        "reasons": [{**asdict(reason), "words": reason.words} for reason in match.reasons],
    }


def as_github(outcome: Outcome) -> str:
    """Return workflow commands that put a notice beside the line where each lesson fired."""
    said = ""
    for match in outcome.shown:
        place = next((reason for reason in match.reasons if reason.path), None)
        where = "" if place is None else f"file={_property(place.path)},line={place.line or 1},"
        because = "; ".join(reason.words for reason in match.reasons)
        said += f"::notice {where}title={_property(match.lesson.title)}::{_data(f'{match.lesson.know} ({because})')}\n"
    return said


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


PRINTERS: Final[Mapping[str, Callable[[Outcome], str]]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
