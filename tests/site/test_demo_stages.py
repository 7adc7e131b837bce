"""The demo shows day 1, day 21 and day 90: lived through the services, so that everything fits together."""

from datetime import date, timedelta

import pytest

from fairlead.commons.debts.models import Debt
from fairlead.commons.incidents.models import Incident
from fairlead.core.cadence import day_in
from fairlead.core.impact_story import STORY_ZONE
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.audit.verify import verify
from fairlead.foundation.outbox.queue import standing
from fairlead.foundation.vault.models import ErasureLedger
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.private.cases.door import open_case
from fairlead.private.cases.models import Case
from fairlead.private.cases.selectors import own_grants
from fairlead.private.checkins.models import CheckIn, Signal
from fairlead.private.promises.models import Promise
from fairlead.private.recurrence.models import Owed
from fairlead.private.recurrence.selectors import look_back
from fairlead.site.demo.ninety import STAGES, day_of_the_talk
from fairlead.site.demo.story import load_story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("today", [date(2026, 11, 23) + timedelta(days=n) for n in range(7)])
def test_the_talk_was_on_a_working_day_before_today_whatever_day_it_is(stage, today):
    day = day_of_the_talk(today, stage)
    assert day < today
    assert day.weekday() < 5
    assert 0 <= (today - day).days - max(1, STAGES[stage] - 1) <= 2


def test_on_day_1_the_talk_is_agreed_and_the_first_check_in_is_to_come():
    load_story("day-1")
    case = Case.objects.get()
    assert case.state == "agreed"
    assert CheckIn.objects.filter(case=case).exclude(state="planned").count() == 0
    assert CheckIn.objects.filter(case=case).count() > 6


@pytest.mark.parametrize("stage", ["day-21", pytest.param("day-90", marks=pytest.mark.slow)])
def test_the_weeks_were_lived_one_missed_and_caught_up_one_seen_and_answered_promises_kept(stage):
    load_story(stage)
    today = day_in(STORY_ZONE, clock.now())
    rows = list(CheckIn.objects.all())
    assert [row for row in rows if row.state == "planned" and row.day < today] == []
    assert sum(row.state == "missed" for row in rows) == 1
    assert sum(row.state == "held" for row in rows) >= (3 if stage == "day-21" else 8)
    assert {signal.key for signal in Signal.objects.all()} >= {"paralysis", "early_word"}
    assert Signal.objects.get(key="paralysis").replies.count() == 1
    assert {p.owed_by for p in Promise.objects.filter(state="met")} >= {"engineer", "manager"}
    assert verify().ok
    assert standing().dead == 0
    for name in ("amara", "jonas"):
        [grant] = own_grants(actor_of(Account.objects.get(email=f"{name}@harbour.example")))
        assert grant.case_id == Case.objects.get().pk


@pytest.mark.slow
def test_it_has_happened_again_and_what_was_promised_is_not_all_there():
    load_story("recurrence")
    amara = actor_of(Account.objects.get(email="amara@harbour.example"))
    newest = max(own_grants(amara), key=lambda grant: grant.case.opened_at)
    [found] = look_back(open_case(amara, newest.case_id, Act.READ))
    assert "improvements_completed" in {test.name for test in found.missed}
    assert {test.name for test in found.tests} - {test.name for test in found.missed} >= {
        "clear_talk",
        "commitments",
    }
    assert sum(debt.times for debt in Debt.objects.all()) == 5
    assert Owed.objects.count() == 0
    assert verify().ok
    assert standing().dead == 0


@pytest.mark.slow
def test_in_the_end_it_was_closed_by_both_and_erased_on_its_day_and_the_incident_stays():
    load_story("erased")
    assert not Case.objects.exists()
    assert ErasureLedger.objects.get().stage == "finished"
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"closure.said", "closure.answered", "case.sealed", "case.erased"} <= actions
    assert Incident.objects.filter(title__startswith="Routing loop").exists()
    assert verify().ok
    assert standing().dead == 0
