"""The app's place in Django."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """Promises both ways."""

    name = "fairlead.private.promises"
    label = "promises"
