"""Reading a live log through the door, and asking cheaply whether there is anything new to read."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from fairlead.core.visibility import Actor
from fairlead.foundation.vault.fields import read_from
from fairlead.sources.live.models import Line
from fairlead.sources.records.door import OpenSource
from fairlead.sources.records.models import Responder
from fairlead.sources.records.selectors import responders_of


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as its log shows it; `edition` above 1 means that it was corrected."""

    id: uuid.UUID
    number: int
    at: datetime
    words: str
    who: str
    edition: int
    published: bool


@dataclass(frozen=True, slots=True)
class EarlierReading:
    """How a line read before, and who corrected it."""

    at: datetime
    words: str
    who: str


def nothing_new(actor: Actor, log_id: uuid.UUID, number: int) -> bool:
    """Tell whether a participant has seen everything; then no key is unwrapped. False for everybody else."""
    if not Responder.objects.filter(source=log_id, mark=actor.mark).exists():
        return False
    return (Line.objects.filter(source=log_id).aggregate(last=Max("number"))["last"] or 0) <= number


def lines_since(opened: OpenSource, number: int = 0) -> list[ShownLine]:
    """Return the lines written or corrected after a number, in the order in which they happened."""
    names = {one.mark: one.name for one in responders_of(opened)}
    rows = Line.objects.filter(source=opened.source, number__gt=number).select_related("entry")
    lines = [
        ShownLine(
            id=row.pk,
            number=row.number,
            at=row.entry.at,
            words=read_from(opened.envelope, row.entry, "words"),
            who=names.get(row.mark, "somebody who has left"),
            edition=row.edition,
            published=row.entry.state == "published",
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (line.at, line.number))


def line_of(opened: OpenSource, line_id: uuid.UUID) -> Line | None:
    """Return a line of this log, or None."""
    return Line.objects.select_related("entry").filter(source=opened.source, pk=line_id).first()


def earlier_readings(opened: OpenSource, line: Line) -> list[EarlierReading]:
    """Return how a line read before, the latest first."""
    names = {one.mark: one.name for one in responders_of(opened)}
    return [
        EarlierReading(
            one.at, read_from(opened.envelope, one, "words"), names.get(one.mark, "somebody who has left")
        )
        for one in line.earlier.all()
    ]
