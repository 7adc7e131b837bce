"""The app's place in Django."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The raw texts and files of incidents."""

    name = "fairlead.sources.records"
    label = "records"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.sources.records import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
