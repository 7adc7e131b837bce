"""Incidents: what happened to the service. Nobody stands in these tables, not even who wrote them."""

import uuid

from django.db import models
from django.db.models import F, Q


class Incident(models.Model):
    """Something that happened, or nearly happened, to the service. Times are UTC; `zone` is where they were read."""

    class Kind(models.TextChoices):
        INCIDENT = "incident", "Incident"
        NEAR_MISS = "near_miss", "Near miss"

    class Severity(models.TextChoices):
        SEV1 = "sev1", "SEV1, everything or nearly everything stood still"
        SEV2 = "sev2", "SEV2, many customers could not do an important thing"
        SEV3 = "sev3", "SEV3, some customers were hindered"
        SEV4 = "sev4", "SEV4, hardly noticeable"

    class DetectedBy(models.TextChoices):
        MONITORING = "monitoring", "Monitoring"
        CUSTOMER = "customer", "A customer"
        MAKER = "maker", "The person who made the change"
        COLLEAGUE = "colleague", "A colleague"
        UNKNOWN = "unknown", "Not known yet"

    class Trigger(models.TextChoices):
        CHANGE = "change", "A change"
        LOAD = "load", "Load"
        DEPENDENCY = "dependency", "A dependency"
        HARDWARE = "hardware", "Hardware"
        SECURITY = "security", "Security"
        UNKNOWN = "unknown", "Not known yet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.INCIDENT)
    title = models.CharField(max_length=200)
    customer_saw = models.TextField(blank=True)
    what_happened = models.TextField(blank=True)
    services = models.CharField(max_length=500, blank=True)
    regions = models.CharField(max_length=500, blank=True)
    severity = models.CharField(max_length=4, choices=Severity.choices, blank=True)
    zone = models.CharField(max_length=64)
    started_at = models.DateTimeField(null=True, blank=True)
    detected_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    mitigated_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    detected_by = models.CharField(max_length=10, choices=DetectedBy.choices, default=DetectedBy.UNKNOWN)
    trigger = models.CharField(max_length=10, choices=Trigger.choices, default=Trigger.UNKNOWN)
    mechanism = models.CharField(max_length=64, blank=True)  # a key of the playbook
    mechanism_words = models.CharField(max_length=300, blank=True)
    edition = models.PositiveIntegerField(default=1)  # so that two editors notice each other

    class Meta:
        ordering = [F("started_at").desc(nulls_last=True), "id"]
        indexes = [
            models.Index(fields=["-started_at", "id"], name="newest_first"),
            models.Index(fields=["mechanism", "-started_at"], name="newest_of_a_mechanism"),
            models.Index(fields=["severity", "-started_at"], name="newest_of_a_severity"),
            models.Index(fields=["kind", "-started_at"], name="newest_of_a_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(started_at=None) | Q(resolved_at__gte=F("started_at")),
                name="resolved_after_started",
            )
        ]

    def __str__(self) -> str:
        return self.title


class IncidentService(models.Model):
    """One service of an incident in small letters, so that a list of one service is found at once."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    started_at = models.DateTimeField(
        null=True
    )  # the incident's, so that the newest of a service are found at once

    class Meta:
        indexes = [models.Index(fields=["name", "-started_at"], name="newest_of_a_service")]
        constraints = [models.UniqueConstraint(fields=["name", "incident"], name="each_service_once")]

    def __str__(self) -> str:
        return self.name
