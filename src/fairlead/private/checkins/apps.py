"""The app's place in Django."""

from django.apps import AppConfig


class CheckInsConfig(AppConfig):
    """The follow-up talks."""

    name = "fairlead.private.checkins"
    label = "checkins"
