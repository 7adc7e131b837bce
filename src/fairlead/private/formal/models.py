"""A formal path with its packet. It has a key of its own and outlives the case until its own day."""

import uuid

from django.db import models

from fairlead.core.formal import Part, Requirement, Step
from fairlead.foundation.vault.fields import SealedField
from fairlead.private.cases.models import Case


class Packet(models.Model):
    """One escalation, and the chosen pieces that HR may read. The pieces never change once they are chosen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.SET_NULL, null=True, related_name="+")
    data_key = models.UUIDField()
    step = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in Step], default=Step.ESCALATED.value
    )
    manager = models.CharField(max_length=64, db_index=True)  # keyed hashes
    engineer = models.CharField(max_length=64, db_index=True)
    hr = models.CharField(max_length=64, db_index=True)
    escalated_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    content = SealedField()  # the packet's file, byte for byte
    decision = SealedField(null=True)

    class Meta:
        ordering = ["escalated_at", "id"]

    def __str__(self) -> str:
        return f"packet {self.pk}"


class Entry(models.Model):
    """That one requirement is there, since a day, in the words of whoever wrote it. Nothing is overwritten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    packet = models.ForeignKey(Packet, models.CASCADE, related_name="entries")
    requirement = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Requirement])
    on = models.DateField()
    part = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Part])
    by = models.CharField(
        max_length=64, blank=True
    )  # keyed hash: whoever held the part then keeps their name
    at = models.DateTimeField()
    words = SealedField()

    class Meta:
        ordering = ["on", "at", "id"]

    def __str__(self) -> str:
        return f"{self.requirement} on {self.on}"


class Hold(models.Model):
    """That a packet is kept past its day for a legal matter: since when, at most until when, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    packet = models.ForeignKey(Packet, models.CASCADE, related_name="holds")
    at = models.DateTimeField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = SealedField()
    ending = SealedField(null=True)  # why it was ended before its last day

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"hold until {self.until}"
