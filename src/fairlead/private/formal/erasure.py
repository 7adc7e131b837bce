"""Destroying a packet: by its key, on its own day, or when the escalation is withdrawn or not taken on."""

from uuid import UUID

from fairlead.core.formal import Step, kept_until
from fairlead.foundation import clock
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.vault import erasure
from fairlead.private.formal.models import Hold, Packet

OVER = frozenset({Step.WITHDRAWN, Step.DECLINED})


def packet_destroy_if_due(packet_id: UUID) -> bool:
    """Destroy a packet that is over or whose day has come; returns whether it is gone. Safe to repeat."""
    packet = Packet.objects.filter(pk=packet_id).first()
    if packet is None:
        return True
    if packet.step not in OVER:
        today = clock.now().date()
        hold = Hold.objects.filter(packet=packet, ended_at=None).last()
        if kept_until(packet.expires_on, hold.until if hold else None) > today:
            return False
    _destroy(packet)
    return True


def packet_destroy_again(packet_id: UUID) -> None:
    """Destroy a packet that a restored backup has brought back; nothing if the ledger knows of no erasure."""
    packet = Packet.objects.filter(pk=packet_id).first()
    if packet is not None and erasure.is_erased(packet_id):
        _destroy(packet)


def _destroy(packet: Packet) -> None:
    packet_id = packet.pk
    with erasure.erasing(packet_id, packet.data_key):
        packet.delete()
        append(
            actor=SYSTEM, action="packet.destroyed", subject_type="packet", subject=packet_id, outcome="done"
        )
