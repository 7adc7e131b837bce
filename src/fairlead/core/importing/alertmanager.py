"""Alertmanager's webhook, version 4, and Grafana's, which adds fields of its own. One alert is one incident.

Format: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config, and Grafana's "webhook
notifier" page, where times may carry an offset.
"""

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
from fairlead.core.importing.stamps import StampReader
from fairlead.core.importing.values import (
    ImportedIncident,
    ImportedTimes,
    Reading,
    checked,
    content_id,
    entry_from,
    source_id,
    title_from,
    unreadable,
)

NOT_AN_ALERT: Final = "it is not a webhook of Alertmanager or Grafana; there is no list of alerts in it."
NO_START: Final = "Nothing says when this alert began to fire."


def read_alertmanager(content: bytes, *, now: datetime, zone: str | None = None) -> Reading:
    """Return an incident for each alert of a webhook's body, of a list of bodies, or of one body a line.

    An alert is the same one while its fingerprint and its start are. It started, and was noticed, when it
    began to fire. `now` is an aware datetime, `zone` an IANA name for times that carry none.
    """
    try:
        text, lost = decoded(content)
    except NotTextError as error:
        return unreadable(str(error))
    if not text.strip():
        return unreadable(EMPTY)
    found: list[ImportedIncident] = []
    problems = list(lost)
    bodies = 0
    try:
        for number, value in enumerate(documents(text, lists=("alerts",)), 1):
            body = record_of(value)
            alerts = many(body, "alerts")
            if size(body, "alerts") is None:
                problems.append(f"Record {number}: {NOT_AN_ALERT}")
                continue
            bodies += 1
            left = (size(body, "alerts") or 0) - len(alerts)
            if left:
                problems.append(f"Record {number}: {left} of its alerts could not be read.")
            if cut := _number(body, "truncatedAlerts"):
                problems.append(
                    f"Record {number}: {cut} more alerts of the group were not sent (max_alerts)."
                )
            found.extend(checked(_incident(body, alert, zone), now=now) for alert in alerts)
    except BrokenError as error:
        problems.append(str(error))
    return Reading(tuple(found), tuple(problems), is_readable=bodies > 0 or not problems)


def _number(record: Record, key: str) -> int:
    value = record.get(key)
    return value if isinstance(value, int) and value > 0 else 0


def _incident(body: Record, alert: Record, zone: str | None) -> ImportedIncident:
    reader = StampReader(zone)
    started = reader.at("startsAt", alert.get("startsAt"))
    ended = reader.at("endsAt", alert.get("endsAt"))
    is_over = words(alert, "status").lower() == "resolved" or (
        not words(alert, "status") and ended is not None
    )
    resolved = ended if is_over else None
    if started is None:
        reader.problems.append(NO_START)
    if is_over and ended is None:
        reader.problems.append("It is resolved, and nothing says when.")
    name = _name(body, alert)
    entries = [entry_from(started, f"Alert fired: {_told(body, alert, name)}")] if started else []
    if resolved is not None:
        entries.append(entry_from(resolved, f"Alert resolved: {name}"))
    return ImportedIncident(
        source_id=_id(alert, started),
        title=title_from(_annotation(body, alert, "summary", "title") or name),
        zone=zone or "UTC",
        times=ImportedTimes(started=started, detected=started, resolved=resolved),
        entries=tuple(entries),
        problems=tuple(reader.problems),
    )


def _id(alert: Record, started: datetime | None) -> str:
    """Return the id by fingerprint and start; without a fingerprint, by the labels it is made from."""
    labels = inside(alert, "labels")
    mark = words(alert, "fingerprint") or content_id("", *(f"{key}={labels[key]}" for key in sorted(labels)))
    start = started.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if started else words(alert, "startsAt") or "unknown"
    return source_id("alertmanager", f"{mark.lstrip(':')}@{start}")


def _name(body: Record, alert: Record) -> str:
    for labels in (inside(alert, "labels"), inside(body, "commonLabels"), inside(body, "groupLabels")):
        if name := words(labels, "alertname"):
            return name
    return "an alert without a name"


def _annotation(body: Record, alert: Record, *keys: str) -> str:
    return words(inside(alert, "annotations"), *keys) or words(inside(body, "commonAnnotations"), *keys)


def _told(body: Record, alert: Record, name: str) -> str:
    """Return what the alert says about itself: its name, its description, and Grafana's values."""
    parts = [name, _annotation(body, alert, "description", "message"), words(alert, "valueString")]
    return " — ".join(part.strip() for part in parts if part.strip())
