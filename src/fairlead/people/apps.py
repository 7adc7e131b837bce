"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, teams, roles and signing in."""

    name = "fairlead.people"
    label = "people"

    def ready(self) -> None:
        """Put sign-ins on record."""
        from fairlead.people.sign_in import put_on_record  # noqa: PLC0415 - models are loaded by now

        put_on_record()
