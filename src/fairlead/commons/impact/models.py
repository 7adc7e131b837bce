"""What is known about the cost of an incident. Only the inputs are kept; the range is computed when looked at."""

from django.core.validators import MaxValueValidator
from django.db import models

from fairlead.commons.incidents.models import Incident
from fairlead.core.impact_scale import Step


class RevenueProfile(models.Model):
    """Revenue for each hour of a week, in minor units an hour: 168 numbers, Monday 00:00 first, on a zone's clock."""

    name = models.CharField(max_length=120, unique=True)
    zone = models.CharField(max_length=64)
    rates = models.JSONField()

    def __str__(self) -> str:
        return self.name


STEPS = [(step.value, step.value.capitalize()) for step in Step]


def _share() -> models.DecimalField:
    return models.DecimalField(
        max_digits=6, decimal_places=5, null=True, blank=True, validators=[MaxValueValidator(1)]
    )


def _count() -> models.DecimalField:
    return models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)


def _money() -> models.BigIntegerField:
    return models.BigIntegerField(null=True, blank=True)


class ImpactInputs(models.Model):
    """The inputs of one incident's impact. Empty means that nobody has said; money is in minor units."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="impact_inputs")
    profile = models.ForeignKey(RevenueProfile, models.SET_NULL, null=True, blank=True, related_name="+")
    rate_per_hour = _money()
    stated_low, stated_likely, stated_high = _money(), _money(), _money()
    share_low, share_likely, share_high = _share(), _share(), _share()
    recovered_low, recovered_likely, recovered_high = _share(), _share(), _share()
    contacts_low, contacts_likely, contacts_high = _count(), _count(), _count()
    cost_per_contact = _money()
    credits_low, credits_likely, credits_high = _money(), _money(), _money()
    hours_low, hours_likely, hours_high = _count(), _count(), _count()
    cost_per_hour = _money()
    support = models.CharField(max_length=10, choices=STEPS, blank=True)
    teams = models.CharField(max_length=10, choices=STEPS, blank=True)
    reputation = models.CharField(max_length=10, choices=STEPS, blank=True)
    reputation_words = models.TextField(blank=True)
    assumptions = models.TextField(blank=True)  # one a line

    def __str__(self) -> str:
        return f"impact of {self.incident_id}"
