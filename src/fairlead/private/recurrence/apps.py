"""The app's place in Django."""

from django.apps import AppConfig


class RecurrenceConfig(AppConfig):
    """When it happens again: the look back, and the misses that become the organisation's debts."""

    name = "fairlead.private.recurrence"
    label = "recurrence"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.private.recurrence import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
