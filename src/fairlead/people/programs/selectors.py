"""Reading tokens: one's own for the settings page, and who stands behind one that was presented."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.people.actors import actor_of
from fairlead.people.programs.models import ApiToken
from fairlead.people.programs.tokens import digest_of


@dataclass(frozen=True, slots=True)
class Holder:
    """A program that showed a valid token: for whom it acts now, and what it may ask."""

    token: UUID
    actor: Actor
    scopes: frozenset[str]
    used_on: date | None


def own_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """Return one's own tokens that are not revoked, newest first."""
    return ApiToken.objects.filter(account=actor.account, revoked_at=None)


def own_token(actor: Actor, token_id: UUID) -> ApiToken | None:
    """Return one of one's own tokens, or None."""
    return own_tokens(actor).filter(pk=token_id).first()


def tokens_of_everybody() -> QuerySet[ApiToken]:
    """Return every token that is not revoked, for whoever runs the server; none of them can be used from here."""
    return (
        ApiToken.objects.filter(revoked_at=None).select_related("account").order_by("account__email", "name")
    )


def holder_of(token: str) -> Holder | None:
    """Return who stands behind a token at this moment, or None.

    Revoked, past its last day, or its owner gone: it is nothing then. Places and roles are read anew every time.
    """
    digest = digest_of(token)
    if digest is None:
        return None
    found = (
        ApiToken.objects.select_related("account")
        .filter(digest=digest, revoked_at=None, last_day__gte=clock.now().date(), account__is_active=True)
        .first()
    )
    if found is None:
        return None
    return Holder(found.pk, actor_of(found.account), frozenset(found.scopes), found.last_used_on)
