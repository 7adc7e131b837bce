"""The app's place in Django."""

from django.apps import AppConfig


class CheckInsConfig(AppConfig):
    """The follow-up talks."""

    name = "fairlead.private.checkins"
    label = "checkins"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.private.checkins import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
