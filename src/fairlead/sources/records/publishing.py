"""What waits in a source, with the neutral wording proposed for each line; and publishing what a responder chose."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from fairlead.commons.blameless import NamesSomebody
from fairlead.commons.timeline.services import NewEntry, entries_add
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.sources.records.door import OpenSource
from fairlead.sources.records.models import RawEntry
from fairlead.sources.records.proposals import Proposal, propose
from fairlead.sources.records.selectors import raw_lines
from fairlead.sources.records.services import raw_entries_settle

AT_ONCE: Final = 50  # lines on one page


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that waits: as it was written, and as it could be read by everybody."""

    id: uuid.UUID
    at: datetime
    words: str
    proposal: Proposal
    typed: str
    problem: str = ""


def waiting_lines(
    opened: OpenSource,
    *,
    typed: Mapping[uuid.UUID, str] | None = None,
    problems: Mapping[uuid.UUID, str] | None = None,
) -> list[Waiting]:
    """Return the next lines that wait, each with its proposal, or with what somebody typed and why that is refused."""
    lines = raw_lines(opened, states=(RawEntry.State.WAITING,), most=AT_ONCE)
    typed, problems = typed or {}, problems or {}
    return [
        Waiting(
            line.id,
            line.at,
            line.words,
            proposal,
            typed.get(line.id, proposal.words),
            problems.get(line.id, ""),
        )
        for line, proposal in zip(lines, propose([line.words for line in lines]), strict=True)
    ]


def lines_publish(
    actor: Actor, opened: OpenSource, *, chosen: Mapping[uuid.UUID, str], left_out: set[uuid.UUID]
) -> dict[uuid.UUID, str]:
    """Publish the chosen lines in the words given, and settle those left out; returns why some could not be.

    Every line stands by itself: one that names somebody waits on, with the reason, and the rest goes in.
    """
    refused: dict[uuid.UUID, str] = {}
    incident = opened.source.incident
    if incident is None:
        return refused
    moments = dict(opened.source.entries.filter(pk__in=[*chosen, *left_out]).values_list("pk", "at"))
    published: list[uuid.UUID] = []
    with transaction.atomic():
        for line_id, words in chosen.items():
            if line_id not in moments:
                continue
            try:
                entries_add(actor, incident=incident, entries=[NewEntry(line_id, moments[line_id], words)])
                published.append(line_id)
            except NamesSomebody as named:
                refused[line_id] = " ".join(missing.words for missing in named.missing)
            except Refused as why:
                refused[line_id] = why.reason
        raw_entries_settle(opened, entry_ids=published, state=RawEntry.State.PUBLISHED)
        raw_entries_settle(opened, entry_ids=left_out & moments.keys(), state=RawEntry.State.LEFT_OUT)
    return refused
