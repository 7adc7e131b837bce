"""The people every test plays with: two who talk, and everybody who must learn nothing of it."""

from dataclasses import dataclass

from django.core.cache import cache
from django.test import Client

from fairlead.core.visibility import Actor
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.people.services import account_add, organisation_set, team_join

PASSWORD = "a-long-test-password"


@dataclass(frozen=True)
class Cast:
    manager: Account
    engineer: Account
    teammate: Account
    other_manager: Account
    hr: Account
    director: Account
    operator: Account

    def actor(self, name: str) -> Actor:
        return actor_of(getattr(self, name))

    def client(self, name: str, **kwargs: object) -> Client:
        """Return a browser signed in as one of the cast, through the real sign-in page."""
        cache.clear()  # sign-ins are counted there, and a test may need more of them than a person in a minute
        client = Client(**kwargs)
        answer = client.post("/accounts/login/", {"login": getattr(self, name).email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()[:2000]
        return client


def cast_of_the_story() -> Cast:
    organisation_set(name="Test Harbour", currency="USD", zone="America/New_York")

    def add(name: str, team: str = "", *, manages: bool = False, roles: tuple[str, ...] = ()) -> Account:
        account = account_add(
            email=f"{name.split(maxsplit=1)[0].lower()}@harbour.example",
            name=name,
            password=PASSWORD,
            zone="America/New_York",
            handles=[f"{name.split(maxsplit=1)[0].lower()}{name.split()[1][0].lower()}"],
            org_roles=roles,
        )
        if team:
            team_join(team=team, account=account, manages=manages)
        return account

    return Cast(
        manager=add("Amara Diallo", "Network", manages=True),
        engineer=add("Jonas Lindqvist", "Network"),
        teammate=add("Priya Raman", "Network"),
        other_manager=add("Tomas Vidal", "Shop", manages=True),
        hr=add("Hana Okafor", roles=("hr",)),
        director=add("Lars Weidmann", roles=("director",)),
        operator=add("Mei Castellano", roles=("operator",)),
    )
