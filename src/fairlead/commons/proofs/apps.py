"""The app's place in Django."""

from django.apps import AppConfig


class ProofsConfig(AppConfig):
    """What shows that an improvement is done."""

    name = "fairlead.commons.proofs"
    label = "proofs"
