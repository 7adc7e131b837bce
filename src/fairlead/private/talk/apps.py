"""The app's place in Django."""

from django.apps import AppConfig


class TalkConfig(AppConfig):
    """Our talk as one page: the spine, the ledger, and agreeing."""

    name = "fairlead.private.talk"
    label = "talk"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.private.talk import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
