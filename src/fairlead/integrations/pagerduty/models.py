"""Which deliveries have come, so that one sent again does nothing."""

from django.db import models


class Delivery(models.Model):
    """That an event has been delivered: the keyed hash of its id. Kept while a delivery of it could still be taken."""

    digest = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest[:8]
