"""The app's place in Django."""

from django.apps import AppConfig


class FactorsConfig(AppConfig):
    """The conditions that made an incident possible, asked question by question."""

    name = "fairlead.commons.factors"
    label = "factors"
