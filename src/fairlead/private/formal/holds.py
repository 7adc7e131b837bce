"""Keeping a packet past its day for a legal matter, and ending that. All three read the reason in the same moment."""

import uuid
from datetime import UTC, date, datetime, time

from django.db import transaction

from fairlead.core.formal import Act, kept_until, missing_for_hold
from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault.fields import seal_into
from fairlead.people.selectors import today
from fairlead.private.cases.ids import free_id
from fairlead.private.conversations.services import refuse_too_long
from fairlead.private.formal.door import OpenPacket, leads, record
from fairlead.private.formal.models import Hold, Packet
from fairlead.private.formal.selectors import current_hold, held_until
from fairlead.private.formal.services import locked
from fairlead.private.formal.telling import tell


def hold(opened: OpenPacket, *, hold_id: uuid.UUID, until: date, reason: str) -> Hold:
    """Put a packet on hold until a day at most; one that was there ends with it. The same id twice is one.

    Raises Refused naming what is missing, NotForYou for the wrong hand.
    """
    opened.must(Act.HOLD)
    refuse_too_long(reason)
    with transaction.atomic():
        packet = locked(opened, Act.HOLD)
        existing = Hold.objects.filter(pk=hold_id, packet=packet).first()
        if existing is not None:
            return existing
        missing = missing_for_hold(reason, until, today=today())
        if missing:
            raise Refused(missing[0].words, field=missing[0].code)
        now = clock.now()
        Hold.objects.filter(packet=packet, ended_at=None).update(ended_at=now)
        made = Hold(pk=free_id(Hold, hold_id), packet=packet, at=now, until=until)
        seal_into(opened.envelope, made, reason=reason.strip())
        made.save(force_insert=True)
        record(opened.actor, packet, "formal.held", until=f"{until}")
        tell(packet, leads(packet), packet.engineer, key="formal_held")
        _plan_the_end(packet)
    return made


def hold_end(opened: OpenPacket, *, words: str) -> None:
    """End the hold before its last day, and say why; a packet whose own day has passed is then destroyed.

    Ending it again changes nothing. Raises Refused without words, NotForYou for the wrong hand.
    """
    opened.must(Act.HOLD)
    refuse_too_long(words)
    if not words.strip():
        raise Refused("Say in a sentence why it ends.", field="words")
    with transaction.atomic():
        packet = locked(opened, Act.HOLD)
        row = current_hold(packet)
        if row is None:
            return
        row.ended_at = clock.now()
        seal_into(opened.envelope, row, ending=words.strip())
        row.save(update_fields=["ended_at", "ending"])
        record(opened.actor, packet, "formal.hold_ended")
        tell(packet, leads(packet), packet.engineer, key="formal_hold_ended")
        _plan_the_end(packet)


def _plan_the_end(packet: Packet) -> None:
    """Plan the destruction for the day that now counts; an earlier plan finds that it is not time yet."""
    day = kept_until(packet.expires_on, held_until(packet))
    put("packet_destroy", run_after=datetime.combine(day, time(0), UTC), packet=packet.pk)
