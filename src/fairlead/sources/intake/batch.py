"""Many incidents put on record, one after the other: what cannot go in is named, and the rest goes in."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import DatabaseError

from fairlead.core.importing.values import ImportedIncident
from fairlead.core.importing.wire import to_wire
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.sources.intake.services import Brought, incident_bring

# What the reader calls a format, and what its sources are called.
KIND_OF: Final = {
    "text": "text",
    "reviews": "review",
    "pagerduty": "pagerduty",
    "slack": "slack",
    "alertmanager": "alertmanager",
    "csv": "csv",
}
ONE_FILE_EACH: Final = frozenset({"text", "reviews"})  # formats in which the file itself is the source
_CHAT: Final = frozenset({"slack"})  # nobody wrote these lines to be read by everybody


@dataclass(slots=True)
class Tally:
    """What came of an import, in numbers, and why some of it did not go in."""

    new: int = 0
    known: int = 0
    published: int = 0
    waiting: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)
    # What went in and should be looked at: the incident's id and title here, and what is doubtful about it.
    doubts: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def told(self) -> Iterator[str]:
        """Yield what a person reads at the end."""
        yield f"{_count(self.new, 'incident')} put on record, {self.known} known already."
        if self.published or self.waiting:
            yield f"{_count(self.published, 'line')} in the timelines; {self.waiting} wait in the sources."
        if self.problems:
            yield f"{_count(len(self.problems), 'incident')} could not go in; the rest did."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def bring_all(
    actor: Actor,
    incidents: Sequence[ImportedIncident],
    *,
    format_: str,
    content_of: Callable[[ImportedIncident], tuple[str, bytes]],
    seen: Callable[[int, int], None],
) -> Tally:
    """Bring each incident in by itself; `content_of` gives the name and bytes of its source.

    Nothing that goes wrong with one stops the others. `seen` is told how many are done, and of how many.
    """
    tally = Tally()
    for number, imported in enumerate(incidents, start=1):
        try:
            name, content = content_of(imported)
            brought = incident_bring(
                actor,
                imported=imported,
                kind=KIND_OF[format_],
                content=content,
                name=name,
                publishes=format_ not in _CHAT,
            )
            _add(tally, brought)
            if imported.problems:
                tally.doubts.append((str(brought.incident.pk), brought.incident.title, imported.problems))
        except Refused as refused:
            tally.problems.append((imported.source_id, refused.reason))
        except (DatabaseError, OSError) as error:
            tally.problems.append((imported.source_id, f"It could not be written ({type(error).__name__})."))
        seen(number, len(incidents))
    return tally


def _add(tally: Tally, brought: Brought) -> None:
    tally.new += brought.is_new
    tally.known += not brought.is_new
    tally.published += brought.published
    tally.waiting += brought.waiting


def as_record(imported: ImportedIncident) -> bytes:
    """Return an incident that shares its file with others as a source of its own: what was read of it, as JSON."""
    return json.dumps(to_wire(imported), ensure_ascii=False, indent=1).encode("utf-8", "replace")
