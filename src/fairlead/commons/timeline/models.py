"""The entries of an incident's timeline, and how they read before. Nobody stands in these tables."""

import uuid

from django.db import models

from fairlead.commons.incidents.models import Incident

LONGEST_WORDS = 10_000


class Entry(models.Model):
    """One thing that happened, with its moment in UTC.

    An entry that was taken out stays as a row: what was sent once and arrives again must not bring it back, and
    somebody may want to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    place = models.PositiveIntegerField()  # the order in which they came, for entries of the same minute
    words = models.TextField(max_length=LONGEST_WORDS)
    edition = models.PositiveIntegerField(default=1)  # so that two editors notice each other
    taken_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "place", "id"]
        indexes = [models.Index(fields=["incident", "at", "place"], name="entries_in_order")]

    def __str__(self) -> str:
        return self.words[:80]


class EarlierEntry(models.Model):
    """How an entry read in an edition that was replaced.

    Without the moment of the change: the minute somebody sat at the keyboard can tell who it was.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="earlier")
    edition = models.PositiveIntegerField()
    at = models.DateTimeField()
    words = models.TextField(max_length=LONGEST_WORDS)

    class Meta:
        ordering = ["-edition"]
        constraints = [models.UniqueConstraint(fields=["entry", "edition"], name="one_entry_an_edition")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.edition}"
