"""The app's place in Django."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """The message to the team while two people still read it."""

    name = "fairlead.private.messages"
    label = "drafts"
