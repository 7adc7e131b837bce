"""What the team was told. Nobody stands in it, not even who sent it."""

import uuid

from django.db import models

from fairlead.commons.incidents.models import Incident


class TeamMessage(models.Model):
    """A message to the team, as it was released."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="team_messages")
    words = models.TextField()
    released_on = models.DateField()  # a day only: the minute would tell whose talk had just ended

    class Meta:
        ordering = ["released_on", "id"]

    def __str__(self) -> str:
        return f"message on {self.released_on}"
