"""Telling the three: a notice in the case for its two people, and neutral mail for HR or where the case is gone."""

from fairlead.foundation.outbox.queue import put
from fairlead.private.cases.notices import notify
from fairlead.private.formal.models import Packet


def tell(packet: Packet, *marks: str, key: str) -> None:
    """Tell some of the three, in the caller's transaction; what it is about stands in Fairlead alone."""
    for mark in filter(None, marks):  # nobody may lead the case for a while
        if packet.case is not None and mark != packet.hr:
            notify(packet.case, mark, key)
        else:
            put("formal_told", mark=mark)
