"""From what a person confirmed to what is written: which line of the source became which entry of the timeline."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.services import NewEntry
from fairlead.core.refusal import Refused
from fairlead.sources.intake.services import incident_confirm
from fairlead.sources.intake.understood import MOST_LINES, Understood
from fairlead.sources.records.door import OpenSource
from fairlead.sources.records.services import NewRaw


def confirm(draft: OpenSource, data: Mapping[str, Any], understood: Understood) -> Incident:
    """Put the confirmed form on record. Raises Refused and NamesSomebody, with the field of the form."""
    incident_id = data["incident_id"] or draft.source.pk
    raw = [
        NewRaw(uuid.uuid5(draft.source.pk, f"raw {number}"), line.at, line.words)
        for number, line in enumerate(understood.raw)
    ]
    waiting: dict[object, list[uuid.UUID]] = defaultdict(list)
    for entry in raw[:MOST_LINES]:
        waiting[entry.at].append(entry.id)
    entries: list[NewEntry] = []
    for number, line in enumerate(data["lines"]):
        same = waiting[line.at]
        # A line of the same moment is the one that stood there; any other was written by the person.
        entry_id = (
            same.pop(0) if same else uuid.uuid5(draft.source.pk, f"line {number} {line.at} {line.words}")
        )
        entries.append(NewEntry(entry_id, line.at, line.words))
    figures: dict[str, Any] = {}
    for figure in understood.figures:
        if figure.key in data["figures"]:
            figures |= figure.values
    try:
        return incident_confirm(
            draft.actor,
            incident_id=incident_id,
            values=data["values"],
            entries=entries,
            figures=figures,
            draft=draft,
            raw=raw,
            left_out=[one for ids in waiting.values() for one in ids],
        )
    except Refused as refused:
        if refused.field in {str(entry.id) for entry in entries}:
            number = next(n for n, entry in enumerate(entries, 1) if str(entry.id) == refused.field)
            refused.field, refused.reason = "timeline", f"Entry {number}: {refused.reason}"
        elif refused.field not in data:
            refused.field = "figures" if figures else ""
        raise
