"""From what a person confirmed to what is written: which line of the source became which entry of the timeline."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.services import NewEntry
from fairlead.core.intake.written import Line
from fairlead.core.refusal import Refused
from fairlead.sources.intake.services import incident_confirm
from fairlead.sources.intake.understood import Understood
from fairlead.sources.records.door import OpenSource
from fairlead.sources.records.services import NewRaw


@dataclass(frozen=True, slots=True)
class Settled:
    """The entries to publish, every raw line to keep, and those that wait no longer though nothing came of them."""

    entries: list[NewEntry]
    raw: list[NewRaw]
    left_out: list[uuid.UUID]


def confirm(draft: OpenSource, data: Mapping[str, Any], understood: Understood) -> Incident:
    """Put the confirmed form on record. Raises Refused and NamesSomebody, with the field of the form."""
    incident_id = data["incident_id"] or draft.source.pk
    settled = settle(draft, data["lines"], understood)
    entries = settled.entries
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
            raw=settled.raw,
            left_out=settled.left_out,
        )
    except Refused as refused:
        if not at_its_line(refused, entries) and refused.field not in data:
            refused.field = "figures" if figures else ""
        raise


def settle(draft: OpenSource, lines: Sequence[Line], understood: Understood) -> Settled:
    """Return what becomes of each line of a draft, by what a person left in the box."""
    raw = [
        NewRaw(uuid.uuid5(draft.source.pk, f"raw {number}"), line.at, line.words)
        for number, line in enumerate(understood.raw)
    ]
    waiting: dict[object, list[uuid.UUID]] = defaultdict(list)
    for entry, line in zip(raw, understood.raw, strict=True):
        if line.is_shown:
            waiting[entry.at].append(entry.id)
    entries: list[NewEntry] = []
    for number, line in enumerate(lines):
        same = waiting[line.at]
        # A line of the same moment is the one that stood there; any other was written by the person.
        entry_id = (
            same.pop(0) if same else uuid.uuid5(draft.source.pk, f"line {number} {line.at} {line.words}")
        )
        entries.append(NewEntry(entry_id, line.at, line.words))
    known = [entry.id for entry, line in zip(raw, understood.raw, strict=True) if line.is_known]
    return Settled(entries, raw, [*known, *(one for ids in waiting.values() for one in ids)])


def at_its_line(refused: Refused, entries: Sequence[NewEntry]) -> bool:
    """Say in a refusal which line of the box it is about, and return whether it is about one."""
    number = next((n for n, entry in enumerate(entries, 1) if str(entry.id) == refused.field), None)
    if number is not None:
        refused.field, refused.reason = "timeline", f"Entry {number}: {refused.reason}"
    return number is not None
