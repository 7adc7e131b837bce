"""The one door to a packet: it finds the part somebody has, writes the audit row, and only then unwraps the key.

It never opens the case: HR has no way there, and a packet goes on where the case is erased.
"""

import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from fairlead.core.formal import Act, Part, Step, decide_formal
from fairlead.core.visibility import Actor, Role
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append, append_now
from fairlead.foundation.vault.envelope import DataKeyGone, Envelope, unwrap
from fairlead.foundation.vault.marks import mark
from fairlead.people.models import OrgRole
from fairlead.people.selectors import people_managed_by
from fairlead.private.cases.door import NotForYou
from fairlead.private.cases.models import Grant
from fairlead.private.formal.models import Packet


@dataclass(frozen=True, slots=True)
class OpenPacket:
    """A packet that was opened for one act: the person, their part, and the envelope that reads its texts."""

    packet: Packet
    actor: Actor
    part: Part
    envelope: Envelope

    def may(self, act: Act) -> bool:
        """Tell whether the person may do this act now."""
        return decide_formal(self.part, Step(self.packet.step), act).allowed

    def must(self, act: Act) -> None:
        """Raise NotForYou unless the person may do this act now; services ask again, whatever the page did."""
        decision = decide_formal(self.part, Step(self.packet.step), act)
        if not decision.allowed:
            raise NotForYou(f"This cannot be done here: {decision.reason}.")


def leads(packet: Packet) -> str:
    """Return the mark of the manager's part now: of whoever leads the case; empty while nobody does.

    When the case is erased it stays with whoever escalated.
    """
    if packet.case_id is None:
        return packet.manager
    now = clock.now()
    held = Grant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), case=packet.case_id, role=Role.MANAGER)
    grant = held.filter(starts_at__lte=now).first()
    return grant.mark if grant else ""


def part_of(actor: Actor, packet: Packet) -> Part | None:
    """Return the part somebody has in a packet now, or None.

    The manager's part belongs to whoever leads the case now, and holds while they manage the engineer; HR's holds
    while they work for HR.
    """
    if packet.engineer == actor.mark:
        return Part.ENGINEER
    if packet.hr == actor.mark:
        return Part.HR if OrgRole.HR.value in actor.org_roles else None
    if leads(packet) != actor.mark:
        return None
    managed = people_managed_by(actor).values_list("pk", flat=True)
    return Part.MANAGER if any(mark(account_id) == packet.engineer for account_id in managed) else None


def open_packet(actor: Actor, packet_id: uuid.UUID, act: Act) -> OpenPacket:
    """Open a packet for one act.

    Raises Http404 for somebody without a part in it, whether or not it exists, and once it is destroyed; NotForYou
    when the act is somebody else's or for another time. Every answer is in the trail before this returns.
    """
    packet = Packet.objects.select_related("case").filter(pk=packet_id).first()
    part = part_of(actor, packet) if packet else None
    step = Step(packet.step) if packet else Step.ESCALATED
    is_there = decide_formal(part, step, Act.READ).allowed
    decision = decide_formal(part if is_there else None, step, act)
    append_now(
        actor=actor.mark,
        action=f"formal.{act.value}",
        subject_type="packet",
        subject=packet_id,
        outcome="granted" if decision.allowed else "refused",
        reason=decision.reason,
    )
    if packet is None or part is None or not is_there:
        raise Http404
    if not decision.allowed:
        raise NotForYou(f"This cannot be done here: {decision.reason}.")
    try:
        envelope = unwrap(packet.data_key)
    except DataKeyGone:
        raise Http404 from None
    return OpenPacket(packet, actor, part, envelope)


def record(actor: Actor, packet: Packet, action: str, **detail: object) -> None:
    """Write the audit row of a change to a packet, in the change's own transaction."""
    append(
        actor=actor.mark,
        action=action,
        subject_type="packet",
        subject=packet.pk,
        outcome="done",
        detail=detail,
    )
