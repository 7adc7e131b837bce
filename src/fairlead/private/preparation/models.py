"""Before any talk: that a manager got ready, or that somebody asked for the talk themselves.

Neither keeps a word that anybody thought or wrote, and no person but those who acted for themselves and whom they
asked, as keyed hashes.
"""

import uuid

from django.db import models

from fairlead.commons.incidents.models import Incident


class Preparation(models.Model):
    """That somebody prepared for a talk about an incident, and when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mark = models.CharField(max_length=64, db_index=True)
    incident = models.ForeignKey(Incident, models.SET_NULL, null=True, related_name="+")
    prepared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "incident"], name="prepared_once")]

    def __str__(self) -> str:
        return f"prepared at {self.prepared_at}"


class TalkRequest(models.Model):
    """That somebody asked their manager for a talk about an incident. Only these two ever see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.CharField(max_length=64, db_index=True)
    asked_of = models.CharField(max_length=64, db_index=True)
    incident = models.ForeignKey(Incident, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "asked_of", "incident"], name="asked_once")
        ]

    def __str__(self) -> str:
        return f"asked at {self.asked_at}"
