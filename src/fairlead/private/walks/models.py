"""The walk that decides the type. Answers, evidence, type and reasons are all sealed."""

import uuid

from django.db import models

from fairlead.foundation.vault.fields import SealedField
from fairlead.private.cases.models import Case


class Walk(models.Model):
    """One walk about one action. New facts make a new one; the earlier ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="walks")
    decided_at = models.DateTimeField()
    content = SealedField()  # JSON: action, answers, evidence, suggestion, decision, reasons

    class Meta:
        ordering = ["decided_at", "id"]

    def __str__(self) -> str:
        return f"walk {self.pk}"


class SecondRating(models.Model):
    """A second, independent rater's own walk about the same action."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    walk = models.ForeignKey(Walk, models.CASCADE, related_name="second_ratings")
    mark = models.CharField(max_length=64)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    content = SealedField(null=True)

    def __str__(self) -> str:
        return f"second rating {self.pk}"
