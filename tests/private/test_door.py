"""The one door: the grant, then the audit row on disk, and only then the key."""

import uuid
from datetime import timedelta

import pytest
from django.http import Http404

from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.vault.envelope import destroy
from fairlead.foundation.vault.marks import mark
from fairlead.people.models import Membership
from fairlead.people.services import team_join
from fairlead.private.cases import door, keys
from fairlead.private.cases.door import NotForYou, lock, open_case
from fairlead.private.cases.models import Case, Grant
from fairlead.private.walks.selectors import current_walk
from fairlead.private.walks.services import rater_invite
from tests.private.talks import Talk
from tests.rules.world import WALK

pytestmark = pytest.mark.django_db


def last_entry() -> AuditEntry:
    return AuditEntry.objects.order_by("-sequence").first()


@pytest.fixture
def talk(cast):
    return Talk(cast)


def test_without_an_audit_row_there_is_no_key(talk, monkeypatch):
    unwrapped = []

    def full(**_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(door, "append_now", full)
    monkeypatch.setattr(keys, "unwrap", unwrapped.append)
    with pytest.raises(OSError, match="no space left"):
        talk.opened("manager", Act.READ)
    assert unwrapped == []


def test_the_audit_row_is_there_before_the_key_is_unwrapped(talk, monkeypatch):
    entries = AuditEntry.objects.count()
    seen = []

    def watching(data_key):
        seen.append(AuditEntry.objects.count() - entries)
        return real(data_key)

    real = keys.unwrap
    monkeypatch.setattr(keys, "unwrap", watching)
    talk.opened("engineer", Act.READ)
    assert seen == [1]


@pytest.mark.parametrize("who", ["teammate", "other_manager", "hr", "director", "operator"])
def test_a_refusal_is_on_record_too_and_no_key_is_unwrapped(talk, who, monkeypatch):
    monkeypatch.setattr(keys, "unwrap", lambda _: pytest.fail("a key was unwrapped"))
    with pytest.raises(Http404):
        talk.opened(who, Act.READ)
    entry = last_entry()
    assert (entry.action, entry.outcome, entry.reason) == ("case.read", "refused", "no valid grant")
    assert entry.actor == mark(getattr(talk.cast, who).pk)


def test_a_case_that_is_not_there_leaves_the_same_trace_as_one_that_is_not_ones_own(cast, talk):
    traces = []
    for case in (talk.case, uuid.uuid4()):
        with pytest.raises(Http404):
            open_case(cast.actor("teammate"), case, Act.READ)
        entry = last_entry()
        traces.append((entry.actor, entry.action, entry.subject_type, entry.outcome, entry.reason))
    assert traces[0] == traces[1]


def test_a_wrong_act_of_one_of_the_two_is_refused_with_its_reason_and_on_record(talk):
    with pytest.raises(NotForYou, match="this is for the manager"):
        talk.opened("engineer", Act.WALK)
    assert (last_entry().outcome, last_entry().reason) == ("refused", "this is for the manager")


@pytest.mark.parametrize(("starts", "ends"), [(-2, -1), (1, 2)], ids=["over", "not yet"])
def test_a_grant_counts_only_in_its_time(talk, starts, ends):
    now, hour = clock.now(), timedelta(hours=1)
    Grant.objects.filter(case=talk.case, role="manager").update(
        starts_at=now + starts * hour, ends_at=now + ends * hour
    )
    with pytest.raises(Http404):
        talk.opened("manager", Act.READ)


def test_a_manager_who_no_longer_manages_the_engineer_finds_nothing(talk):
    team_join(team="Shop", account=talk.cast.engineer)
    Membership.objects.filter(account=talk.cast.engineer, team__name="Network").update(ended_at=clock.now())
    with pytest.raises(Http404):
        talk.opened("manager", Act.READ)
    assert talk.opened("engineer", Act.READ)


def test_a_second_rater_who_went_to_hr_finds_nothing(talk):
    talk.told().walked(WALK, 4)
    opened = talk.opened("manager", Act.INVITE_RATER)
    rater_invite(opened, walk=current_walk(opened).walk, rater=talk.cast.other_manager)
    Grant.objects.filter(case=talk.case, role="second_rater").update(starts_at=clock.now())
    assert talk.opened("other_manager", Act.RATE)
    talk.cast.other_manager.org_roles = ["hr"]
    with pytest.raises(Http404):
        talk.opened("other_manager", Act.RATE)


def test_a_case_whose_key_was_destroyed_is_gone_for_both(talk):
    destroy(Case.objects.get(pk=talk.case).data_key)
    for who in ("manager", "engineer"):
        with pytest.raises(Http404):
            talk.opened(who, Act.READ)


def test_a_case_that_was_erased_meanwhile_cannot_be_written(talk):
    opened = talk.opened("manager", Act.WRITE_NOTES)
    Case.objects.filter(pk=talk.case).delete()
    with pytest.raises(Http404):
        lock(opened)


def test_each_of_the_two_is_the_others_other(talk):
    manager, engineer = talk.opened("manager", Act.READ), talk.opened("engineer", Act.READ)
    assert manager.other_mark() == engineer.actor.mark
    assert engineer.other_mark() == manager.actor.mark


def test_an_open_case_says_again_what_it_was_not_opened_for(talk):
    with pytest.raises(NotForYou):
        talk.opened("engineer", Act.READ).must(Act.AGREE)
