"""The app's place in Django."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Programs that work for somebody."""

    name = "fairlead.people.programs"
    label = "programs"
