"""How lessons are told: to a person, to a program, and beside the lines of a pull request."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from fairlead.core.lessons.lesson import Lesson
from fairlead.core.lessons.match import Match, Reason
from fairlead.guard.lessons.snapshot import About


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: the lessons to show, all that fired, and what the snapshot says about itself.

    `is_cut` says that the change was longer than what was read of it.
    """

    shown: tuple[Match, ...]
    fired: tuple[Match, ...]
    about: About
    is_cut: bool

    @property
    def more(self) -> int:
        """How many fired and are not shown, without those in shadow."""
        return sum(not match.lesson.shadow for match in self.fired) - len(self.shown)

    def page_of(self, lesson: Lesson) -> str:
        """Where a lesson is read, and where one click says that it was not useful; empty where no server is known."""
        return f"{self.about.origin}/lessons/{lesson.id}/" if self.about.origin else ""


def as_text(outcome: Outcome) -> str:
    """Return the lessons for a terminal; nothing at all where none fires."""
    said: list[str] = []
    for match in outcome.shown:
        lesson = match.lesson
        said += ["", f"{lesson.title}", f"  {lesson.know}"]
        said += [f"  Because it {reason.words}." for reason in match.reasons]
        said += [f"  Run: fairlead prove {safeguard}" for safeguard in lesson.safeguards]
        said += [f"  Useful or not? {page}" for page in (outcome.page_of(lesson),) if page]
    if outcome.more:
        said += ["", f"{outcome.more} more fire on this change; these are the most specific."]
    if outcome.is_cut:
        said += ["", "This change is very long, and only its beginning was looked at."]
    return "\n".join([*said[1:], ""]) if said else ""


def as_json(outcome: Outcome) -> str:
    """Return one object: `lessons` (id, title, know, safeguards, mechanism, reasons), and what else fired."""
    body = {
        "lessons": [{**_object(match), "page": outcome.page_of(match.lesson)} for match in outcome.shown],
        "more": outcome.more,
        "shadow": [match.lesson.id for match in outcome.fired if match.lesson.shadow],
        "of": outcome.about.lessons,
        "made_at": outcome.about.made_at.isoformat().replace("+00:00", "Z"),
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


def as_sarif(outcome: Outcome) -> str:
    """Return a SARIF 2.1.0 log with a note for each lesson. It holds no lines of the change."""
    rules: list[dict[str, object]] = []
    results: list[dict[str, object]] = []
    for number, match in enumerate(outcome.shown):
        lesson, page = match.lesson, outcome.page_of(match.lesson)
        rule: dict[str, object] = {
            "id": lesson.id,
            "shortDescription": {"text": lesson.title},
            "fullDescription": {"text": lesson.know},
        }
        rules.append({**rule, "helpUri": page} if page else rule)
        because = "; ".join(reason.words for reason in match.reasons)
        places = [_place(reason) for reason in match.reasons if reason.path][:1]
        results.append(
            {
                "ruleId": lesson.id,
                "ruleIndex": number,
                "level": "note",
                "message": {"text": f"{lesson.title}. {lesson.know} It {because}."},
                "locations": places,
            }
        )
    driver = {"name": "Fairlead lessons", "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _place(reason: Reason) -> dict[str, object]:
    from urllib.parse import quote  # noqa: PLC0415 - one format needs it, and starting has to be quick

    region = {"startLine": reason.line or 1}  # a reason about a whole file stands at its beginning
    return {"physicalLocation": {"artifactLocation": {"uri": quote(reason.path)}, "region": region}}


def printed(outcome: Outcome, kind: str) -> str:
    """Return what was found in a format: text, json, sarif or github."""
    printers: dict[str, Callable[[Outcome], str]] = {
        "text": as_text,
        "json": as_json,
        "sarif": as_sarif,
        "github": as_github,
    }
    return printers[kind](outcome)
