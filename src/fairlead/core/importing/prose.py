"""A pasted text or a written review, as one incident. The reading itself is `core.intake`."""

import re
from datetime import date, datetime
from typing import Final

from fairlead.core.importing.decoding import NotTextError, decoded
from fairlead.core.importing.documents import EMPTY
from fairlead.core.importing.telling import times_told
from fairlead.core.importing.values import (
    ImportedIncident,
    Reading,
    checked,
    content_id,
    entry_from,
    title_from,
    unreadable,
)
from fairlead.core.intake import Understanding, understand

NO_ZONE: Final = "No time zone is named, so the times were read as UTC. Give one with --zone."
NO_TIME: Final = "There is no time in it."
NO_WORDS: Final = "There are no words in it to make a title of."
_TO_COME: Final = "still to come"  # the note of the intake that `checked` says with the field's name
_NAMED_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")


def read_text(content: bytes, *, now: datetime, zone: str | None = None, day: date | None = None) -> Reading:
    """Return the one incident that a text tells: a sentence, a chat log, an e-mail, a Markdown post-mortem.

    `now` is an aware datetime, `zone` an IANA name for times that carry none, `day` the day of times
    without one. Entries stand in the order of the text.
    """
    return _read("text", content, now=now, zone=zone, day=day)


def read_review(
    content: bytes, *, name: str, now: datetime, zone: str | None = None, day: date | None = None
) -> Reading:
    """Return the incident that a written review tells, as `read_text` does.

    `name` is its file name: a day in it ("2026-03-19-checkout.md") counts where the text names none.
    """
    return _read("review", content, now=now, zone=zone, day=day, name=name)


def _read(
    tool: str, content: bytes, *, now: datetime, zone: str | None, day: date | None, name: str = ""
) -> Reading:
    try:
        text, lost = decoded(content)
    except NotTextError as error:
        return unreadable(str(error))
    if not text.strip():
        return unreadable(EMPTY)
    found = understand(text, now=now, zone=zone, date=day)
    in_name = _day_in(name)
    if in_name is not None and found.day is not None and _is_assumed(found, day):
        found = understand(text, now=now, zone=zone, date=in_name)
        day = in_name
    times, doubts = times_told(found.moments)
    incident = ImportedIncident(
        source_id=content_id(tool, text.strip()),
        title=title_from(found.title.value) if found.title else None,
        zone=found.zone.value if found.zone else None,
        times=times,
        entries=tuple(entry_from(entry.at, entry.text) for entry in found.entries),
        problems=(*lost, *_problems(found, day), *doubts),
    )
    return Reading(incidents=(checked(incident, now=now),))


def _is_assumed(found: Understanding, given: date | None) -> bool:
    return given is None and found.day is not None and found.day.span is None


def _day_in(name: str) -> date | None:
    for found in _NAMED_DAY.finditer(name):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def _problems(found: Understanding, given: date | None) -> list[str]:
    problems = [note for note in found.notes if _TO_COME not in note]
    if found.title is None:
        problems.append(NO_WORDS)
    if not found.entries and not found.moments:
        problems.append(NO_TIME)
    else:
        if found.zone is None:
            problems.append(NO_ZONE)
        if found.day is not None and _is_assumed(found, given):
            problems.append(f"No day is named, so {found.day.value} was taken. Give one with --date.")
    return problems
