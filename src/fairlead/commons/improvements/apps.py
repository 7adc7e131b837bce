"""The app's place in Django."""

from django.apps import AppConfig


class ImprovementsConfig(AppConfig):
    """The systemic changes that answer the factors."""

    name = "fairlead.commons.improvements"
    label = "improvements"
