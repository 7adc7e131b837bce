"""Which incident came from where, so that the same thing brought twice makes one incident."""

import uuid

from django.db import models

from fairlead.commons.incidents.models import Incident


class Origin(models.Model):
    """That an incident was brought in from another tool. Only keyed hashes stand here, none of its words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)  # of the id it has where it comes from
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="+")
    # Field, and the keyed hash of the value written last: what still matches was edited by nobody.
    written = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"origin of {self.incident_id}"
