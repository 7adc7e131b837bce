"""Escalating, taking it on, noting what is there, deciding, withdrawing."""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.db import transaction

from fairlead.core.formal import Act, Requirement, Step, may_follow
from fairlead.core.months import months_later
from fairlead.core.packet import Packet as Content
from fairlead.core.packet import fingerprint, packet_json
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act as CaseAct
from fairlead.core.visibility import Role
from fairlead.foundation import clock
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault.envelope import new_data_key
from fairlead.foundation.vault.fields import seal_into
from fairlead.foundation.vault.marks import mark
from fairlead.people.models import Account
from fairlead.people.selectors import hr_partners, organisation, today
from fairlead.private.cases.door import NotForYou, OpenCase, lock
from fairlead.private.cases.door import record as record_in_case
from fairlead.private.cases.ids import free_id
from fairlead.private.cases.models import Grant
from fairlead.private.cases.selectors import marks_of, the_two
from fairlead.private.conversations.services import refuse_too_long
from fairlead.private.formal.door import OpenPacket, leads, record
from fairlead.private.formal.items import choosable
from fairlead.private.formal.models import Entry, Packet
from fairlead.private.formal.selectors import held_until, missing, packet_of
from fairlead.private.formal.telling import tell

WRITTEN_ELSEWHERE = frozenset({Requirement.HR, Requirement.REPLY})  # by taking it on, and by the engineer


def escalate(
    opened: OpenCase, *, packet_id: uuid.UUID, hr: Account, reasons: str, chosen: Iterable[str]
) -> Packet:
    """Record an escalation: the packet is sealed with a key of its own and the engineer is told in the same moment.

    The same id twice, and a second escalation while one is open, is the one there is. Raises Refused without a talk,
    reasons or a chosen piece; NotForYou for the wrong hand.
    """
    opened.must(CaseAct.ESCALATE)
    refuse_too_long(reasons)
    if opened.case.talk_ended_at is None:
        raise Refused("A formal path comes after a talk, never instead of one.")
    if not reasons.strip():
        raise Refused("Write your reasons. The engineer reads them in the same moment.", field="reasons")
    if not hr_partners(excluding=_accounts_of(opened)).filter(pk=hr.pk).exists():
        raise Refused("Choose somebody who works for HR and is neither of you two.", field="hr")
    wanted = frozenset(chosen)
    pieces = [one for one in choosable(opened) if one.key in wanted]
    if not pieces or len(pieces) != len(wanted):
        raise Refused("Choose at least one piece, from those on this page.", field="chosen")
    two, day = the_two(opened.case), today()
    with transaction.atomic():
        lock(opened)
        existing = packet_of(opened)
        if existing is not None:
            return existing
        marks = marks_of(opened.case)
        key, envelope = new_data_key()
        packet = Packet(
            pk=free_id(Packet, packet_id),
            case=opened.case,
            data_key=key.pk,
            manager=marks[Role.MANAGER],
            engineer=marks[Role.ENGINEER],
            hr=mark(hr.pk),
            escalated_at=clock.now(),
            expires_on=months_later(day, organisation().erase_unclosed_after_months),
        )
        content = packet_json(
            Content(
                id=str(packet.pk),
                incident=opened.case.incident.title if opened.case.incident else "an incident",
                manager=two.manager,
                engineer=two.engineer,
                hr=hr.name,
                made_on=day,
                expires_on=packet.expires_on,
                reasons=reasons.strip(),
                items=tuple(piece.item for piece in pieces),
            )
        )
        packet.sha256 = fingerprint(content)
        seal_into(envelope, packet, content=content)
        packet.save(force_insert=True)
        record(opened.actor, packet, "formal.escalated")
        record_in_case(opened, "case.escalated")
        tell(packet, packet.engineer, packet.hr, key="formal_escalated")
        _plan_the_end(packet, datetime.combine(packet.expires_on, time(0), UTC))
    return packet


def _accounts_of(opened: OpenCase) -> set[str]:
    marks = set(Grant.objects.filter(case=opened.case).values_list("mark", flat=True))
    return {str(pk) for pk in Account.objects.values_list("pk", flat=True) if mark(pk) in marks}


def _plan_the_end(packet: Packet, moment: datetime) -> None:
    put("packet_destroy", run_after=moment, packet=packet.pk)


def locked(opened: OpenPacket, act: Act) -> Packet:
    """Return the packet locked until the transaction ends, after asking again as it is now."""
    packet = Packet.objects.select_for_update().filter(pk=opened.packet.pk).first()
    if packet is None:
        raise NotForYou("This formal path is over, and its packet destroyed.")
    opened.packet.step = packet.step
    opened.must(act)
    return packet


def _step(packet: Packet, then: Step) -> None:
    if not may_follow(Step(packet.step), then):
        raise NotForYou("This formal path has gone on in the meantime. Open the page again.")
    packet.step = then


def hr_answer(opened: OpenPacket, *, takes_it_on: bool) -> None:
    """Take an escalation on, or not; then its packet is destroyed unread. The two are told. Raises NotForYou."""
    opened.must(Act.ANSWER)
    with transaction.atomic():
        packet = locked(opened, Act.ANSWER)
        if not takes_it_on:
            _over(opened, packet, Step.DECLINED)
            return
        _step(packet, Step.ACCEPTED)
        packet.accepted_at = clock.now()
        packet.save(update_fields=["step", "accepted_at"])
        opened.packet.step = packet.step
        _write(opened, Requirement.HR, on=today(), words="HR has taken it on.", entry_id=uuid.uuid4())
        record(opened.actor, packet, "formal.accepted")
        tell(packet, leads(packet), packet.engineer, key="formal_accepted")


def withdraw(opened: OpenPacket) -> None:
    """Withdraw an escalation: its packet is destroyed, and nobody keeps a trace of it but the trail.

    Raises Refused while the packet is on hold, NotForYou for the wrong hand.
    """
    opened.must(Act.WITHDRAW)
    with transaction.atomic():
        packet = locked(opened, Act.WITHDRAW)
        held = held_until(packet)
        if held is not None:
            raise Refused(
                f"HR keeps the packet for a legal matter until {held:%-d %B %Y} at most. Withdrawing would destroy it: "
                "it can be done once the hold has ended."
            )
        _over(opened, packet, Step.WITHDRAWN)


def _over(opened: OpenPacket, packet: Packet, step: Step) -> None:
    """End it in the caller's transaction; from here on it opens for nobody, and the worker destroys key and rows."""
    _step(packet, step)
    record(opened.actor, packet, f"formal.{step.value}")
    others = {leads(packet), packet.engineer, packet.hr} - {opened.actor.mark}
    tell(packet, *sorted(others), key="formal_ended")
    packet.case = None
    packet.save(update_fields=["step", "case"])
    _plan_the_end(packet, clock.now())


def note(opened: OpenPacket, *, entry_id: uuid.UUID, requirement: str, on: date, words: str) -> None:
    """Note that a requirement is there since a day, with what shows it; the others read it. The same id twice is one.

    Raises Refused for a day to come, without words, or for what somebody else writes; NotForYou for the wrong hand.
    """
    opened.must(Act.NOTE)
    wanted = {one.value: one for one in Requirement if one not in WRITTEN_ELSEWHERE}.get(requirement)
    if wanted is None:
        raise Refused("Choose one of the things on the list.", field="requirement")
    with transaction.atomic():
        packet = locked(opened, Act.NOTE)
        if _write(opened, wanted, on=on, words=words, entry_id=entry_id):
            record(opened.actor, packet, "formal.noted", requirement=wanted.value)
            others = {leads(packet), packet.engineer, packet.hr} - {opened.actor.mark}
            tell(packet, *sorted(others), key="formal_noted")


def reply(opened: OpenPacket, *, entry_id: uuid.UUID, words: str) -> None:
    """Write the engineer's reply, word for word; as often as they like. Raises Refused without words, NotForYou."""
    opened.must(Act.REPLY)
    with transaction.atomic():
        packet = locked(opened, Act.REPLY)
        if _write(opened, Requirement.REPLY, on=today(), words=words, entry_id=entry_id):
            record(opened.actor, packet, "formal.replied")
            tell(packet, leads(packet), packet.hr, key="formal_noted")


def _write(
    opened: OpenPacket, requirement: Requirement, *, on: date, words: str, entry_id: uuid.UUID
) -> bool:
    """Write an entry in the caller's transaction; returns whether it is new."""
    refuse_too_long(words)
    if not words.strip():
        raise Refused("Say in a sentence what shows it.", field="words")
    if on > today():
        raise Refused("This day has not come yet. Note it when it is there.", field="on")
    if Entry.objects.filter(pk=entry_id, packet=opened.packet).exists():
        return False
    entry = Entry(
        pk=free_id(Entry, entry_id),
        packet=opened.packet,
        requirement=requirement,
        on=on,
        part=opened.part,
        by=opened.actor.mark,
        at=clock.now(),
    )
    seal_into(opened.envelope, entry, words=words.strip())
    entry.save(force_insert=True)
    return True


def decide(opened: OpenPacket, *, on: date, words: str) -> None:
    """Record what was decided outside of Fairlead, once everything is there. All are told.

    Raises Refused naming everything that is missing, without words or for a day to come; NotForYou for the wrong hand.
    """
    opened.must(Act.DECIDE)
    refuse_too_long(words)
    if not words.strip():
        raise Refused("Write what was decided.", field="words")
    if on > today():
        raise Refused("This day has not come yet.", field="on")
    with transaction.atomic():
        packet = locked(opened, Act.DECIDE)
        lacking = missing(opened, decided_on=on)
        if lacking:
            raise Refused("Nothing final can be recorded yet. This is missing:", missing=lacking)
        _step(packet, Step.DECIDED)
        packet.decided_on = on
        seal_into(opened.envelope, packet, decision=words.strip())
        packet.save(update_fields=["step", "decided_on", "decision"])
        opened.packet.step = packet.step
        record(opened.actor, packet, "formal.decided")
        tell(packet, leads(packet), packet.engineer, key="formal_decided")
