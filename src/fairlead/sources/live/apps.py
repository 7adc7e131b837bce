"""The app's place in Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The live log of an outage."""

    name = "fairlead.sources.live"
    label = "live"
