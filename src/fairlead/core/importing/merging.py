"""What several records say about one incident, put together: the same source id is the same incident."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from fairlead.core.importing.values import ImportedIncident, ImportedTimes, unique


def merged(incidents: Iterable[ImportedIncident]) -> tuple[ImportedIncident, ...]:
    """Return each incident once, in the order in which they first appear.

    The earliest start, detection and mitigation and the latest resolution count, unless the incident stands open
    since a later moment; and the first title.
    Entries are put in the order of time where more than one record gave some; the same words at the same
    moment stand once.
    """
    groups: dict[str, list[ImportedIncident]] = {}
    for incident in incidents:
        groups.setdefault(incident.source_id, []).append(incident)
    return tuple(_one(group) for group in groups.values())


def _one(group: list[ImportedIncident]) -> ImportedIncident:
    first = group[0]
    if len(group) == 1:
        return first
    resolved = max(_known(incident.times.resolved for incident in group), default=None)
    reopened = max(_known(incident.reopened for incident in group), default=None)
    if resolved is not None and reopened is not None and resolved < reopened:
        resolved = None
    entries = list(dict.fromkeys(entry for incident in group for entry in incident.entries))
    if any(incident.entries != first.entries for incident in group):
        entries.sort(key=lambda entry: entry.at)
    return replace(
        first,
        title=next((incident.title for incident in group if incident.title), None),
        zone=next((incident.zone for incident in group if incident.zone), None),
        times=ImportedTimes(
            started=_least(incident.times.started for incident in group),
            detected=_least(incident.times.detected for incident in group),
            mitigated=_least(incident.times.mitigated for incident in group),
            resolved=resolved,
        ),
        entries=tuple(entries),
        problems=unique(tuple(problem for incident in group for problem in incident.problems)),
        reopened=reopened,
    )


def _least(moments: Iterable[datetime | None]) -> datetime | None:
    return min(_known(moments), default=None)


def _known(moments: Iterable[datetime | None]) -> list[datetime]:
    return [moment for moment in moments if moment is not None]
