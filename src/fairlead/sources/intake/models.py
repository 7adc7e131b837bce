"""Which incident came from where, so that the same thing brought twice makes one; and imports that somebody began."""

import uuid

from django.db import models

from fairlead.commons.incidents.models import Incident
from fairlead.foundation.vault.fields import SealedField
from fairlead.sources.records.models import Source


class Origin(models.Model):
    """That an incident was brought in from another tool. Only keyed hashes stand here, none of its words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)  # of the id it has where it comes from
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="+")
    # Field, and the keyed hash of the value written last: what still matches was edited by nobody.
    written = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"origin of {self.incident_id}"


class ImportRun(models.Model):
    """A file that somebody brings in on the page Import: looked over, then put on record in the background.

    It goes with its file, a draft of two days. How the file is read, and what came of it, are sealed with its key.
    """

    class State(models.TextChoices):
        LOOKED_OVER = "looked_over", "is looked over"
        GOING = "going", "is going in"
        DONE = "done", "is done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.OneToOneField(Source, models.CASCADE, related_name="+")
    format = models.CharField(max_length=12)
    mark = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.LOOKED_OVER)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    options = SealedField()
    report = SealedField(null=True)

    def __str__(self) -> str:
        return f"{self.format} {self.state}"
