"""The app's place in Django."""

from django.apps import AppConfig


class HandOverConfig(AppConfig):
    """A talk changes its manager, or one of its people goes."""

    name = "fairlead.private.handover"
    label = "handover"
