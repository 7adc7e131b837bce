"""The app's place in Django."""

from django.apps import AppConfig


class DebtsConfig(AppConfig):
    """What the organisation owes: filed in batches, without a day, a person or a way back."""

    name = "fairlead.commons.debts"
    label = "debts"
