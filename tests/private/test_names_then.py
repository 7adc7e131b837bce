"""Whoever led a talk keeps their name beside what they wrote; grants that ended stand in nobody's way."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.vault.envelope import new_data_key
from fairlead.foundation.vault.marks import mark
from fairlead.people.services import team_join
from fairlead.private.cases.door import lock
from fairlead.private.cases.models import Case, EarlierKey, Grant
from fairlead.private.cases.selectors import own_notices, the_two
from fairlead.private.mirror.selectors import acts_of
from fairlead.site.today import today
from tests.private.talks import Talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast) -> Talk:
    team_join(team="Network", account=cast.other_manager, manages=True)
    return Talk(cast).told()


def hand_to_tomas(talk: Talk) -> None:
    """Let the other manager lead from now on, as it stands in the database after a hand-over."""
    now = clock.now()
    case = Case.objects.get(pk=talk.case)
    Grant.objects.filter(case=case, role="manager").update(ends_at=now)
    EarlierKey.objects.create(case=case, data_key=case.data_key, until=now)
    Case.objects.filter(pk=case.pk).update(data_key=new_data_key()[0].pk)
    tomas = mark(talk.cast.other_manager.pk)
    Grant.objects.create(case=case, mark=tomas, role="manager", starts_at=now, took_over=True)


def test_what_was_written_before_opens_for_the_engineer_alone(talk):
    hand_to_tomas(talk)
    engineer, manager = (talk.cast.client(who) for who in ("engineer", "other_manager"))
    for route in ("talk", "talk_account", "talk_notes"):
        theirs, ours = (client.get(talk.at(route)).content.decode() for client in (engineer, manager))
        assert "Written before the hand-over" in ours
        for words in ("I tried it in the lab.", "The lab lacks a route."):
            assert words not in ours
        assert "I tried it in the lab." in theirs or "The lab lacks a route." in theirs


def test_both_write_on_with_the_new_key_and_read_one_another(talk):
    hand_to_tomas(talk)
    talk.write("other_manager", "facts", "Now we go on.", base=9)
    talk.write("engineer", "account", "As I see it today.", base=9)
    for who in ("engineer", "other_manager"):
        page = talk.cast.client(who).get(talk.at("talk")).content.decode()
        assert "Now we go on." in page
        assert "As I see it today." in page


def test_what_an_earlier_manager_wrote_carries_their_name(talk):
    then = clock.now()
    hand_to_tomas(talk)
    two = the_two(Case.objects.get(pk=talk.case))
    assert two.manager == "Tomas Vidal"
    assert two.then("manager", then) == "Amara Diallo"
    assert two.then("manager", clock.now()) == "Tomas Vidal"
    assert two.then("engineer", then) == "Jonas Lindqvist"


def test_an_earlier_manager_finds_nothing_not_even_what_they_were_told(talk):
    talk.promised()
    assert own_notices(talk.cast.actor("manager"))
    client = talk.cast.client("manager")
    assert client.get(talk.at("talk")).status_code == 200
    hand_to_tomas(talk)
    assert client.get(talk.at("talk")).status_code == 404
    assert own_notices(talk.cast.actor("manager"), unread_only=False) == []
    assert client.get("/").status_code == 200


def test_a_manager_who_manages_somebody_no_more_still_has_a_today(talk):
    other = Talk(talk.cast)
    talk.cast.engineer.memberships.update(ended_at=clock.now())
    found = today(talk.cast.actor("manager"))
    assert (found.todo, found.talks) == ([], [])
    assert talk.cast.client("manager").get(other.at("talk")).status_code == 404


def test_somebody_who_waited_for_the_lock_while_it_was_handed_over_writes_nothing(talk):
    as_manager, as_engineer = (
        talk.opened("manager", Act.WRITE_NOTES),
        talk.opened("engineer", Act.WRITE_ACCOUNT),
    )
    hand_to_tomas(talk)
    with transaction.atomic(), pytest.raises(Http404):
        lock(as_manager)
    with transaction.atomic(), pytest.raises(Refused, match="handed over in this moment"):
        lock(as_engineer)
    again = talk.opened("engineer", Act.WRITE_ACCOUNT)
    with transaction.atomic():
        assert lock(again)


def test_nobody_shares_the_lead_and_nobody_has_two_parts_at_once(talk):
    now = clock.now()
    for role, who in (("manager", talk.cast.other_manager), ("second_rater", talk.cast.engineer)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(case_id=talk.case, mark=mark(who.pk), role=role, starts_at=now)


def test_somebody_who_looked_at_the_evidence_may_lead_later(talk):
    past, tomas = clock.now() - timedelta(days=1), mark(talk.cast.other_manager.pk)
    Grant.objects.create(case_id=talk.case, mark=tomas, role="second_rater", starts_at=past, ends_at=past)
    hand_to_tomas(talk)
    assert talk.opened("other_manager", Act.LEAD_TALK)


def test_what_the_earlier_manager_left_undone_is_not_in_the_next_ones_mirror(talk):
    talk.both_read().promised()
    hand_to_tomas(talk)
    assert acts_of(talk.cast.actor("other_manager")) == ()
