"""How the sign-in library is bent to this product: nobody opens an account by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an operator (`fairlead user add`), never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: there is no open sign-up."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing after signing in or out: the page itself shows it."""
