"""The rows of the outbox."""

import uuid

from django.db import models


class OutboxRow(models.Model):
    """One piece of work: what kind, about which ids, when, and how it went. It never holds words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    run_after = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    idempotency_key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 -- many rows have none

    class Meta:
        indexes = [
            models.Index(
                fields=["run_after"],
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
                name="outbox_waiting",
            ),
            models.Index(fields=["done_at"], condition=models.Q(done_at__isnull=False), name="outbox_done"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def idempotency(self) -> str:
        """The same text at every attempt of this work, for a receiver outside to recognise a repetition."""
        return self.idempotency_key or str(self.id)
