"""An account as the deciding code sees it."""

import uuid

from fairlead.core.visibility import Actor
from fairlead.foundation.vault.marks import mark
from fairlead.people.models import Account, Membership


def actor_of(account: Account) -> Actor:
    """Return the frozen actor for a signed-in account, with its places as they are at this moment."""
    places = Membership.objects.filter(account=account, ended_at=None).values_list("team_id", "kind")
    return Actor(
        account=str(account.pk),
        mark=mark(account.pk),
        manages=frozenset(str(team) for team, kind in places if kind == Membership.Kind.MANAGER),
        belongs_to=frozenset(str(team) for team, _ in places),
        org_roles=frozenset(account.org_roles),
    )


def account_by_mark(wanted: str) -> Account | None:
    """Return the account behind a keyed hash, or None when it is gone.

    The private side keeps no account id, so every account is hashed and compared; an organisation has thousands of
    accounts at most, and hashing one takes about two microseconds.
    """
    for account_id in Account.objects.values_list("pk", flat=True):
        if mark(uuid.UUID(str(account_id))) == wanted:
            return Account.objects.get(pk=account_id)
    return None
