"""The app's place in Django."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """What was said: notes, the engineer's own account, remarks, readings."""

    name = "fairlead.private.conversations"
    label = "conversations"
