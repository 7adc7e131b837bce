"""Making, revoking and using tokens."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault.marks import mark
from fairlead.people.models import Account
from fairlead.people.programs.models import ApiToken, GivenAnswer, Scope
from fairlead.people.programs.tokens import digest_of, new_token, prefix_of

MOST_DAYS = 366
_MOST_TOKENS = 50


def _record(action: str, token: ApiToken, by: str) -> None:
    append(actor=by, action=action, subject_type="token", subject=token.pk, outcome="done")
    put("people_changed", what=action, subject=token.pk)


def token_make(
    *,
    account: Account,
    token_id: UUID,
    name: str,
    scopes: Iterable[str],
    days: int,
    by_operator: bool = False,
) -> tuple[ApiToken, str]:
    """Make a token for an account; returns it with its text, which is nowhere kept, or an empty text the second time.

    Raises Refused for a name that is empty, scopes there are not, a life of more than a year, or too many tokens.
    """
    wanted = sorted(set(scopes))
    if not name.strip():
        raise Refused("Say what the program is, so that you know the token again.", field="name")
    if not wanted or not set(wanted) <= set(Scope.values):
        raise Refused(f"Choose at least one of: {', '.join(Scope.values)}.", field="scopes")
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"A token lives for 1 to {MOST_DAYS} days.", field="days")
    text, today = new_token(), clock.now().date()
    with transaction.atomic():
        if ApiToken.objects.filter(account=account, revoked_at=None).count() >= _MOST_TOKENS:
            raise Refused(f"There are {_MOST_TOKENS} tokens already. Revoke those that nothing uses.")
        token, made = ApiToken.objects.get_or_create(
            pk=token_id,
            defaults={
                "account": account,
                "name": name.strip(),
                "digest": digest_of(text),
                "prefix": prefix_of(text),
                "scopes": wanted,
                "made_on": today,
                "last_day": today + timedelta(days=days),
            },
        )
        if made:
            _record("token.made", token, SYSTEM if by_operator else mark(account.pk))
    return token, text if made else ""


def token_revoke(*, token: ApiToken, by_operator: bool = False) -> None:
    """Revoke a token: it is worth nothing from this moment on. Doing it again changes nothing."""
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
            _record("token.revoked", token, SYSTEM if by_operator else mark(token.account_id))


def token_used(token_id: UUID) -> None:
    """Note that a token was used today."""
    today = clock.now().date()
    ApiToken.objects.filter(pk=token_id).update(last_used_on=today)


def forget_answers() -> int:
    """Delete answers whose day is over; returns how many went."""
    deleted, _ = GivenAnswer.objects.filter(kept_until__lt=clock.now()).delete()
    return deleted
