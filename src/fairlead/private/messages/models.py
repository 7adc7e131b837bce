"""That a message was released from here. Its draft is a text of the conversation; the message itself is commons."""

import uuid

from django.db import models

from fairlead.private.cases.models import Case


class Release(models.Model):
    """The id under which the message went to the commons. Only the case knows that it came from here."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="release")
    message = models.UUIDField(default=uuid.uuid4)
    released_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"release of {self.case_id}"
