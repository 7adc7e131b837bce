"""The mirror: a manager's own acts, for their eyes alone, worked out when they look and kept nowhere."""

from datetime import UTC, datetime, timedelta

import pytest

from fairlead.commons.incidents.models import Incident
from fairlead.commons.messages.models import TeamMessage
from fairlead.core.mirror import Act, Kind
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.people.models import Membership
from fairlead.private.cases.models import Case
from fairlead.private.checkins.models import CheckIn
from fairlead.private.mirror.selectors import acts_of
from fairlead.private.preparation.models import Preparation
from tests.private.closing import Closing
from tests.private.ninety import after, on

pytestmark = pytest.mark.django_db


def kinds(cast, who: str = "manager", *, at: datetime | None = None) -> set[Kind]:
    with clock.fixed(at or on(after(120))):
        return {act.kind for act in acts_of(cast.actor(who))}


def test_it_shows_what_was_kept_and_said_and_when(cast):
    closing = Closing(cast)
    closing.say()
    with clock.fixed(on(after(120))):
        acts = acts_of(cast.actor("manager"))
    assert Act(Kind.CLOSURE_SPOKEN, closing.day) in acts
    assert Kind.NEVER_CLOSED not in kinds(cast, at=on(closing.day))


def test_a_matter_that_nobody_closed_shows_until_it_is(cast):
    closing = Closing(cast)
    agreed = Case.objects.get(pk=closing.case).agreed_at
    assert Kind.NEVER_CLOSED in kinds(cast, at=agreed + timedelta(days=92))
    closing.sealed()
    assert Kind.NEVER_CLOSED not in kinds(cast, at=agreed + timedelta(days=92))


def test_a_promise_of_ones_own_is_overdue_from_the_day_after_and_an_engineers_never_shows(cast):
    closing = Closing(cast, left_out=("own_promise", "engineer_promise"))
    owed, theirs = closing.promise_of("manager"), closing.promise_of("engineer")
    for promise in (owed, theirs):
        promise.due_on = after(10)
        promise.save()
    assert Kind.PROMISE_OVERDUE not in kinds(cast, at=on(after(10)))
    with clock.fixed(on(after(11))):
        overdue = [act for act in acts_of(cast.actor("manager")) if act.kind is Kind.PROMISE_OVERDUE]
    assert overdue == [Act(Kind.PROMISE_OVERDUE, after(10))]


def test_a_missed_check_in_and_a_talk_held_late_show(cast):
    closing = Closing(cast, left_out=("check_ins",))
    CheckIn.objects.filter(pk=closing.next().pk).update(state="missed")
    case = Case.objects.select_related("incident").get(pk=closing.case)
    Incident.objects.filter(pk=case.incident_id).update(resolved_at=case.talk_ended_at - timedelta(hours=2))
    assert {Kind.CHECK_IN_MISSED} <= kinds(cast)
    assert Kind.TALK_LATE not in kinds(cast)
    Incident.objects.filter(pk=case.incident_id).update(resolved_at=case.talk_ended_at - timedelta(days=9))
    assert Kind.TALK_LATE in kinds(cast)


def test_a_preparation_without_a_talk_shows_after_three_working_days(cast):
    incident = Incident.objects.create(
        title="Loop", kind="incident", severity=2, zone="UTC", started_at=datetime(2026, 8, 18, tzinfo=UTC)
    )
    monday = datetime(2026, 8, 24, 9, tzinfo=UTC)
    Preparation.objects.create(mark=cast.actor("manager").mark, incident=incident, prepared_at=monday)
    assert kinds(cast, at=monday + timedelta(days=3)) == {Kind.PREPARED}
    assert kinds(cast, at=monday + timedelta(days=4)) == {Kind.PREPARED, Kind.TALK_NEVER}


def test_blame_that_went_out_to_the_team_shows(cast):
    closing = Closing(cast)
    incident = Case.objects.get(pk=closing.case).incident
    TeamMessage.objects.create(incident=incident, words="We found the missing route.", released_on=after(2))
    assert Kind.WORDS_SENT_ANYWAY not in kinds(cast)
    TeamMessage.objects.create(
        incident=incident, words="The operator failed to check the route.", released_on=after(3)
    )
    assert Kind.WORDS_SENT_ANYWAY in kinds(cast)


@pytest.mark.parametrize("who", ["engineer", "teammate", "hr", "director", "operator", "other_manager"])
def test_nobody_else_sees_any_of_it(cast, who):
    closing = Closing(cast)
    closing.say()
    Preparation.objects.create(
        mark=cast.actor("manager").mark, incident=closing.incident, prepared_at=on(after(-3))
    )
    assert Kind.PREPARED in kinds(cast)
    assert kinds(cast, who) == set()


def test_another_managers_mirror_is_their_own(cast):
    closing = Closing(cast)
    closing.say()
    with closing.at_the_end(on(after(81))):
        pages = {
            who: closing.client(who).get("/mirror/").content.decode() for who in ("manager", "other_manager")
        }
    assert "You said aloud that it was over." in pages["manager"]
    assert "You said aloud that it was over." not in pages["other_manager"]
    assert pages["other_manager"].count("Nothing was seen.") == 3


def test_what_somebody_led_before_shows_to_them_no_more(cast):
    Closing(cast).say()
    assert kinds(cast)
    Membership.objects.filter(account=cast.manager, kind="manager").update(ended_at=on(after(90)))
    assert kinds(cast) == set()


def test_looking_leaves_nothing_behind(cast):
    closing = Closing(cast)
    closing.say()
    with closing.at_the_end(on(after(81))):
        browser = closing.client("manager")
        before = (AuditEntry.objects.count(), OutboxRow.objects.count())
        page = browser.get("/mirror/")
    assert "You said aloud that it was over." in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert (AuditEntry.objects.count(), OutboxRow.objects.count()) == before


def test_who_leads_nobody_finds_no_mirror(cast):
    assert cast.client("engineer").get("/mirror/").status_code == 404
