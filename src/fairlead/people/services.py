"""Making the organisation, teams and accounts."""

import uuid
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from fairlead.core.localtime import LocalTimeError, known_zone
from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.outbox.queue import put
from fairlead.people.models import Account, Membership, Organisation, OrgRole, Reminders, Team


def _record(action: str, subject_type: str, subject: object) -> None:
    append(actor=SYSTEM, action=action, subject_type=subject_type, subject=str(subject), outcome="done")
    put("people_changed", what=action, subject=str(subject))


def refuse_zone(zone: str) -> None:
    """Raise Refused for a name that is not a time zone."""
    try:
        known_zone(zone)
    except LocalTimeError:
        raise Refused(
            f"{zone} is not a time zone. Use a name such as Europe/Berlin or America/New_York.", field="zone"
        ) from None


def organisation_set(*, name: str, currency: str, zone: str) -> Organisation:
    """Make the one organisation of this server, or change it. Raises Refused for a wrong currency or zone."""
    refuse_zone(zone)
    if not (len(currency) == 3 and currency.isalpha() and currency.isascii()):  # noqa: PLR2004 - ISO 4217
        raise Refused(
            f"{currency} is not a currency. Use its three letters, such as USD or EUR.", field="currency"
        )
    with transaction.atomic():
        org, _ = Organisation.objects.update_or_create(
            pk=1, defaults={"name": name, "currency": currency.upper(), "zone": zone}
        )
        _record("organisation.set", "organisation", org.pk)
    return org


def help_words_set(words: str) -> None:
    """Keep where professional help is, in the organisation's words; empty words leave it to the playbook."""
    with transaction.atomic():
        Organisation.objects.filter(pk=1).update(help_words=words.strip())
        _record("organisation.help_words_set", "organisation", 1)


def retention_set(*, months: int | None = None, source_days: int | None = None) -> None:
    """Keep how long closed talks and sources last, each where it is given; what is there already keeps its day.

    Raises Refused outside 1 to 12 months and 1 to 365 days.
    """
    if months is not None and not 1 <= months <= 12:  # noqa: PLR2004 - the bounds are in the sentence below
        raise Refused("A closed talk is kept for 1 to 12 months.", field="months")
    if source_days is not None and not 1 <= source_days <= 365:  # noqa: PLR2004 - likewise
        raise Refused("A source is kept for 1 to 365 days.", field="source_days")
    given = {"erase_after_months": months, "erase_source_after_days": source_days}
    with transaction.atomic():
        Organisation.objects.filter(pk=1).update(
            **{name: value for name, value in given.items() if value is not None}
        )
        _record("organisation.retention_set", "organisation", 1)


def account_add(
    *,
    email: str,
    name: str,
    password: str | None,
    zone: str = "UTC",
    handles: Iterable[str] = (),
    org_roles: Iterable[str] = (),
) -> Account:
    """Make an account. Without a password it can only be signed in to after one is set.

    Raises Refused for a wrong e-mail, zone or role, or an e-mail that is taken.
    """
    refuse_zone(zone)
    roles = list(org_roles)
    unknown = set(roles) - set(OrgRole.values)
    if unknown:
        raise Refused(
            f"{', '.join(sorted(unknown))} is not a role. There are: {', '.join(OrgRole.values)}.",
            field="org_roles",
        )
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"{email} is not an e-mail address.", field="email") from None
    if Account.objects.filter(email__iexact=email).exists():
        raise Refused(f"There is an account with {email} already.", field="email")
    with transaction.atomic():
        account = Account.objects.create(
            email=email.lower(),
            name=name,
            zone=zone,
            handles=list(handles),
            org_roles=roles,
            password=make_password(password),
        )
        _record("account.added", "account", account.pk)
    return account


def password_set(*, account: Account, password: str) -> None:
    """Give an account a new password."""
    with transaction.atomic():
        account.password = make_password(password)
        account.save(update_fields=["password"])
        _record("account.password_set", "account", account.pk)


def team_join(*, team: str, account: Account, manages: bool = False) -> Membership:
    """Put somebody into a team, which is made if it is not there; a current place in it is changed."""
    kind = Membership.Kind.MANAGER if manages else Membership.Kind.MEMBER
    with transaction.atomic():
        found, _ = Team.objects.get_or_create(name=team, defaults={"id": uuid.uuid4()})
        place, _ = Membership.objects.update_or_create(
            team=found, account=account, ended_at=None, defaults={"kind": kind}
        )
        _record("team.joined", "account", account.pk)
    return place


def team_leave(*, team: str, account: Account) -> None:
    """Take somebody out of a team. Raises Refused for somebody who is not in it."""
    with transaction.atomic():
        place = Membership.objects.filter(team__name=team, account=account, ended_at=None).first()
        if place is None:
            raise Refused(f"{account.email} is not in {team}. Nothing was changed.", field="team")
        place.ended_at = clock.now()
        place.save(update_fields=["ended_at"])
        _record("team.left", "account", account.pk)


def account_remove(account: Account) -> None:
    """End an account: nobody signs in with it, and its places, roles, tokens and calendar end in the same moment.

    Its name stays, so that the commons goes on naming nobody and what somebody wrote keeps its author. Doing it again
    changes nothing.
    """
    with transaction.atomic():
        account.is_active, account.org_roles = False, []
        account.password = make_password(None)
        account.save(update_fields=["is_active", "org_roles", "password"])
        Membership.objects.filter(account=account, ended_at=None).update(ended_at=clock.now())
        Reminders.objects.filter(account=account).delete()
        _record("account.removed", "account", account.pk)


def account_return(account: Account) -> None:
    """Let somebody in again whose account was removed; places, roles and a password are given anew."""
    with transaction.atomic():
        account.is_active = True
        account.save(update_fields=["is_active"])
        _record("account.returned", "account", account.pk)
