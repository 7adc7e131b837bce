"""The outbox app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Background work."""

    name = "fairlead.foundation.outbox"
    label = "outbox"
