"""The story: a weekday afternoon, a routing change, sixty-five minutes."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from fairlead.commons.impact.models import RevenueProfile
from fairlead.commons.impact.services import impact_write
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_record
from fairlead.commons.proofs.services_waivers import waiver_ask, waiver_sign
from fairlead.core.impact_story import STORY_CURRENCY, STORY_ZONE, story_inputs, story_profile
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.people.services import account_add, organisation_set, team_join
from fairlead.site.demo.again import happen_again
from fairlead.site.demo.history import load_history
from fairlead.site.demo.ninety import day_of_the_talk, live_until

ORGANISATION = "Harbour & Pine"
PASSWORD = "fairlead-demo-1427"  # noqa: S105 - the demo listens on this machine only and says so
NETWORK, SHOP = "Network engineering", "Shop platform"

# name, e-mail, handle, what they are in the story, team, manages it, role in the organisation
CAST = (
    ("Amara Diallo", "amara@harbour.example", "amara.d", "manager", NETWORK, True, ()),
    ("Jonas Lindqvist", "jonas@harbour.example", "jlindqvist", "engineer", NETWORK, False, ()),
    ("Priya Raman", "priya@harbour.example", "praman", "senior on call, teammate", NETWORK, False, ()),
    (
        "Tomás Vidal",
        "tomas@harbour.example",
        "tvidal",
        "manager of another team, second rater",
        SHOP,
        True,
        (),
    ),
    ("Hana Okafor", "hana@harbour.example", "hokafor", "HR partner", "", False, ("hr",)),
    ("Lars Weidmann", "lars@harbour.example", "lweidmann", "director", "", False, ("director",)),
    ("Mei Castellano", "mei@harbour.example", "mei.c", "operator of this server", "", False, ("operator",)),
)


def last_thursday(today: date) -> date:
    """Return the Thursday before `today`: the day of the story."""
    return today - timedelta(days=(today.weekday() - 3) % 7 or 7)


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(STORY_ZONE)).astimezone(UTC)


def load_people() -> dict[str, Account]:
    """Make the organisation and the cast; returns the accounts by first name in small letters."""
    accounts = {}
    for name, email, handle, _, team, manages, roles in CAST:
        account = account_add(
            email=email, name=name, password=PASSWORD, zone=STORY_ZONE, handles=[handle], org_roles=roles
        )
        if team:
            team_join(team=team, account=account, manages=manages)
        accounts[email.partition("@")[0]] = account
    return accounts


def load_incident(actor: Actor, today: date, *, happened_on: date | None = None) -> Incident:
    """Put the outage of the story on record, with what it cost; on the Thursday before, if no day is said."""
    day = happened_on or last_thursday(today)
    incident = incident_record(
        actor,
        incident_id=uuid.uuid4(),
        values={
            "title": "Routing loop took the shop offline in all regions",
            "customer_saw": "The shop did not load, in every region. Carts were lost and payments failed.",
            "what_happened": (
                "A routing change was rolled out at 14:27. It had passed every check in the lab. Production has one "
                "edge case that the lab does not have: a second default route on the old border pair. With the change "
                "in place, traffic for the shop went in a circle between two core routers.\n\n"
                "Monitoring saw the loss of traffic at 14:31. The on-call person began to look at 14:33, and the "
                "manager was told at 14:47. Undoing the change took until 15:32, because access to one router ran "
                "over the path that was looping."
            ),
            "services": "Shop, checkout, customer login",
            "regions": "all",
            "severity": "sev1",
            "zone": STORY_ZONE,
            "started_at": _at(day, 14, 27),
            "detected_at": _at(day, 14, 31),
            "reported_at": _at(day, 14, 33),
            "mitigated_at": _at(day, 15, 32),
            "resolved_at": _at(day, 15, 32),
            "detected_by": "monitoring",
            "trigger": "change",
            "mechanism": "untried_in_production",
            "kind": "incident",
        },
    )
    profile = RevenueProfile.objects.create(
        name="Online shop, an ordinary week", zone=STORY_ZONE, rates=list(story_profile().rates)
    )
    inputs = story_inputs(day)
    impact_write(
        actor,
        incident=incident,
        values={
            "profile": profile,
            **_columns("share", inputs.share),
            **_columns("recovered", inputs.recovered),
            **_columns("contacts", inputs.support_contacts),
            "cost_per_contact": inputs.cost_per_contact,
            **_columns("hours", inputs.staff_hours),
            "cost_per_hour": inputs.cost_per_staff_hour,
            "support": "heavy",
            "teams": "noticeable",
            "reputation": "noticeable",
            "reputation_words": "Customers asked in public whether the shop had closed for good. No press.",
            "assumptions": "\n".join(inputs.assumptions),
        },
    )
    return incident


def _columns(name: str, known: object) -> dict[str, Decimal | None]:
    if known is None:
        return {}
    return {
        f"{name}_{end}": Decimal(getattr(known, end).numerator) / Decimal(getattr(known, end).denominator)
        for end in ("low", "likely", "high")
    }


def load_near_miss(actor: Actor, today: date) -> Incident:
    """Put an early flag of the weeks before on record, so that the list is not a list of one."""
    day = last_thursday(today) - timedelta(days=16)
    return incident_record(
        actor,
        incident_id=uuid.uuid4(),
        values={
            "title": "Certificate renewal noticed a day before it would have failed",
            "customer_saw": "Nothing: it was seen in time.",
            "what_happened": "A colleague noticed that the renewal job had been off since the move to the new host.",
            "services": "Checkout",
            "severity": "sev4",
            "zone": STORY_ZONE,
            "started_at": _at(day, 10, 5),
            "detected_at": _at(day, 10, 5),
            "resolved_at": _at(day, 11, 20),
            "detected_by": "colleague",
            "trigger": "dependency",
            "mechanism": "handover_lost",
            "kind": "near_miss",
        },
    )


def load_waiver(accounts: dict[str, Account], today: date) -> None:
    """Let one improvement of the past be waived by two: what it was to see cannot be replayed."""
    waived = Improvement.objects.get(words="An alert on refused connections")
    waiver = waiver_ask(
        actor_of(accounts["priya"]),
        waiver_id=uuid.uuid4(),
        improvement=waived,
        code="no-replay",
        words="The old hardware is gone, so its limits cannot be run into again. The alert is tried in every exercise.",
        until=today + timedelta(days=120),
    )
    waiver_sign(actor_of(accounts["tomas"]), waiver_id=waiver.pk, signer="Site reliability")


def load_story(stage: str = "") -> None:
    """Load everything: the organisation last, so that a load that was cut off is noticed.

    With a stage of the ninety days the outage lies as far back, and the two have lived until this morning.
    """
    today = clock.now().astimezone(ZoneInfo(STORY_ZONE)).date()
    day = day_of_the_talk(today, stage) if stage else last_thursday(today)
    accounts = load_people()
    actor = actor_of(accounts["priya"])
    organisation_set(name=ORGANISATION, currency=STORY_CURRENCY, zone=STORY_ZONE)
    load_history(actor, day)
    load_waiver(accounts, today)
    load_near_miss(actor, day)
    if not stage:
        load_incident(actor, today)
        return
    with clock.fixed(_at(day, 15, 40)):
        incident = load_incident(actor, today, happened_on=day)
    live_until(accounts, incident, today, stage)
    if stage == "recurrence":
        happen_again(accounts, incident, today)


def who_to_sign_in_as() -> str:
    """Return how to sign in as each of the cast."""
    width = max(len(email) for _, email, *_ in CAST)
    lines = [f"  {email:<{width}}  {name}, {part}" for name, email, _, part, *_ in CAST]
    return "\n".join(["Sign in as any of these; the password is " + PASSWORD, *lines])
