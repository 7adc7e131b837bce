"""A legal hold: on a packet alone, by HR, with a reason and a last day that all three read; ended with a record."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from fairlead.core.formal import Act
from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.people.selectors import today
from fairlead.private.cases.door import NotForYou
from fairlead.private.cases.models import Case, Notice
from fairlead.private.formal.erasure import packet_destroy_if_due
from fairlead.private.formal.holds import hold, hold_end
from fairlead.private.formal.models import Hold, Packet
from fairlead.private.formal.selectors import held_until, holds_of
from fairlead.private.formal.services import withdraw
from fairlead.private.talk.erasure import case_erase_if_due
from tests.private.test_formal import Path, settle

pytestmark = pytest.mark.django_db
REASON = "The court has asked for what we hold."


def at(day: date):
    return clock.fixed(datetime.combine(day, time(12), UTC))


class Held(Path):
    """A formal path that HR has taken on, and the hold on its packet."""

    def __init__(self, cast) -> None:
        super().__init__(cast)
        self.escalated().accepted()
        self.expires = Packet.objects.get(pk=self.packet).expires_on

    def held(self, until=None, reason=REASON, hold_id=None, who="hr"):
        until = until or today() + timedelta(days=90)
        return hold(self.opened(who, Act.HOLD), hold_id=hold_id or uuid.uuid4(), until=until, reason=reason)

    def late(self) -> "Held":
        """Put it on hold in the last week, until three months after the packet's own day."""
        with at(self.expires - timedelta(days=7)):
            self.held(until=self.expires + timedelta(days=90))
        return self

    def is_there(self) -> bool:
        return Packet.objects.filter(pk=self.packet).exists()


@pytest.fixture
def path(cast):
    return Held(cast)


def test_the_engineer_and_the_manager_are_told_in_the_same_moment_neutrally_and_all_three_read_why(
    path, cast
):
    settle()
    mail.outbox.clear()
    made = path.held()
    told = Notice.objects.filter(case=path.talk.case, key="formal_held")
    assert {one.mark for one in told} == {cast.actor("engineer").mark, cast.actor("manager").mark}
    assert all(abs(one.made_at - made.at) < timedelta(seconds=5) for one in told)
    settle()
    assert {letter.to[0] for letter in mail.outbox} == {cast.engineer.email, cast.manager.email}
    for letter in mail.outbox:
        assert not any(
            word in (letter.subject + letter.body).lower() for word in ("hold", "legal", "court", "packet")
        )
    for who in ("manager", "engineer", "hr"):
        page = cast.client(who).get(reverse("formal", args=[path.packet])).content.decode()
        assert REASON in page
        assert "Kept until" in page
        assert "not before the hold has ended" in page
    assert AuditEntry.objects.filter(action="formal.held").count() == 1


@pytest.mark.parametrize("who", ["manager", "engineer"])
def test_nobody_else_puts_it_on_or_ends_it(path, who):
    with pytest.raises(NotForYou):
        path.held(who=who)
    path.held()
    with pytest.raises(NotForYou):
        hold_end(path.opened(who, Act.HOLD), words="It is over.")
    assert held_until(Packet.objects.get())


def test_hr_that_has_not_taken_it_on_holds_nothing(cast):
    path = Path(cast).escalated()
    with pytest.raises(NotForYou):
        hold(
            path.opened("hr", Act.HOLD),
            hold_id=uuid.uuid4(),
            until=today() + timedelta(days=9),
            reason=REASON,
        )


@pytest.mark.parametrize(
    ("reason", "days", "said"),
    [(" ", 90, "Write the reason"), (REASON, 0, "a day to come"), (REASON, 366, "12 months")],
)
def test_a_reason_and_a_last_day_within_a_year_are_needed(path, reason, days, said):
    with pytest.raises(Refused, match=said):
        path.held(until=today() + timedelta(days=days), reason=reason)
    assert not Hold.objects.exists()


def test_it_outlives_its_day_while_it_is_held_and_goes_on_the_last_day_of_the_hold(path):
    path.late()
    until = path.expires + timedelta(days=90)
    for day in (path.expires, until - timedelta(days=1)):
        with at(day):
            settle()
            assert not packet_destroy_if_due(path.packet)
        assert path.is_there()
    with at(until):
        settle()
    assert not path.is_there(), "its end was planned, and nobody had to ask"


def test_a_hold_that_ends_before_the_packets_own_day_changes_nothing(path):
    path.held(until=today() + timedelta(days=10))
    with at(path.expires - timedelta(days=1)):
        settle()
    assert path.is_there()
    with at(path.expires):
        settle()
    assert not path.is_there()


def test_ended_after_its_day_the_packet_goes_at_once_and_before_it_on_its_own(path, cast):
    path.held(until=today() + timedelta(days=300))
    hold_end(path.opened("hr", Act.HOLD), words="The court needs nothing more.")
    settle()
    assert path.is_there()
    page = cast.client("engineer").get(reverse("formal", args=[path.packet])).content.decode()
    assert "The court needs nothing more." in page
    assert "not before the hold has ended" not in page
    assert Notice.objects.filter(key="formal_hold_ended").count() == 2
    path.late()
    with at(path.expires + timedelta(days=3)):
        hold_end(path.opened("hr", Act.HOLD), words="It was closed.")
        settle()
    assert not path.is_there()


def test_ending_it_needs_a_sentence_and_twice_is_once(path):
    path.held()
    with pytest.raises(Refused, match="why it ends"):
        hold_end(path.opened("hr", Act.HOLD), words=" ")
    for _ in range(2):
        hold_end(path.opened("hr", Act.HOLD), words="It is over.")
    assert AuditEntry.objects.filter(action="formal.hold_ended").count() == 1


def test_prolonged_both_stand_and_the_same_form_twice_is_one(path):
    same = uuid.uuid4()
    path.held(hold_id=same)
    path.held(hold_id=same)
    path.held(until=today() + timedelta(days=200), reason="The court takes longer.")
    first, second = holds_of(path.opened("engineer", Act.READ))
    assert (first.reason, bool(first.ended_at)) == (REASON, True)
    assert (second.reason, second.ended_at) == ("The court takes longer.", None)
    assert held_until(Packet.objects.get()) == today() + timedelta(days=200)


def test_while_it_is_held_the_escalation_is_not_withdrawn_and_the_page_says_why(path, cast):
    path.held()
    with pytest.raises(Refused, match="once the hold has ended"):
        withdraw(path.opened("manager", Act.WITHDRAW))
    page = cast.client("manager").get(reverse("formal", args=[path.packet])).content.decode()
    assert "can be withdrawn once the hold has ended" in page
    assert "Withdraw it and destroy the packet" not in page
    hold_end(path.opened("hr", Act.HOLD), words="It is over.")
    withdraw(path.opened("manager", Act.WITHDRAW))
    settle()
    assert not path.is_there()


def test_it_never_holds_the_talk(path, cast):
    path.late()
    Case.objects.filter(pk=path.talk.case).update(erase_on=path.expires)
    with at(path.expires):
        assert case_erase_if_due(path.talk.case)
        assert path.is_there()
        settle()
        mail.outbox.clear()
        hold_end(path.opened("hr", Act.HOLD), words="It is over.")
        settle()
    assert {letter.to[0] for letter in mail.outbox} == {cast.engineer.email, cast.manager.email}
    assert not path.is_there()


def test_on_its_pages_what_was_typed_stays_when_it_is_refused(path, cast):
    client = cast.client("hr")
    where = reverse("formal_hold", args=[path.packet])
    assert "destroyed on" in client.get(where).content.decode()
    refused = client.post(where, {"hold_id": uuid.uuid4(), "until": today(), "reason": REASON})
    assert (refused.status_code, REASON in refused.content.decode()) == (422, True)
    done = client.post(
        where, {"hold_id": uuid.uuid4(), "until": today() + timedelta(days=30), "reason": REASON}
    )
    assert done["Location"] == reverse("formal", args=[path.packet])
    assert "takes its place" in client.get(where).content.decode()
    ends = reverse("formal_hold_end", args=[path.packet])
    assert client.post(ends, {"words": ""}).status_code == 422
    assert client.post(ends, {"words": "Over."}).status_code == 302
    assert "no hold" in client.get(ends).content.decode()


def test_no_word_of_it_stands_in_the_database(path):
    path.held()
    row = Hold.objects.get()
    assert REASON.encode() not in bytes(row.reason)
