"""The app's place in Django."""

from django.apps import AppConfig


class ClosureConfig(AppConfig):
    """The spoken end."""

    name = "fairlead.private.closure"
    label = "closure"
