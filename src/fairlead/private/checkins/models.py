"""Check-ins: the follow-up talks. Only their moment is kept for now."""

import uuid

from django.db import models

from fairlead.private.cases.models import Case


class CheckIn(models.Model):
    """One follow-up talk that was fixed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="checkins")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"check-in {self.at}"
