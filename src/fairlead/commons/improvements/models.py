"""Improvements: the systemic changes that answer factors. Owners are roles or teams."""

import uuid

from django.db import models

from fairlead.commons.factors.models import Factor
from fairlead.commons.incidents.models import Incident


class Improvement(models.Model):
    """One change to the system, with its strength after the VA NCPS action hierarchy."""

    class Strength(models.TextChoices):
        STRONGER = "stronger", "Stronger"
        INTERMEDIATE = "intermediate", "Intermediate"
        WEAKER = "weaker", "Weaker"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="improvements")
    factors = models.ManyToManyField(Factor, related_name="improvements", blank=True)
    words = models.TextField()
    strength = models.CharField(max_length=12, choices=Strength.choices)
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    tracker_link = models.URLField(blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.words[:80]


class DecisionDay(models.Model):
    """The day on which an improvement above weaker will be decided, when none is known yet."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="decision_day")
    owner = models.CharField(max_length=120)
    due_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.incident_id} on {self.due_on}"
