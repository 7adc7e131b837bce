"""The app's place in Django."""

from django.apps import AppConfig


class ImpactConfig(AppConfig):
    """What an incident cost: a range with its assumptions."""

    name = "fairlead.commons.impact"
    label = "impact"
