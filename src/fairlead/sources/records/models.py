"""Sources and who may read them. No account stands here, only keyed hashes; all words are sealed."""

import uuid

from django.db import models

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import ResponderRole
from fairlead.foundation.vault.fields import SealedField


class Source(models.Model):
    """One raw text or file of an incident, as it came, sealed with a key of its own."""

    class Kind(models.TextChoices):
        TEXT = "text", "What somebody wrote or pasted"
        LIVE = "live", "The live log"
        REVIEW = "review", "A written review"
        SLACK = "slack", "A Slack channel"
        PAGERDUTY = "pagerduty", "PagerDuty"
        ALERTMANAGER = "alertmanager", "Alertmanager or Grafana"
        CSV = "csv", "A row of a table"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # As with a talk: neither listing nor deleting an incident tells that it has a source.
    incident = models.ForeignKey(Incident, models.SET_NULL, null=True, related_name="+")
    data_key = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    digest = models.CharField(max_length=64)  # keyed, so that the same content is kept once
    kept_at = models.DateTimeField()
    erase_on = models.DateField()
    name = SealedField(null=True)  # what the file was called, which may name somebody
    content = SealedField()  # byte for byte

    class Meta:
        ordering = ["kept_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Responder(models.Model):
    """That somebody may read a source, and what they did during the incident."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="responders")
    mark = models.CharField(max_length=64, db_index=True)
    role = models.CharField(
        max_length=12,
        choices=[(r.value, r.value) for r in ResponderRole],
        default=ResponderRole.RESPONDER.value,
    )
    since = models.DateTimeField()

    class Meta:
        ordering = ["since", "id"]
        constraints = [models.UniqueConstraint(fields=["source", "mark"], name="once_a_responder")]

    def __str__(self) -> str:
        return f"{self.role} of {self.source_id}"


class RawEntry(models.Model):
    """A line of a source with its moment. Published, it stands in the timeline under the same id."""

    class State(models.TextChoices):
        WAITING = "waiting", "waits"
        PUBLISHED = "published", "published"
        LEFT_OUT = "left_out", "left out"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    words = SealedField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["source", "at"], name="raw_entries_in_order")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.state}"
