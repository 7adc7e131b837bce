"""The one shape every format is read into. Times are aware and in UTC."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from fairlead.core.localtime import order_problems

MomentName = Literal["started", "detected", "mitigated", "resolved"]
MOMENTS: Final[tuple[MomentName, ...]] = ("started", "detected", "mitigated", "resolved")
LONGEST_TITLE: Final = 200
LONGEST_ENTRY: Final = (
    4_000  # characters; what a chat or a pager writes at once, the whole stays in the source
)
LONGEST_ID: Final = 200
_GRACE: Final = timedelta(minutes=5)
_LONGEST_DAYS: Final = 366  # a finding may stay open for months; beyond a year a wrong year is likelier
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ID: Final = re.compile(r"[^\w.:#/@+-]+")


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """A line of the timeline: a moment in UTC and its words."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ImportedTimes:
    """The four moments of an incident in UTC; None where nothing says them."""

    started: datetime | None = None
    detected: datetime | None = None
    mitigated: datetime | None = None
    resolved: datetime | None = None


@dataclass(frozen=True, slots=True)
class ImportedIncident:
    """One incident as another tool, or a text, tells it.

    `zone` is the IANA name of the clock its times were written by, None when nothing names one. `source_id`
    is the same every time the same thing is read, so that importing it twice makes one incident. `problems`
    are sentences about what a person should look at. `reopened` is since when it stands open, where told.
    """

    source_id: str
    title: str | None
    zone: str | None
    times: ImportedTimes
    entries: tuple[ImportedEntry, ...] = ()
    problems: tuple[str, ...] = ()
    reopened: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: its incidents, problems that belong to none of them, and notes on how it was read.

    `is_readable` is False when the file is not of its format at all.
    """

    incidents: tuple[ImportedIncident, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_readable: bool = True


def unreadable(problem: str) -> Reading:
    """Return the reading of a file that is not what it should be, with the sentence that says so."""
    return Reading(problems=(problem,), is_readable=False)


def clean(text: str) -> str:
    """Return text without control characters and half characters, which no page and no terminal should get."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def title_from(text: str) -> str | None:
    """Return text as a title: one line, at most 200 characters; None when there are no words."""
    line = " ".join(clean(text[: LONGEST_TITLE * 20]).split())
    if len(line) > LONGEST_TITLE:
        line = line[: LONGEST_TITLE - 1].rstrip() + "…"
    return line or None


def entry_from(at: datetime, text: str) -> ImportedEntry:
    """Return an entry with tidy words. `at` is an aware datetime."""
    words = clean(text[: LONGEST_ENTRY * 2]).strip()
    if len(words) > LONGEST_ENTRY:
        words = words[: LONGEST_ENTRY - 1].rstrip() + "…"
    return ImportedEntry(at.astimezone(UTC), words or "(no words beside this time)")


def source_id(tool: str, key: str) -> str:
    """Return the id of a thing that has one where it comes from: "pagerduty:PT4KHLK"."""
    plain = _ID.sub("_", key.strip())
    return f"{tool}:{plain}" if len(plain) <= LONGEST_ID else content_id(tool, key)


def content_id(tool: str, *content: str) -> str:
    """Return the id of a thing that has none of its own: a mark of its content (SHA-256, 128 bits of it)."""
    digest = hashlib.sha256("\x1f".join(content).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{tool}:{digest[:32]}"


def unique(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Return each sentence once, in order."""
    return tuple(dict.fromkeys(sentences))


def checked(incident: ImportedIncident, *, now: datetime) -> ImportedIncident:
    """Return the incident with a problem for every time that lies in the future or out of order.

    `now` is an aware datetime. Nothing is changed but the problems.
    """
    times = incident.times
    found = [
        problem.message
        for problem in order_problems(
            started=times.started,
            detected=times.detected,
            mitigated=times.mitigated,
            resolved=times.resolved,
            now=now,
            longest_days=_LONGEST_DAYS,
        )
    ]
    ahead = sum(entry.at > now + _GRACE for entry in incident.entries)
    if ahead:
        found.append(
            f"{ahead} {'entry is' if ahead == 1 else 'entries are'} in the future. Check the day and the zone."
        )
    return replace(incident, problems=unique((*incident.problems, *found)))
