"""The app's place in Django."""

from django.apps import AppConfig


class FormalConfig(AppConfig):
    """The formal path and its packet."""

    name = "fairlead.private.formal"
    label = "formal"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.private.formal import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
