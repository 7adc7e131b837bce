"""A kept look back, and misses on their way to the commons."""

import uuid

from django.db import models

from fairlead.foundation.vault.fields import SealedField
from fairlead.private.cases.models import Case


class Comparison(models.Model):
    """That a manager compared this talk with an earlier one, in words the engineer reads.

    Nothing of the earlier talk is copied: when it is erased, only the words about it are left, and they count no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="comparisons")
    earlier = models.CharField(max_length=64)  # keyed hash of the earlier case
    at = models.DateTimeField()
    words = SealedField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "earlier"], name="compared_once")]

    def __str__(self) -> str:
        return f"comparison {self.pk}"


class Owed(models.Model):
    """A miss that waits for the next batch. No key and no moment of a case; the row goes when it is filed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    test = models.CharField(max_length=24)  # which of the six
    source = models.CharField(
        max_length=64
    )  # keyed hash, to count from how many different cases the misses come

    def __str__(self) -> str:
        return self.test
