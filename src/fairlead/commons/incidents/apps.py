"""The app's place in Django."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """What happened to the service, with its times."""

    name = "fairlead.commons.incidents"
    label = "incidents"
