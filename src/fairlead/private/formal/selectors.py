"""Reading formal paths. Nothing here opens a case."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from fairlead.core.formal import Act, Fulfilled, Part, Requirement, missing_for_decision
from fairlead.core.packet import Packet as Content
from fairlead.core.packet import packet_from
from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Missing
from fairlead.core.visibility import Actor, Role
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import read_from
from fairlead.people.selectors import today
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.models import Grant
from fairlead.private.cases.selectors import name_of
from fairlead.private.formal.door import OpenPacket, leads, part_of
from fairlead.private.formal.erasure import OVER
from fairlead.private.formal.models import Entry, Hold, Packet


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """What shows that a requirement is there, opened."""

    on: date
    part: str
    by: str  # the name of whoever held the part then
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Needed:
    """One requirement, with everything that was written for it; `is_there` as of today."""

    key: str
    words: str
    entries: tuple[ReadEntry, ...]
    is_there: bool


@dataclass(frozen=True, slots=True)
class ReadHold:
    """A hold, opened: since when, at most until when, why, and how it ended, if it did."""

    at: datetime
    until: date
    reason: str
    ended_at: datetime | None
    ending: str


def current_hold(packet: Packet) -> Hold | None:
    """Return the hold that is on a packet today, or None. No key is unwrapped for it."""
    return Hold.objects.filter(packet=packet, ended_at=None, until__gte=clock.now().date()).last()


def held_until(packet: Packet) -> date | None:
    """Return the last day of the hold that is on a packet today, or None."""
    row = current_hold(packet)
    return row.until if row else None


def holds_of(opened: OpenPacket) -> tuple[ReadHold, ...]:
    """Return every hold there was, in order; whoever reads of the packet reads of them."""
    opened.must(Act.READ)
    return tuple(
        ReadHold(
            row.at,
            row.until,
            read_from(opened.envelope, row, "reason"),
            row.ended_at,
            read_from(opened.envelope, row, "ending"),
        )
        for row in Hold.objects.filter(packet=opened.packet)
    )


def packet_of(opened: OpenCase) -> Packet | None:
    """Return the formal path that hangs on this case, or None."""
    return Packet.objects.filter(case=opened.case).exclude(step__in=OVER).first()


def own_packets(actor: Actor) -> list[tuple[Packet, Part]]:
    """Return the formal paths this person has a part in now, with the part. No key is unwrapped for it."""
    led = Grant.objects.filter(mark=actor.mark, role=Role.MANAGER).values("case")
    theirs = Q(manager=actor.mark) | Q(engineer=actor.mark) | Q(hr=actor.mark) | Q(case__in=led)
    rows = Packet.objects.filter(theirs).exclude(step__in=OVER).select_related("case")
    return [(row, part) for row in rows if (part := part_of(actor, row)) is not None]


def content_of(opened: OpenPacket) -> Content:
    """Return the whole packet. Raises NotForYou for HR before it has taken it on."""
    opened.must(Act.READ_PACKET)
    return packet_from(file_of(opened))


def file_of(opened: OpenPacket) -> str:
    """Return the packet's file, byte for byte. Raises NotForYou for HR before it has taken it on."""
    opened.must(Act.READ_PACKET)
    return read_from(opened.envelope, opened.packet, "content")


def reasons_of(opened: OpenPacket) -> Content:
    """Return who and why, without a single chosen piece: what HR decides on whether to take it on."""
    opened.must(Act.READ)
    content = packet_from(read_from(opened.envelope, opened.packet, "content"))
    return Content(
        content.id,
        content.incident,
        content.manager,
        content.engineer,
        content.hr,
        content.made_on,
        content.expires_on,
        content.reasons,
        (),
    )


def decision_of(opened: OpenPacket) -> str:
    """Return what was decided, or an empty text."""
    return read_from(opened.envelope, opened.packet, "decision")


def fulfilled(opened: OpenPacket) -> tuple[Fulfilled, ...]:
    """Return what is there, as the deciding function takes it."""
    return tuple(
        Fulfilled(Requirement(row.requirement), row.on, read_from(opened.envelope, row, "words"))
        for row in Entry.objects.filter(packet=opened.packet)
    )


def required_words() -> dict[str, str]:
    """Return what has to be there before anything final, by its key, in the playbook's words."""
    return {one.key: one.label for one in load_default().second_talk.required}


def missing(opened: OpenPacket, *, decided_on: date) -> tuple[Missing, ...]:
    """Return what is missing before anything final can be recorded for a day."""
    return missing_for_decision(fulfilled(opened), decided_on=decided_on, words=required_words())


def needed(opened: OpenPacket) -> tuple[Needed, ...]:
    """Return each requirement with what was written for it, in order; to HR none before it has taken it on."""
    if not opened.may(Act.READ_PACKET):
        return ()
    found: dict[str, list[ReadEntry]] = {}
    for row in Entry.objects.filter(packet=opened.packet):
        held = row.by or {"manager": leads(opened.packet), "engineer": opened.packet.engineer}.get(
            row.part, opened.packet.hr
        )
        entry = ReadEntry(row.on, row.part, name_of(held), row.at, read_from(opened.envelope, row, "words"))
        found.setdefault(row.requirement, []).append(entry)
    words = required_words()
    absent = {one.code for one in missing(opened, decided_on=today())}
    return tuple(
        Needed(one.value, words[one.value], tuple(found.get(one.value, ())), one.value not in absent)
        for one in Requirement
    )
