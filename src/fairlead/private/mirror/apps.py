"""The app's place in Django."""

from django.apps import AppConfig


class MirrorConfig(AppConfig):
    """A manager looking at their own acts. There is no model here, and there must never be one."""

    name = "fairlead.private.mirror"
    label = "mirror"
