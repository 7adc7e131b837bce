"""The app's place in Django."""

from django.apps import AppConfig


class ImprovementsConfig(AppConfig):
    """The systemic changes that answer the factors."""

    name = "fairlead.commons.improvements"
    label = "improvements"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.commons.improvements import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
