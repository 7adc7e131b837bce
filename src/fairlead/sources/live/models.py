"""What a line of a live log has beside its raw entry: who wrote it, when it arrived, its order, how it read before."""

import uuid

from django.db import models

from fairlead.foundation.vault.fields import SealedField
from fairlead.sources.records.models import RawEntry, Source


class Line(models.Model):
    """One line. Its moment is the writer's, dated back or not; `received_at` is the server's."""

    entry = models.OneToOneField(RawEntry, models.CASCADE, primary_key=True, related_name="line")
    source = models.ForeignKey(Source, models.CASCADE, related_name="lines")
    number = (
        models.PositiveIntegerField()
    )  # counts the writes of a log: whoever has seen a number asks for later ones
    mark = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="one_line_a_number")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.number}"


class EarlierLine(models.Model):
    """How a line read before it was corrected, and who corrected it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(Line, models.CASCADE, related_name="earlier")
    edition = models.PositiveIntegerField()
    at = models.DateTimeField()
    mark = models.CharField(max_length=64)
    replaced_at = models.DateTimeField()
    words = SealedField()

    class Meta:
        ordering = ["-edition"]
        constraints = [models.UniqueConstraint(fields=["line", "edition"], name="one_line_an_edition")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.edition}"
