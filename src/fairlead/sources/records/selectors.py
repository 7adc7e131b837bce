"""Who responded to an incident, and what stands in its sources, read through the door."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import RESPONDER_ROLE_NOW, RESPONDER_ROLE_WORDS, Actor, ResponderRole
from fairlead.foundation.vault.fields import bytes_from, read_from
from fairlead.foundation.vault.marks import keyed_hash
from fairlead.people.actors import account_by_mark
from fairlead.sources.records.door import OpenSource
from fairlead.sources.records.models import RawEntry, Source


def own_sources(actor: Actor, incident: Incident) -> list[tuple[UUID, str]]:
    """Return id and kind of each source of the incident that this person may read, the oldest first."""
    return list(
        Source.objects.filter(incident=incident, responders__mark=actor.mark).values_list("pk", "kind")
    )


def sources_read_by(actor: Actor, incident: Incident) -> list[Source]:
    """Return the sources of the incident that this person may read, without their words, the oldest first."""
    return list(
        Source.objects.filter(incident=incident, responders__mark=actor.mark).defer("content", "name")
    )


def is_brought(actor: Actor, incident: Incident, *, kind: str, content: bytes) -> bool:
    """Tell whether this person has brought exactly this to the incident before."""
    return Source.objects.filter(
        incident=incident, kind=kind, digest=keyed_hash("source", content), responders__mark=actor.mark
    ).exists()


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may read a source, by name."""

    name: str
    mark: str
    role: ResponderRole

    @property
    def role_words(self) -> str:
        """What they did, in words."""
        return RESPONDER_ROLE_WORDS[self.role]

    @property
    def role_now(self) -> str:
        """What they do while it goes on, in words."""
        return RESPONDER_ROLE_NOW[self.role]


def responders_of(opened: OpenSource) -> list[Colleague]:
    """Return who may read an opened source, in the order in which they joined."""
    rows = opened.source.responders.all()
    known = {row.mark: account_by_mark(row.mark) for row in rows}
    return [
        Colleague(
            account.name if (account := known[row.mark]) else "somebody who has left",
            row.mark,
            ResponderRole(row.role),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class RawLine:
    """A raw entry that was opened."""

    id: UUID
    at: datetime
    words: str
    state: str


def raw_lines(opened: OpenSource, *, states: tuple[str, ...] = (), most: int | None = None) -> list[RawLine]:
    """Return raw entries of an opened source in the order of time: those in `states`, at most `most`, or all."""
    rows = RawEntry.objects.filter(source=opened.source)
    if states:
        rows = rows.filter(state__in=states)
    return [
        RawLine(row.pk, row.at, read_from(opened.envelope, row, "words"), row.state) for row in rows[:most]
    ]


def waiting_count(opened: OpenSource) -> int:
    """Return how many raw entries of an opened source are neither published nor left out."""
    return RawEntry.objects.filter(source=opened.source, state=RawEntry.State.WAITING).count()


@dataclass(frozen=True, slots=True)
class Content:
    """What was kept, byte for byte, with what it was called and the day it goes."""

    name: str
    content: bytes
    erase_on: date


def content_of(opened: OpenSource) -> Content:
    """Return the content of an opened source."""
    return Content(
        name=read_from(opened.envelope, opened.source, "name"),
        content=bytes_from(opened.envelope, opened.source, "content"),
        erase_on=opened.source.erase_on,
    )
