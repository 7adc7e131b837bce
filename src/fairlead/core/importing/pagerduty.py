"""PagerDuty: incidents and log entries of the REST API, and bodies of the v3 webhook.

Formats: https://developer.pagerduty.com/api-reference (incidents, log entries) and "Webhook payload", v3.
The pager tells when somebody was told; that is the earliest start it knows, and a person may correct it.
"""

import re
from datetime import datetime
from typing import Final

from fairlead.core.importing.decoding import NotTextError, decoded
from fairlead.core.importing.documents import (
    EMPTY,
    BrokenError,
    Record,
    documents,
    inside,
    many,
    record_of,
    size,
    words,
)
from fairlead.core.importing.merging import merged
from fairlead.core.importing.stamps import StampReader
from fairlead.core.importing.values import (
    ImportedEntry,
    ImportedIncident,
    ImportedTimes,
    Reading,
    checked,
    entry_from,
    source_id,
    title_from,
    unreadable,
)

NOT_PAGERDUTY: Final = "it is neither an incident, nor a log entry, nor a webhook of PagerDuty."
NO_ID: Final = "it has no id, so it cannot be told from another one."
_LISTS: Final = ("incidents", "log_entries", "messages")
_NUMBER: Final = re.compile(r"\A\[#\d+\]\s*")  # "[#1234] Checkout is down", as references spell a title
_OPEN: Final = frozenset({"triggered", "acknowledged"})
_EVENTS: Final = {
    "incident.triggered": "Incident triggered",
    "incident.acknowledged": "Incident acknowledged",
    "incident.unacknowledged": "Acknowledgement ran out",
    "incident.escalated": "Incident escalated",
    "incident.reassigned": "Incident reassigned",
    "incident.delegated": "Incident handed to another team",
    "incident.priority_updated": "Priority changed",
    "incident.reopened": "Incident reopened",
    "incident.resolved": "Incident resolved",
    "incident.annotated": "Note",
    "incident.status_update_published": "Status update",
    "incident.responder.added": "Responder asked to join",
    "incident.responder.replied": "Responder replied",
}


def read_pagerduty(content: bytes, *, now: datetime, zone: str | None = None) -> Reading:
    """Return an incident for each one the file tells of, what it says about the same one put together.

    Reads one object, a list, {"incidents": [...]}, {"incident": ..., "log_entries": [...]},
    {"log_entries": [...]}, webhook bodies, and any of these one a line. `now` is an aware datetime, `zone`
    an IANA name for times that carry none.
    """
    try:
        text, lost = decoded(content)
    except NotTextError as error:
        return unreadable(str(error))
    if not text.strip():
        return unreadable(EMPTY)
    file = _File(zone)
    broken = ""
    try:
        for number, value in enumerate(documents(text, lists=_LISTS), 1):
            file.take(value, f"Record {number}")
    except BrokenError as error:
        broken = str(error)
    problems = (*lost, *file.problems, *([broken] if broken else []))
    incidents = tuple(checked(incident, now=now) for incident in file.incidents())
    return Reading(incidents, problems, is_readable=bool(incidents) or not problems)


class _File:
    """What one file tells, gathered record by record."""

    def __init__(self, zone: str | None) -> None:
        self.zone = zone
        self.found: list[ImportedIncident] = []
        self.problems: list[str] = []

    def incidents(self) -> tuple[ImportedIncident, ...]:
        """Return each incident once."""
        return merged(self.found)

    def take(self, value: object, place: str) -> None:
        """Take a document apart into incidents, log entries and events."""
        record = record_of(value)
        lists = [key for key in _LISTS if size(record, key) is not None]
        event = inside(record, "event")
        if event:
            self._event(event, place)
        elif inside(record, "incident") and not _is_entry(record):
            self._incident(inside(record, "incident"), place, many(record, "log_entries"))
        elif lists and not words(record, "id"):
            for key in lists:
                items = many(record, key)
                left = (size(record, key) or 0) - len(items)
                if left:
                    self.problems.append(f"{place}: {left} of its {key} could not be read.")
                for number, item in enumerate(items, 1):
                    self.take(item, f"{place}, {key} {number}")
        elif _is_entry(record):
            self._entry(record, place)
        elif words(record, "event_type"):
            self._event(record, place)
        elif words(record, "title", "summary", "created_at", "incident_number", "status"):
            self._incident(record, place, many(record, "log_entries"))
        else:
            self.problems.append(f"{place}: {NOT_PAGERDUTY}")

    def _incident(self, record: Record, place: str, log: list[Record]) -> None:
        key = words(record, "id")
        if not key:
            self.problems.append(f"{place}: {NO_ID}")
            return
        reader = StampReader(self.zone)
        created = reader.at("created_at", record.get("created_at"))
        if created is None:
            reader.problems.append("Nothing says when this incident was created.")
        resolved = _resolved(record, reader)
        times = ImportedTimes(started=created, detected=created, resolved=resolved)
        self._add(key, record, times, (), reader, reopened=_open_since(record, reader))
        for number, entry in enumerate(log, 1):
            self._entry(entry, f"{place}, log entry {number}", key)

    def _entry(self, record: Record, place: str, key: str = "") -> None:
        of = inside(record, "incident")
        key = key or words(of, "id")
        if not key:
            self.problems.append(f"{place}: it does not say which incident it belongs to.")
            return
        reader = StampReader(self.zone)
        at = reader.at("created_at", record.get("created_at"))
        kind = words(record, "type")
        entries = _entries(at, _said(record))
        if at is None and not reader.problems:
            reader.problems.append(f"{place}: nothing says when it was.")
        times = ImportedTimes()
        if kind.startswith("trigger_"):
            times = ImportedTimes(started=at, detected=at)
        elif kind.startswith("resolve_"):
            times = ImportedTimes(resolved=at)
        self._add(key, of, times, entries, reader, reopened=at if kind.startswith("reopen_") else None)

    def _event(self, event: Record, place: str) -> None:
        data, kind = inside(event, "data"), words(event, "event_type")
        of = data if words(data, "type") in {"incident", ""} else inside(data, "incident")
        key = words(of, "id")
        if not key:
            self.problems.append(f"{place}: {NOT_PAGERDUTY if not kind else NO_ID}")
            return
        reader = StampReader(self.zone)
        at = reader.at("occurred_at", event.get("occurred_at"))
        told = _EVENTS.get(kind, kind or "Event")
        words_of = words(data, "content", "message") if of is not data else ""
        created = reader.at("created_at", of.get("created_at"))
        if created is None and kind == "incident.triggered":
            created = at
        over = at if kind == "incident.resolved" else None
        times = ImportedTimes(started=created, detected=created, resolved=over)
        self._add(
            key,
            of,
            times,
            _entries(at, f"{told}: {words_of}" if words_of else told),
            reader,
            reopened=at if kind == "incident.reopened" else None,
        )

    def _add(
        self,
        key: str,
        of: Record,
        times: ImportedTimes,
        entries: tuple[ImportedEntry, ...],
        reader: StampReader,
        *,
        reopened: datetime | None = None,
    ) -> None:
        incident = ImportedIncident(
            source_id=source_id("pagerduty", key),
            title=title_from(_NUMBER.sub("", words(of, "title", "summary", "description"))),
            zone=self.zone or "UTC",
            times=times,
            entries=entries,
            problems=tuple(reader.problems),
            reopened=reopened,
        )
        self.found.append(incident)


def _is_entry(record: Record) -> bool:
    return words(record, "type").removesuffix("_reference").endswith("_log_entry")


def _open_since(record: Record, reader: StampReader) -> datetime | None:
    """Return since when an incident stands open; that undoes an end which another record, or an earlier file, tells."""
    if words(record, "status") not in _OPEN:
        return None
    since = reader.at("last_status_change_at", record.get("last_status_change_at"))
    return since or reader.at("created_at", record.get("created_at"))


def _resolved(record: Record, reader: StampReader) -> datetime | None:
    status = words(record, "status")
    if status and status != "resolved":
        return None  # an incident that was opened again may still carry the old time
    resolved = reader.at("resolved_at", record.get("resolved_at"))
    if resolved is None and status == "resolved":
        return reader.at("last_status_change_at", record.get("last_status_change_at"))
    return resolved


def _said(record: Record) -> str:
    """Return the words of a log entry: its summary, and the note or message that came with it."""
    summary = words(record, "summary") or words(record, "type").removesuffix("_log_entry").replace("_", " ")
    channel = inside(record, "channel")
    more = words(channel, "summary", "message") if words(channel, "type") != "auto" else ""
    note = words(record, "note")
    extra = [part for part in dict.fromkeys((more, note)) if part and part not in summary]
    return " — ".join([summary, *extra])


def _entries(at: datetime | None, text: str) -> tuple[ImportedEntry, ...]:
    return () if at is None else (entry_from(at, text),)
