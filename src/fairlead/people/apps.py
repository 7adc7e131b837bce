"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, teams, roles and signing in."""

    name = "fairlead.people"
    label = "people"
