"""Promises both ways. What is promised is sealed; who owes it, its state and its day are in the clear."""

import uuid

from django.db import models

from fairlead.core.ledger import Side, State
from fairlead.core.visibility import Role
from fairlead.foundation.vault.fields import SealedField
from fairlead.private.cases.models import Case


class Promise(models.Model):
    """One promise. A declined one stays until its author withdraws it or puts another in its place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="promises")
    owed_by = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Side])
    written_by = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Side])
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in State], default=State.PROPOSED
    )
    due_on = models.DateField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    words = SealedField()
    cadence = SealedField(null=True)  # "before every change", in words, when there is no day
    evidence = SealedField(null=True)

    class Meta:
        ordering = ["proposed_at", "id"]

    def __str__(self) -> str:
        return f"promise {self.pk}"


class PromiseReply(models.Model):
    """An answer beside a promise and how it was marked. Nothing that stands there changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="replies")
    role = models.CharField(
        max_length=12, choices=[(r.value, r.value) for r in (Role.MANAGER, Role.ENGINEER)]
    )
    at = models.DateTimeField()
    words = SealedField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"reply of {self.role}"
