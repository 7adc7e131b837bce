"""The app's place in Django."""

from django.apps import AppConfig


class WalksConfig(AppConfig):
    """What kind of mistake it was: the walk, its reasons, the second rater."""

    name = "fairlead.private.walks"
    label = "walks"
