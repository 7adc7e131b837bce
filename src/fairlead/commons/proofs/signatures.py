"""By what a waiver knows its two people: a keyed hash made for that waiver alone, which leads to nobody elsewhere."""

import uuid

from fairlead.core.visibility import Actor
from fairlead.foundation.vault.marks import keyed_hash


def signature_of(actor: Actor, waiver_id: uuid.UUID) -> str:
    """Return what stands in a waiver for somebody: the same for one person, and another one in every waiver."""
    return keyed_hash("waiver", waiver_id.bytes + actor.account.encode())
