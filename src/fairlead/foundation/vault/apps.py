"""The vault app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Data keys, the check of the key file, and the ledger of erasures."""

    name = "fairlead.foundation.vault"
    label = "vault"
