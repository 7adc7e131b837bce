"""The app's place in Django."""

from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """A manager practising. There is no model here, and there must never be one."""

    name = "fairlead.private.rehearsal"
    label = "rehearsal"
