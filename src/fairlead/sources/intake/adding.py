"""Adding a text to an incident that is on record: what is known stays, what is new is looked over and goes in once."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import moment_set
from fairlead.commons.timeline.selectors import all_entries_of
from fairlead.commons.timeline.services import entries_add
from fairlead.commons.writing import refuse_readers
from fairlead.core.importing.values import MOMENTS
from fairlead.core.intake.doubles import KnownLines
from fairlead.core.intake.written import Line
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.sources.intake.confirming import at_its_line, settle
from fairlead.sources.intake.understood import OnRecord, Understood
from fairlead.sources.records.door import OpenSource, open_sources
from fairlead.sources.records.models import Source
from fairlead.sources.records.selectors import is_brought, own_sources, raw_lines
from fairlead.sources.records.services import draft_attach, draft_keep


def text_bring(
    actor: Actor, incident: Incident, *, source_id: uuid.UUID, content: bytes, name: str
) -> Source:
    """Keep a text as a draft that is to be added. Raises Refused for one that this person has brought already."""
    if is_brought(actor, incident, kind=Source.Kind.TEXT, content=content):
        raise Refused("You have brought this text already; it is among the sources of this incident.")
    return draft_keep(actor, source_id=source_id, kind=Source.Kind.TEXT, content=content, name=name)


def on_record(actor: Actor, incident: Incident) -> OnRecord:
    """Return what this person may know of an incident: its timeline, and the lines of the sources they may read."""
    lines = [Line(entry.at, entry.words) for entry in all_entries_of(actor, incident)]
    if own_sources(actor, incident):
        for opened in open_sources(actor, incident, act="compare"):
            lines += [Line(line.at, line.words) for line in raw_lines(opened)]
    started = incident.started_at
    day = started.astimezone(ZoneInfo(incident.zone)).date() if started else None
    return OnRecord(incident.zone, day, KnownLines(lines))


def new_moments(incident: Incident, understood: Understood) -> dict[str, datetime]:
    """Return the moments that a text tells and the incident does not know yet."""
    told = {name: understood.times.get(name) for name in MOMENTS}
    return {name: at for name, at in told.items() if at and getattr(incident, f"{name}_at") is None}


def text_add(
    draft: OpenSource,
    incident: Incident,
    *,
    lines: Iterable[Line],
    moments: Mapping[str, datetime],
    understood: Understood,
    known: KnownLines,
) -> Source:
    """Add a draft to an incident: confirmed lines to its timeline, moments not known so far, the text as a source.

    What somebody else has added meanwhile is not added again. Raises Refused and NamesSomebody, with the field of the
    form; then nothing is written.
    """
    refuse_readers(draft.actor)
    settled = settle(draft, [line for line in lines if not known.has(line)], understood)
    values: dict[str, Any] = {"incident_id": incident.pk, "was": None}
    try:
        with transaction.atomic():
            if settled.entries:
                entries_add(draft.actor, incident=incident, entries=settled.entries)
            for moment, at in moments.items():
                moment_set(draft.actor, moment=moment, at=at, **values)
            return draft_attach(
                draft,
                incident=incident,
                entries=settled.raw,
                published=[entry.id for entry in settled.entries],
                left_out=settled.left_out,
            )
    except Refused as refused:
        if not at_its_line(refused, settled.entries) and refused.field in {"at", "was"}:
            refused.field = "moments"
        raise
