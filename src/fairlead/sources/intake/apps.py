"""The app's place in Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """From what people have to an incident with its source and its timeline."""

    name = "fairlead.sources.intake"
    label = "intake"
