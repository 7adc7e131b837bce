"""The app's place in Django."""

from django.apps import AppConfig


class PreparationConfig(AppConfig):
    """A manager getting ready. Nothing about another person is kept here."""

    name = "fairlead.private.preparation"
    label = "preparation"
