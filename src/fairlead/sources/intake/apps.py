"""The app's place in Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """From what people have to an incident with its source and its timeline."""

    name = "fairlead.sources.intake"
    label = "intake"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.sources.intake import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
