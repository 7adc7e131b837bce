"""An incident as one JSON object, and back: what `fairlead import --json` prints and a server will read."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fairlead.core.importing.values import (
    MOMENTS,
    ImportedEntry,
    ImportedIncident,
    ImportedTimes,
)


def to_wire(incident: ImportedIncident) -> dict[str, object]:
    """Return the object: title, zone, times, entries, source_id, problems. Times are UTC to the second."""
    return {
        "title": incident.title,
        "zone": incident.zone,
        "times": {name: _written(getattr(incident.times, name)) for name in MOMENTS},
        "entries": [{"at": _written(entry.at), "text": entry.text} for entry in incident.entries],
        "source_id": incident.source_id,
        "problems": list(incident.problems),
    }


def between_processes(incident: ImportedIncident) -> dict[str, object]:
    """Return the object with what is told to nobody outside: since when the incident stands open."""
    return {**to_wire(incident), "reopened": _written(incident.reopened)}


def from_wire(content: Mapping[str, Any]) -> ImportedIncident:
    """Return the incident of such an object. Raises KeyError, TypeError or ValueError for any other."""
    times: Mapping[str, str | None] = content["times"]
    return ImportedIncident(
        source_id=str(content["source_id"]),
        title=_maybe(content["title"]),
        zone=_maybe(content["zone"]),
        times=ImportedTimes(**{name: _read(times[name]) for name in MOMENTS}),
        entries=tuple(
            ImportedEntry(datetime.fromisoformat(entry["at"]), str(entry["text"]))
            for entry in content["entries"]
        ),
        problems=tuple(str(problem) for problem in content["problems"]),
        reopened=_read(content.get("reopened")),
    )


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _maybe(value: object) -> str | None:
    return None if value is None else str(value)
