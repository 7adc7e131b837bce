"""The app's place in Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The record between two people: its key, its grants and the one door to it."""

    name = "fairlead.private.cases"
    label = "cases"
