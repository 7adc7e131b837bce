"""That a manager got ready. No person but the manager, as a keyed hash, and nothing they thought or wrote."""

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
