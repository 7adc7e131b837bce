"""The app's place in Django."""

from django.apps import AppConfig


class HarmlessConfig(AppConfig):
    """What looks like somebody, and is a product, a team, a machine or a role of many."""

    name = "fairlead.commons.harmless"
    label = "harmless"
