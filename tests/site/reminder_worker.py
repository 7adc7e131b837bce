"""A worker in a process of its own, to be killed: round 0 makes what there is to do, every later one does it."""

import os
import sys
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fairlead.foundation.vault.keys import create_key_file

data = Path(os.environ["FAIRLEAD_DATA"])
if not (data / "keys.json").exists():
    create_key_file(data / "keys.json")

from fairlead.site.server import bring_up_to_date, set_up  # noqa: E402 - the key file comes first

set_up()

from fairlead.commons.factors.services import factor_name  # noqa: E402
from fairlead.commons.improvements.services import improvement_plan  # noqa: E402
from fairlead.commons.incidents.services import incident_record  # noqa: E402
from fairlead.foundation import clock  # noqa: E402
from fairlead.foundation.outbox.models import OutboxRow  # noqa: E402
from fairlead.foundation.outbox.worker import work_once  # noqa: E402
from fairlead.people.actors import actor_of  # noqa: E402
from fairlead.people.services import account_add, organisation_set, team_join  # noqa: E402


def prepare():
    bring_up_to_date()
    organisation_set(name="Pier", currency="EUR", zone="UTC")
    for name in "abc":
        account = account_add(email=f"{name}@pier.example", name=f"{name.upper()} Person", password=None)
        team_join(team="Network", account=account)
    actor = actor_of(account)
    incident = incident_record(actor, incident_id=uuid.uuid4(), values={"title": "A loop", "zone": "UTC"})
    factor = factor_name(actor, factor_id=uuid.uuid4(), incident=incident, question="A1", leaf="lab_differs")
    improvement_plan(
        actor,
        improvement_id=uuid.uuid4(),
        incident=incident,
        words="A second route",
        strength="stronger",
        owner="Network team",
        due_on=clock.now().date() - timedelta(days=30),
        factors=[factor],
    )
    OutboxRow.objects.filter(kind="improvements_morning").update(run_after=clock.now())


def work():
    while work_once(50):
        pass


# Each round a quarter of an hour later, so that the lease of a killed worker has run out.
at = datetime(2026, 11, 25, 12, tzinfo=UTC) + int(sys.argv[1]) * timedelta(minutes=15)
with clock.fixed(at):
    work() if int(sys.argv[1]) else prepare()
