"""The app's place in Django."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """What the team was told, naming nobody."""

    name = "fairlead.commons.messages"
    label = "messages_to_teams"
