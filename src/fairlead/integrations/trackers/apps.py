"""The app's place in Django."""

from django.apps import AppConfig


class TrackersConfig(AppConfig):
    """The state of issues elsewhere."""

    name = "fairlead.integrations.trackers"
    label = "trackers"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.integrations.trackers import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
