"""The app's place in Django."""

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    """What happened when, entry by entry."""

    name = "fairlead.commons.timeline"
    label = "timeline"
