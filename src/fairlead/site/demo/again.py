"""It happens again, a hundred days after the first talk: the two have just talked, and nobody has looked back yet."""

import uuid
from datetime import date, timedelta

from django.db import transaction

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_record
from fairlead.core.impact_story import STORY_ZONE
from fairlead.core.recurrence import FEWEST
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.private.cases.models import Notice
from fairlead.private.cases.services import case_open, talk_end
from fairlead.private.recurrence.filing import file_what_waits
from fairlead.private.recurrence.models import Owed
from fairlead.private.talk.services import notice_read
from fairlead.site.demo.ninety import Story, at

_ACCOUNT = (
    "I compared the change with the routes of production, as we had agreed. The new pair announces a route only once "
    "it carries traffic, and the lab still has one route less, so the comparison could not show it. I took it back "
    "after twelve minutes."
)
_FACTS = "The comparison was done and stands in the change. The lab still lacks the second route."
_OWED_ELSEWHERE = (
    "support_delivered",
    "support_delivered",
    "improvements_completed",
    "clear_talk",
    "commitments",
)


def happen_again(accounts: dict[str, Account], first: Incident, today: date) -> None:
    """Let it come again yesterday, in the same way, and let the two talk about it."""
    amara, jonas, priya = (accounts[name] for name in ("amara", "jonas", "priya"))
    day = today - timedelta(days=1)
    began = at(day, 11, 20)
    values = {
        "title": "Shop slow for twelve minutes after a routing change",
        "customer_saw": "Pages took half a minute.",
        "what_happened": "A route that the lab does not have drew the traffic into a circle again. It was taken back.",
        "services": "Shop",
        "severity": "sev3",
        "zone": STORY_ZONE,
        "started_at": began,
        "detected_at": began + timedelta(minutes=2),
        "resolved_at": began + timedelta(minutes=12),
        "detected_by": "maker",
        "trigger": "change",
        "mechanism": first.mechanism,
        "kind": "incident",
    }
    with clock.fixed(at(day, 12)):
        incident = incident_record(actor_of(priya), incident_id=uuid.uuid4(), values=values)
    story = Story(amara, jonas, incident, uuid.uuid4())
    with clock.fixed(at(day, 15)):
        case_open(actor_of(amara), case_id=story.case, engineer=jonas, incident=incident)
    with clock.fixed(at(day, 15, 30)):
        talk_end(story.opened(amara, Act.LEAD_TALK))
        notice_read(actor_of(jonas), Notice.objects.get(case=story.case, key="case_opened"))
        story.write(jonas, Act.WRITE_ACCOUNT, "account", _ACCOUNT)
        story.write(amara, Act.WRITE_NOTES, "facts", _FACTS)
    _owe_elsewhere(today)


def _owe_elsewhere(today: date) -> None:
    """File what other talks of this organisation left open, so that the page of the debts shows something."""
    assert len(_OWED_ELSEWHERE) >= FEWEST  # noqa: S101 - fewer would wait
    monday = today - timedelta(days=today.weekday() + 14)
    with clock.fixed(at(monday, 3)), transaction.atomic():
        Owed.objects.bulk_create([Owed(test=name, source=uuid.uuid4().hex * 2) for name in _OWED_ELSEWHERE])
        file_what_waits()
