"""Handing our talk over: asked, agreed, taken; and going on when nobody leads it."""

import uuid
from collections.abc import Iterator

import pytest
from django.core import mail
from django.http import Http404
from django.urls import reverse

from fairlead.core.formal import Act as FormalAct
from fairlead.core.handover import MAY_GO_OVER, THING_WORDS, Thing
from fairlead.core.mirror import Kind
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.vault import erased_log, erasure
from fairlead.foundation.vault.models import DataKey
from fairlead.people.actors import actor_of
from fairlead.people.models import Account, Reminders
from fairlead.people.reminding import calendar_open
from fairlead.people.services import account_remove, account_return, team_join, team_leave
from fairlead.private.cases.door import NotForYou, open_case
from fairlead.private.cases.models import Case, EarlierKey, Grant
from fairlead.private.cases.selectors import access_log, own_notices
from fairlead.private.cases.services import case_touched
from fairlead.private.checkins.selectors import own_checkins
from fairlead.private.closure.services import closure_say
from fairlead.private.formal.door import open_packet
from fairlead.private.handover import services
from fairlead.private.handover.door import open_offer
from fairlead.private.handover.leaving import places_changed
from fairlead.private.handover.models import HandOver
from fairlead.private.handover.services import (
    end_alone,
    hand_over_answer,
    hand_over_ask,
    hand_over_decline,
    hand_over_take,
    hand_over_withdraw,
    next_ask,
)
from fairlead.private.mirror.selectors import acts_of
from fairlead.private.promises.models import Promise
from fairlead.private.promises.services import promise_mark
from fairlead.private.recurrence.models import Owed
from fairlead.private.talk.erasure import case_erase_if_due
from tests.private.leaving import settle, someone
from tests.private.ninety import THURSDAY, Ninety, after, on, work
from tests.rules.world import with_a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def tomas(cast) -> Account:
    """The other manager, who manages the engineer's team as well."""
    team_join(team="Network", account=cast.other_manager, manages=True)
    settle()
    return cast.other_manager


@pytest.fixture
def talk(cast, tomas) -> Iterator[Ninety]:
    """An agreed talk, on the evening of its day."""
    agreed_talk = Ninety(cast)
    with clock.fixed(on(THURSDAY, 18)):
        yield agreed_talk


def asked(talk: Ninety, *offered: Thing) -> HandOver:
    opened = talk.opened("manager", Act.HAND_OVER)
    return hand_over_ask(opened, hand_over_id=uuid.uuid4(), to=talk.cast.other_manager, offered=offered)


def agreed(talk: Ninety, *allowed: Thing) -> None:
    hand_over_answer(talk.opened("engineer", Act.GO_ON), agreed=True, allowed=allowed)


def taken(talk: Ninety, row: HandOver) -> Case:
    return hand_over_take(open_offer(talk.cast.actor("other_manager"), row.pk, "offered"))


def handed_over(talk: Ninety, *given: Thing) -> Case:
    row = asked(talk, *given)
    agreed(talk, *given)
    return taken(talk, row)


def told(talk: Ninety, who: str) -> list[str]:
    return [one.key for one in own_notices(talk.cast.actor(who))]


def test_until_the_next_manager_says_yes_nothing_changes(talk):
    before = Case.objects.get().data_key
    row = asked(talk, *MAY_GO_OVER)
    for step in (lambda: agreed(talk, Thing.ACCOUNT), lambda: None):
        assert talk.opened("manager", Act.READ)
        with pytest.raises(Http404):
            talk.opened("other_manager", Act.READ)
        step()
    assert Case.objects.get().data_key == before
    assert taken(talk, row).data_key != before
    with pytest.raises(Http404):
        talk.opened("manager", Act.READ)
    assert talk.opened("other_manager", Act.READ)


def test_the_engineer_takes_items_out_and_can_add_none(talk):
    asked(talk, Thing.ACCOUNT, Thing.NOTES)
    agreed(talk, Thing.NOTES, Thing.TYPE)
    assert HandOver.objects.get().given == "notes"


def test_what_never_goes_over_is_not_even_offered(talk):
    assert asked(talk, Thing.WELLBEING, Thing.MESSAGE, Thing.SEEN).given == "seen"


def test_each_hand_does_what_is_its_own(talk):
    for who, act in (("engineer", Act.HAND_OVER), ("manager", Act.GO_ON), ("manager", Act.TAKE_COPY)):
        with pytest.raises(NotForYou):
            talk.opened(who, act)


def test_a_hand_over_needs_the_engineers_yes(talk):
    row = asked(talk)
    with pytest.raises(Http404):
        open_offer(talk.cast.actor("other_manager"), row.pk, "offered")
    hand_over_answer(talk.opened("engineer", Act.GO_ON), agreed=False, allowed=())
    with pytest.raises(Http404):
        open_offer(talk.cast.actor("other_manager"), row.pk, "offered")
    assert "hand_over_answered" in told(talk, "manager")
    assert "hand_over_offered" not in told(talk, "other_manager")


@pytest.mark.parametrize("who", ["manager", "engineer", "teammate", "hr", "director", "operator"])
def test_an_offer_is_nothing_to_anybody_else_and_leaves_the_same_trace(talk, who):
    row = asked(talk)
    agreed(talk)
    traces = []
    for wanted in (row.pk, uuid.uuid4()):
        with pytest.raises(Http404):
            open_offer(talk.cast.actor(who), wanted, "offered")
        entry = AuditEntry.objects.order_by("-sequence").first()
        traces.append((entry.actor, entry.action, entry.subject_type, entry.outcome, entry.reason))
    assert traces[0] == traces[1]
    assert traces[0][3:] == ("refused", "not asked")


def test_an_offer_is_nothing_to_another_manager_of_the_same_team(talk):
    row = asked(talk)
    agreed(talk)
    another = someone("Ines Okoro", "Network")
    with pytest.raises(Http404):
        open_offer(actor_of(another), row.pk, "offered")


def test_a_yes_of_the_engineer_can_be_taken_back_and_so_can_the_question(talk):
    row = asked(talk)
    agreed(talk)
    offer = open_offer(talk.cast.actor("other_manager"), row.pk, "offered")
    hand_over_answer(talk.opened("engineer", Act.GO_ON), agreed=False, allowed=())
    with pytest.raises(Http404):
        hand_over_take(offer)
    asked(talk)
    hand_over_withdraw(talk.opened("manager", Act.HAND_OVER))
    assert set(HandOver.objects.values_list("state", flat=True)) == {"refused", "withdrawn"}
    assert talk.opened("manager", Act.READ)


def test_somebody_who_cannot_says_so_and_the_two_are_told(talk):
    row = asked(talk)
    agreed(talk)
    hand_over_decline(open_offer(talk.cast.actor("other_manager"), row.pk, "offered"))
    assert "hand_over_off" in told(talk, "manager")
    assert "hand_over_off" in told(talk, "engineer")
    assert told(talk, "other_manager") == []
    assert talk.opened("manager", Act.READ)


def test_only_somebody_who_manages_the_engineer_can_be_asked_and_only_one_at_a_time(talk):
    opened = talk.opened("manager", Act.HAND_OVER)
    for nobody in (talk.cast.engineer, talk.cast.manager, talk.cast.hr, talk.cast.teammate):
        with pytest.raises(Refused, match="manages a team of the engineer"):
            hand_over_ask(opened, hand_over_id=uuid.uuid4(), to=nobody, offered=())
    row = asked(talk)
    with pytest.raises(Refused, match="on its way already"):
        asked(talk)
    again = hand_over_ask(opened, hand_over_id=row.pk, to=talk.cast.other_manager, offered=())
    assert again.pk == row.pk
    assert told(talk, "engineer").count("hand_over_asked") == 1


def test_somebody_who_no_longer_manages_the_engineer_cannot_take_it(talk):
    row = asked(talk)
    agreed(talk)
    offer = open_offer(talk.cast.actor("other_manager"), row.pk, "offered")
    team_leave(team="Network", account=talk.cast.other_manager)
    with pytest.raises(Http404):
        open_offer(talk.cast.actor("other_manager"), row.pk, "offered")
    with pytest.raises(Http404):
        hand_over_take(offer)
    settle()
    assert HandOver.objects.get().state == "withdrawn"
    assert "hand_over_off" in told(talk, "engineer")


def test_two_who_take_it_at_once_take_it_once(talk):
    row = asked(talk)
    agreed(talk)
    first, second = (open_offer(talk.cast.actor("other_manager"), row.pk, "offered") for _ in range(2))
    hand_over_take(first)
    with pytest.raises(Http404):
        hand_over_take(second)
    assert Grant.objects.filter(role="manager", ends_at=None).count() == 1
    assert EarlierKey.objects.count() == 1


def test_a_hand_over_comes_too_late_for_a_talk_that_was_closed_meanwhile(talk):
    row = asked(talk)
    agreed(talk)
    offer = open_offer(talk.cast.actor("other_manager"), row.pk, "offered")
    Case.objects.update(state="sealed")
    with pytest.raises(Http404):
        hand_over_take(offer)


def test_a_manager_who_was_about_to_close_it_has_lost_it(talk):
    opened = talk.opened("manager", Act.CLOSE)
    handed_over(talk)
    with pytest.raises(Http404):
        closure_say(opened, statement="I consider it closed.")


def test_if_anything_fails_on_the_way_nothing_has_happened(talk, monkeypatch):

    row = asked(talk, Thing.ACCOUNT)
    agreed(talk, Thing.ACCOUNT)
    before = (Case.objects.get().data_key, DataKey.objects.count(), Grant.objects.count())

    def fails(_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(services, "replan", fails)
    with pytest.raises(OSError, match="no space left"):
        taken(talk, row)
    assert (Case.objects.get().data_key, DataKey.objects.count(), Grant.objects.count()) == before
    assert "I tried it in the lab." in talk.client("manager").get(talk.at("talk")).content.decode()
    monkeypatch.undo()
    assert taken(talk, row)


def test_the_next_manager_keeps_promises_and_can_bring_it_to_its_end(talk):
    handed_over(talk)
    page = talk.client("other_manager").get(talk.at("talk")).content.decode()
    assert "Lab budget" in page
    assert "Tomas Vidal and Jonas Lindqvist" in page
    promise = Promise.objects.get(owed_by="manager")
    opened = talk.opened("engineer", Act.PROMISE)

    promise_mark(opened, promise=promise, kept=True, shows="It came.")
    assert "It came." in talk.client("other_manager").get(talk.at("talk")).content.decode()
    assert open_case(talk.cast.actor("other_manager"), talk.case, Act.CLOSE)


def test_check_ins_begin_anew_with_the_next_manager_and_calendars_change_at_once(talk):
    feeds = {
        who: reverse("calendar_feed", args=[calendar_open(getattr(talk.cast, who))])
        for who in ("manager", "other_manager")
    }
    client = talk.client("engineer")
    with clock.fixed(on(THURSDAY, 18)):
        assert client.get(feeds["manager"]).content.count(b"BEGIN:VEVENT") > 0
        assert client.get(feeds["other_manager"]).content.count(b"BEGIN:VEVENT") == 0
    with clock.fixed(on(after(1))):
        handed_over(talk)
        assert client.get(feeds["manager"]).content.count(b"BEGIN:VEVENT") == 0
        assert client.get(feeds["other_manager"]).content.count(b"BEGIN:VEVENT") > 0
        assert talk.next().day == after(1)  # the first possible day


def test_only_the_next_manager_is_reminded_from_then_on(talk):
    handed_over(talk)
    mail.outbox.clear()
    talk_day = talk.next().day
    work(talk_day, 9)
    reached = {address for message in mail.outbox for address in message.to}
    assert talk.cast.other_manager.email in reached
    assert all("check-in" not in m.subject for m in mail.outbox if talk.cast.manager.email in m.to)
    assert [one.case_id for one in own_checkins(talk.cast.actor("manager"))] == []


def test_who_opened_it_before_is_for_the_engineer_and_not_for_the_next_manager(talk):
    row = asked(talk)
    agreed(talk)
    with clock.fixed(on(after(1))):
        taken(talk, row)
    with clock.fixed(on(after(2))):
        theirs = {visit.who for visit in access_log(talk.opened("engineer", Act.READ))}
        ours = {visit.who for visit in access_log(talk.opened("other_manager", Act.READ))}
    assert "Amara Diallo" in theirs
    assert ours == {"Jonas Lindqvist", "Tomas Vidal"}


def test_erasing_destroys_every_key_it_ever_had(talk, settings):
    case = handed_over(talk)
    keys = {case.data_key, *EarlierKey.objects.values_list("data_key", flat=True)}
    assert DataKey.objects.filter(pk__in=keys).count() == 2
    Case.objects.update(erase_on=clock.now().date())
    assert case_erase_if_due(case.pk)
    assert not DataKey.objects.filter(pk__in=keys).exists()
    assert erasure.is_erased(case.pk)
    logged = {one.key for one in erased_log.read(settings.FAIRLEAD_ERASED_LOG) if one.subject == case.pk}
    assert logged == keys  # a restored backup brings none of them back
    assert not HandOver.objects.exists()


def test_the_one_who_handed_it_over_can_be_asked_again_and_begins_like_anybody(talk):
    handed_over(talk)
    opened = talk.opened("other_manager", Act.HAND_OVER)
    row = hand_over_ask(opened, hand_over_id=uuid.uuid4(), to=talk.cast.manager, offered=())
    agreed(talk)
    hand_over_take(open_offer(talk.cast.actor("manager"), row.pk, "offered"))
    page = talk.client("manager").get(talk.at("talk")).content.decode()
    assert "I tried it in the lab." not in page
    assert "Lab budget" in page


# --- nobody leads it -----------------------------------------------------------------------------------------------


def left(talk: Ninety) -> None:
    account_remove(talk.cast.manager)
    settle()


def test_the_engineer_reads_on_is_told_and_chooses(talk):
    left(talk)
    assert "nobody_leads" in told(talk, "engineer")
    client = talk.client("engineer")
    assert "Nobody leads our talk now" in client.get("/").content.decode()
    page = client.get(talk.at("go_on")).content.decode()
    assert "Tomas Vidal" in page
    assert "Amara Diallo reads nothing of it any more" in page
    assert talk.rows("planned") == []


def test_the_engineer_asks_somebody_with_their_account_or_without(talk):
    left(talk)
    row = next_ask(
        talk.opened("engineer", Act.GO_ON),
        hand_over_id=uuid.uuid4(),
        to=talk.cast.other_manager,
        gives_account=True,
    )
    assert row.given == "account"
    taken(talk, row)
    page = talk.client("other_manager").get(talk.at("talk")).content.decode()
    assert "I tried it in the lab." in page
    assert "The lab lacks a route." not in page
    assert talk.rows("planned")


def test_while_somebody_leads_the_engineer_neither_asks_nor_closes_alone(talk):
    opened = talk.opened("engineer", Act.GO_ON)
    with pytest.raises(Refused, match="Somebody leads our talk"):
        next_ask(opened, hand_over_id=uuid.uuid4(), to=talk.cast.other_manager, gives_account=False)
    with pytest.raises(Refused, match="Somebody leads our talk"):
        end_alone(opened, words="")


def test_a_talk_whose_manager_left_can_be_closed_by_the_engineer_and_what_is_owed_becomes_a_debt(talk):
    left(talk)
    client = talk.client("engineer")
    answer = client.post(talk.at("end_alone"), {"words": "I am at peace with it."})
    assert answer.status_code == 302
    case = Case.objects.get()
    assert case.state == "sealed"
    page = client.get(talk.at("closure")).content.decode()
    assert "closed by the engineer" in page
    assert "By both of you" not in page
    assert "By Jonas Lindqvist, as nobody led it" in page
    assert "I am at peace with it." in page
    assert Owed.objects.count() == 1
    assert client.get(talk.at("talk")).status_code == 409


def test_nobody_closes_alone_what_hr_has_on_its_table(cast, tomas):

    world = with_a_case(cast, "agreed")
    account_remove(cast.manager)
    settle()
    with pytest.raises(Refused, match="formal path is open"):
        end_alone(world.open_as("engineer", Act.GO_ON), words="")
    assert open_packet(cast.actor("hr"), world.packet, FormalAct.READ)


def test_looking_after_it_twice_changes_nothing_more(talk):
    left(talk)
    before = (list(Grant.objects.values()), told(talk, "engineer"), AuditEntry.objects.count())

    places_changed(talk.cast.manager)
    places_changed(talk.cast.engineer)
    assert (list(Grant.objects.values()), told(talk, "engineer"), AuditEntry.objects.count()) == before


def test_an_account_that_is_removed_has_no_places_roles_or_calendar_any_more(talk):
    calendar_open(talk.cast.manager)
    Account.objects.filter(pk=talk.cast.manager.pk).update(org_roles=["operator"])
    account_remove(Account.objects.get(pk=talk.cast.manager.pk))
    gone = Account.objects.get(pk=talk.cast.manager.pk)
    actor = actor_of(gone)
    assert (actor.manages, actor.belongs_to, actor.org_roles) == (frozenset(), frozenset(), frozenset())
    assert not Reminders.objects.filter(account=gone).exists()
    assert (gone.name, gone.has_usable_password()) == ("Amara Diallo", False)


def test_a_check_in_the_earlier_manager_missed_is_not_the_next_ones(talk):
    work(after(5), 9)  # nobody held the first one
    assert talk.rows("missed")
    with clock.fixed(on(after(6))):
        assert Kind.CHECK_IN_MISSED in {act.kind for act in acts_of(talk.cast.actor("manager"))}
        handed_over(talk)
        assert acts_of(talk.cast.actor("other_manager")) == ()


# --- the engineer leaves -------------------------------------------------------------------------------------------


def test_when_the_engineer_leaves_nobody_reads_it_and_it_is_erased_a_month_later(talk):
    with clock.fixed(on(after(10))):
        account_remove(talk.cast.engineer)
        settle()
        case = Case.objects.get()
        assert f"{case.erase_on}" == "2027-02-23"
        with pytest.raises(Http404):
            talk.opened("manager", Act.READ)
        assert "engineer_left" in told(talk, "manager")
        case_touched(case.pk, clock.now().date())
        assert Case.objects.get().erase_on == case.erase_on
    with clock.fixed(on(after(41))):
        assert case_erase_if_due(case.pk)
    assert not Case.objects.exists()


def test_somebody_removed_by_mistake_comes_back_to_everything(talk):
    account_remove(talk.cast.engineer)
    settle()
    account_return(talk.cast.engineer)
    team_join(team="Network", account=talk.cast.engineer)
    settle()
    assert talk.opened("manager", Act.READ)
    assert talk.opened("engineer", Act.READ)
    assert (Case.objects.get().erase_on - clock.now().date()).days > 300
    assert not told(talk, "engineer").count("nobody_leads")


def test_a_session_that_was_open_ends_with_the_account(talk):
    client = talk.client("engineer")
    assert client.get(talk.at("talk")).status_code == 200
    account_remove(talk.cast.engineer)
    assert client.get(talk.at("talk")).status_code == 302
    with pytest.raises(AssertionError):
        talk.cast.client("engineer")


def test_the_engineer_takes_a_copy_of_what_is_theirs_and_the_manager_sees_that(talk):
    answer = talk.client("engineer").get(talk.at("my_copy"))
    text = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="our-talk.txt"'
    assert "I tried it in the lab." in text
    assert "Lab budget" in text
    assert "The lab lacks a route." not in text  # the manager's notes are the manager's words
    assert "took a copy of their own words" in talk.client("manager").get(talk.at("talk")).content.decode()


def test_hr_who_leaves_is_told_to_the_two_once(cast, tomas):

    with_a_case(cast, "agreed")
    account_remove(cast.hr)
    settle()
    account_remove(cast.hr)
    settle()
    for who in ("manager", "engineer"):
        assert [one.key for one in own_notices(cast.actor(who))].count("hr_left") == 1


# --- what is shown -------------------------------------------------------------------------------------------------


def test_all_three_are_shown_the_same_table_before_they_answer(talk):
    row = asked(talk, Thing.ACCOUNT)
    pages = [
        talk.client("manager").get(talk.at("hand_over")),
        talk.client("engineer").get(talk.at("hand_over_answer")),
    ]
    agreed(talk, Thing.ACCOUNT)
    pages.append(talk.client("other_manager").get(reverse("offered", args=[row.pk])))
    for page in pages:
        for words in THING_WORDS.values():
            assert words in page.content.decode()
    assert "I tried it in the lab." not in pages[-1].content.decode()
    assert "Lab budget" not in pages[-1].content.decode()


def test_notices_lead_to_where_they_are_answered(talk):
    row = asked(talk)
    agreed(talk)
    notice = next(
        one for one in own_notices(talk.cast.actor("other_manager")) if one.key == "hand_over_offered"
    )
    client = talk.client("other_manager")
    assert "who would read what" in client.get(reverse("notice", args=[notice.pk])).content.decode()
    answer = client.post(reverse("notice", args=[notice.pk]))
    assert answer["Location"] == reverse("offered", args=[row.pk])
    assert client.post(answer["Location"], {"answer": "yes"})["Location"] == talk.at("talk")
    gone = talk.client("manager")
    told_last = own_notices(talk.cast.actor("manager"))[-1]
    assert told_last.key == "handed_over"
    page = gone.get(reverse("notice", args=[told_last.pk])).content.decode()
    assert "Tomas Vidal goes on with our talk" in page
    assert gone.post(reverse("notice", args=[told_last.pk]))["Location"] == "/"
