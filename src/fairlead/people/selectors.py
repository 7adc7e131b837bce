"""Reading accounts, teams and the organisation."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from fairlead.core.deidentify.roster import Person
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.people.models import Account, Membership, Organisation, OrgRole, Team


def organisation() -> Organisation:
    """Return the organisation of this server; raises `Organisation.DoesNotExist` before `fairlead init`."""
    return Organisation.objects.get(pk=1)


def today() -> date:
    """Return the day it is where the organisation is; what is due on a day is due on that clock."""
    return clock.now().astimezone(ZoneInfo(organisation().zone)).date()


def people_managed_by(actor: Actor) -> QuerySet[Account]:
    """Return the active members of the teams this actor manages, without the actor, by name."""
    return (
        Account.objects.filter(
            is_active=True,
            memberships__team__in=actor.manages,
            memberships__kind=Membership.Kind.MEMBER,
            memberships__ended_at=None,
        )
        .exclude(pk=actor.account)
        .order_by("name")
        .distinct()
    )


def _managers_of(actor: Actor) -> QuerySet[Account]:
    return Account.objects.filter(
        is_active=True,
        memberships__team__in=actor.belongs_to,
        memberships__kind=Membership.Kind.MANAGER,
        memberships__ended_at=None,
    ).exclude(pk=actor.account)


def managers_of(actor: Actor) -> list[Account]:
    """Return the active managers of the teams this actor is in, without the actor, by name."""
    return list(_managers_of(actor).order_by("name").distinct())


def has_a_manager(actor: Actor) -> bool:
    """Tell whether somebody else manages a team this actor is in."""
    return _managers_of(actor).exists()


def possible_second_raters(*, excluding: Iterable[str]) -> QuerySet[Account]:
    """Return active managers other than the people named by account id, by name.

    Nobody who works for HR or leads the organisation: the private side opens to HR by an escalation alone.
    """
    return (
        Account.objects.filter(
            is_active=True, memberships__kind=Membership.Kind.MANAGER, memberships__ended_at=None
        )
        .exclude(org_roles__icontains=OrgRole.HR.value)
        .exclude(org_roles__icontains=OrgRole.DIRECTOR.value)
        .exclude(pk__in=list(excluding))
        .order_by("name")
        .distinct()
    )


def hr_partners(*, excluding: Iterable[str]) -> QuerySet[Account]:
    """Return the active people who work for HR, without those named by account id, by name."""
    return (
        Account.objects.filter(is_active=True, org_roles__icontains=OrgRole.HR.value)
        .exclude(pk__in=list(excluding))
        .order_by("name")
    )


def roster() -> tuple[Person, ...]:
    """Return everybody the commons must not name: name, e-mail and handles of each account."""
    return tuple(
        Person(name=name, email=email, handles=tuple(handles))
        for name, email, handles in Account.objects.values_list("name", "email", "handles")
    )


def holders_of_roles() -> dict[str, int]:
    """Return how many active people hold each role that the accounts tell of, in small letters."""
    active = Account.objects.filter(is_active=True)
    leading = active.filter(memberships__kind=Membership.Kind.MANAGER, memberships__ended_at=None)
    managers = leading.distinct().count()
    held = Counter(role for roles in active.values_list("org_roles", flat=True) for role in roles)
    return {
        "engineering manager": managers,
        "line manager": managers,
        "hr partner": held[OrgRole.HR.value],
        "director": held[OrgRole.DIRECTOR.value],
    }


def account_by_email(email: str) -> Account:
    """Return the account with this e-mail, whatever its letter case. Raises Refused when there is none."""
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        raise Refused(
            f"Nobody here has the e-mail {email}. `fairlead user list` shows everybody.", field="email"
        )
    return account


def everybody() -> list[tuple[str, str, str, str]]:
    """Return e-mail, name, zone, and places and roles of every account, by e-mail."""
    return [
        (
            account.email,
            account.name,
            account.zone,
            ", ".join(
                [f"{m.kind} of {m.team.name}" for m in account.memberships.all() if m.ended_at is None]
                + account.org_roles
            ),
        )
        for account in Account.objects.order_by("email").prefetch_related("memberships__team")
    ]


@dataclass(frozen=True, slots=True)
class RespondingTeam:
    """A team whose members read what machines report: its id, and the ids of the accounts."""

    pk: uuid.UUID
    members: tuple[uuid.UUID, ...]


def team_that_responds(name: str) -> RespondingTeam | None:
    """Return the team with this name; without a name the only team there is. None when it cannot be told."""
    teams = list(Team.objects.filter(name=name) if name else Team.objects.all()[:2])
    if len(teams) != 1:
        return None
    members = Account.objects.filter(
        is_active=True, memberships__team=teams[0], memberships__ended_at=None
    ).distinct()
    return RespondingTeam(teams[0].pk, tuple(members.values_list("pk", flat=True)))


def team_names() -> dict[str, str]:
    """Return the name of each team by its id."""
    return {str(key): name for key, name in Team.objects.values_list("pk", "name")}


def members_by_team() -> dict[str, list[uuid.UUID]]:
    """Return the active people of each team by its id, managers and members."""
    found: dict[str, list[uuid.UUID]] = {}
    places = Membership.objects.filter(ended_at=None, account__is_active=True)
    for team, account in places.values_list("team_id", "account_id"):
        found.setdefault(str(team), []).append(account)
    return found
