"""The app's place in Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """What can be found, and how."""

    name = "fairlead.foundation.search"
    label = "search"
