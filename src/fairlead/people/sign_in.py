"""How the sign-in library is bent to this product: no open sign-up, sealed secrets, every sign-in on record."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.http import HttpRequest

from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.vault.marks import mark
from fairlead.foundation.vault.secrets import open_secret, seal_secret
from fairlead.people.models import Account


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an operator (`fairlead user add`), never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: there is no open sign-up."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing after signing in or out: the page itself shows it."""


class SealedMFAAdapter(DefaultMFAAdapter):
    """The seeds of authenticators are sealed with the key file."""

    def encrypt(self, text: str) -> str:
        """Return a secret sealed."""
        return seal_secret(text, purpose="authenticator")

    def decrypt(self, encrypted_text: str) -> str:
        """Return a sealed secret opened."""
        return open_secret(encrypted_text, purpose="authenticator")


def _on_record(action: str, account: Account | None, outcome: str) -> None:
    subject = account.pk if account else "unknown"
    actor = mark(account.pk) if account else SYSTEM
    with transaction.atomic():
        append(actor=actor, action=action, subject_type="account", subject=subject, outcome=outcome)


def _signed_in(sender: object, user: Account, **_: object) -> None:
    _on_record("sign_in.done", user, "granted")


def _refused(sender: object, **_: object) -> None:
    _on_record("sign_in.refused", None, "refused")  # what was typed as a name may be somebody's password


def _password_changed(sender: object, user: Account, **_: object) -> None:
    _on_record("password.changed", user, "done")


def _factor_added(sender: object, user: Account, **_: object) -> None:
    _on_record("second_factor.added", user, "done")


def _factor_removed(sender: object, user: Account, **_: object) -> None:
    _on_record("second_factor.removed", user, "done")


def put_on_record() -> None:
    """Write every sign-in, refusal and change of a password or second factor into the audit trail."""
    user_logged_in.connect(_signed_in, dispatch_uid="fairlead.signed_in")
    user_login_failed.connect(_refused, dispatch_uid="fairlead.refused")
    password_changed.connect(_password_changed, dispatch_uid="fairlead.password_changed")
    authenticator_added.connect(_factor_added, dispatch_uid="fairlead.factor_added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="fairlead.factor_removed")
