"""The app's place in Django."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Reminding the two that something waits: neutral words, outside quiet hours, once a day at most."""

    name = "fairlead.private.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.private.reminders import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
