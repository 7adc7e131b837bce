"""The formal path: opened by the manager alone, read by HR in chosen pieces, nothing final before all is there."""

import hashlib
import json
import uuid
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.http import Http404
from django.urls import reverse

from fairlead.core.cadence import day_in
from fairlead.core.formal import Act, Requirement
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act as CaseAct
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.worker import work_once
from fairlead.foundation.vault import erasure
from fairlead.foundation.vault.envelope import destroy, unwrap
from fairlead.foundation.vault.models import DataKey
from fairlead.people.models import Account, Membership
from fairlead.people.selectors import today
from fairlead.people.services import team_join
from fairlead.private.cases.door import NotForYou, open_case
from fairlead.private.cases.models import Case, Grant, Notice
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.signals import signal_note, signal_reply
from fairlead.private.conversations.services import remark_add, text_save
from fairlead.private.conversations.slots import NOTED, NOTES, SAID, WELLBEING, slot_of
from fairlead.private.formal.door import open_packet
from fairlead.private.formal.erasure import packet_destroy_again, packet_destroy_if_due
from fairlead.private.formal.items import choosable
from fairlead.private.formal.models import Entry, Packet
from fairlead.private.formal.selectors import content_of, file_of, own_packets, reasons_of
from fairlead.private.formal.services import decide, escalate, hr_answer, note, reply, withdraw
from fairlead.private.promises.services import promise_answer, promise_make, promise_mark
from fairlead.private.talk.erasure import case_erase_if_due
from tests.private.talks import Talk
from tests.rules.world import soon

pytestmark = pytest.mark.django_db
REPLY = "I asked for the afternoon twice."


class Path:
    """A talk of the story, and the formal path that begins there; each step is one method."""

    def __init__(self, cast) -> None:
        self.cast, self.talk, self.packet = cast, Talk(cast).told(), uuid.uuid4()

    def case(self, who, act):
        return open_case(self.cast.actor(who), self.talk.case, act)

    def opened(self, who, act):
        return open_packet(self.cast.actor(who), self.packet, act)

    def escalated(self, *chosen, **more):
        values = {"hr": self.cast.hr, "reasons": "It came again after everything.", **more}
        made = escalate(
            self.case("manager", CaseAct.ESCALATE),
            packet_id=self.packet,
            chosen=chosen or ("account",),
            **values,
        )
        self.packet = made.pk
        return self

    def accepted(self):
        hr_answer(self.opened("hr", Act.ANSWER), takes_it_on=True)
        return self

    def everything(self, but=(), on=None):
        for one in Requirement:
            if one in but or one is Requirement.HR:
                continue
            if one is Requirement.REPLY:
                reply(self.opened("engineer", Act.REPLY), entry_id=uuid.uuid4(), words=REPLY)
                continue
            note(
                self.opened("hr", Act.NOTE),
                entry_id=uuid.uuid4(),
                requirement=one.value,
                on=on or today(),
                words=f"It is there: {one.value}.",
            )
        return self

    def decided(self, **more):
        decide(
            self.opened("hr", Act.DECIDE), **{"on": today(), "words": "They move to the lab team.", **more}
        )
        return self


def settle():
    while work_once(200):
        pass


def test_the_engineer_is_told_in_the_same_moment_with_words_and_by_mail(cast):
    path = Path(cast).escalated()
    told = Notice.objects.get(case=path.talk.case, key="formal_escalated")
    packet = Packet.objects.get()
    assert told.mark == cast.actor("engineer").mark
    assert (told.made_at - packet.escalated_at) < timedelta(seconds=5)
    settle()
    assert {message.to[0] for message in mail.outbox} >= {cast.engineer.email, cast.hr.email}
    for message in mail.outbox:
        spoken = message.subject + message.body
        assert not any(
            word in spoken.lower() for word in ("formal", "escalat", "hr", "jonas", "amara", "packet")
        )
    page = cast.client("engineer").get(reverse("notice", args=[told.pk])).content.decode()
    assert "Nothing is decided" in page


def test_nothing_is_recorded_where_the_notice_cannot_be(cast, monkeypatch):
    path = Path(cast)

    def breaks(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("fairlead.private.formal.services.tell", breaks)
    with pytest.raises(RuntimeError):
        path.escalated()
    assert Packet.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "chosen", "reason"),
    [
        ({"reasons": "  "}, ("account",), "Write your reasons"),
        ({}, ("nothing.like.this",), "Choose at least one piece"),
        ({}, ("account", slot_of(WELLBEING, uuid.uuid4())), "Choose at least one piece"),
    ],
)
def test_reasons_and_real_pieces_are_needed(cast, more, chosen, reason):
    with pytest.raises(Refused, match=reason):
        Path(cast).escalated(*chosen, **more)
    assert Packet.objects.count() == 0


@pytest.mark.parametrize("who", ["director", "teammate", "manager"])
def test_only_somebody_of_hr_can_be_chosen_and_never_one_of_the_two(cast, who):
    account = getattr(cast, who)
    if who == "manager":
        Account.objects.filter(pk=account.pk).update(org_roles=["hr"])
    with pytest.raises(Refused, match="Choose somebody who works for HR"):
        Path(cast).escalated(hr=account)


def test_the_engineer_cannot_escalate_and_a_talk_comes_first(cast):
    path = Path(cast)
    with pytest.raises(NotForYou):
        path.case("engineer", CaseAct.ESCALATE)
    Case.objects.update(talk_ended_at=None)
    with pytest.raises(Refused, match="after a talk"):
        path.escalated()


def test_a_form_sent_twice_and_a_second_escalation_are_the_one_there_is(cast):
    path = Path(cast).escalated()
    first = path.packet
    path.packet = uuid.uuid4()
    assert path.escalated().packet == first
    assert Packet.objects.count() == 1


def test_how_the_engineer_is_cannot_be_chosen(cast):
    """Neither what they say of it at a check-in, nor the notes of the movement that asks how they are."""
    path = Path(cast)
    path.talk.write("manager", NOTES[0], "They had not slept.")
    row = CheckIn.objects.create(
        case_id=path.talk.case, day=today(), at=soon(), state="held", changed_at=soon()
    )
    for kind, who, act in (
        (SAID, "engineer", CaseAct.SAY_HOW),
        (NOTED, "manager", CaseAct.WRITE_NOTES),
        (WELLBEING, "engineer", CaseAct.SAY_HOW),
    ):
        text_save(
            path.case(who, act),
            slot=slot_of(kind, row.pk),
            words=f"Words of {kind}",
            sitting=uuid.uuid4(),
            edit=1,
            base=0,
        )
    pieces = choosable(path.case("manager", CaseAct.ESCALATE))
    assert {one.key for one in pieces} == {"account", "facts", slot_of(SAID, row.pk), slot_of(NOTED, row.pk)}
    path.escalated(*(one.key for one in pieces)).accepted()
    whole = file_of(path.opened("hr", Act.READ_PACKET))
    assert "Words of e" in whole
    assert "Words of w" not in whole
    assert "slept" not in whole


def test_what_was_answered_beside_a_piece_goes_along_with_it(cast):
    path = Path(cast)
    remark_add(
        path.case("engineer", CaseAct.REMARK),
        remark_id=uuid.uuid4(),
        about="text",
        subject="facts",
        kind="contest",
        words="The route was never in the guide.",
    )
    path.escalated("facts").accepted()
    [item] = content_of(path.opened("hr", Act.READ_PACKET)).items
    assert item.words == "The lab lacks a route."
    assert "sees it differently" in item.beside[0]
    assert "The route was never in the guide." in item.beside[0]


def test_the_packet_holds_what_was_ticked_and_nothing_else_and_never_changes(cast):
    path = Path(cast).escalated("account").accepted()
    before = file_of(path.opened("hr", Act.READ_PACKET))
    assert "I tried it in the lab." in before
    assert "The lab lacks a route." not in before
    path.talk.write("engineer", "account", "Other words now.", base=1)
    assert file_of(path.opened("hr", Act.READ_PACKET)) == before


def test_hr_reads_who_and_why_first_and_the_packet_only_once_it_has_taken_it_on(cast):
    path = Path(cast).escalated()
    client = cast.client("hr")
    page = client.get(reverse("formal", args=[path.packet])).content.decode()
    assert "It came again after everything." in page
    assert "I tried it in the lab." not in page
    reply(path.opened("engineer", Act.REPLY), entry_id=uuid.uuid4(), words=REPLY)
    assert REPLY not in client.get(reverse("formal", args=[path.packet])).content.decode()
    for route in ("formal_pdf", "formal_json"):
        assert client.get(reverse(route, args=[path.packet])).status_code == 409
    with pytest.raises(NotForYou):
        path.opened("hr", Act.READ_PACKET)
    assert reasons_of(path.opened("hr", Act.READ)).items == ()
    path.accepted()
    assert "I tried it in the lab." in client.get(reverse("formal", args=[path.packet])).content.decode()
    assert client.get(reverse("talk", args=[path.talk.case])).status_code == 404


def test_hr_finds_packets_on_its_page_and_no_address_of_a_case(cast):
    path = Path(cast).escalated().accepted()
    for address in ("/formal/", "/", reverse("formal", args=[path.packet])):
        page = cast.client("hr").get(address).content.decode()
        assert str(path.packet) in page or address != "/formal/"
        assert "/our-talk/" not in page
        assert str(path.talk.case) not in page


def test_another_hr_partner_and_one_who_left_hr_find_nothing(cast):
    path = Path(cast).escalated().accepted()
    Account.objects.filter(pk=cast.director.pk).update(org_roles=["hr"])
    cast.director.refresh_from_db()
    assert str(path.packet) not in cast.client("director").get("/formal/").content.decode()
    assert cast.client("director").get(reverse("formal", args=[path.packet])).status_code == 404
    Account.objects.filter(pk=cast.hr.pk).update(org_roles=[])
    cast.hr.refresh_from_db()
    with pytest.raises(Http404):
        path.opened("hr", Act.READ)
    assert own_packets(cast.actor("hr")) == []


def test_a_manager_who_no_longer_manages_the_engineer_reads_on_nothing(cast):
    path = Path(cast).escalated().accepted()
    Membership.objects.filter(account=cast.engineer).delete()
    with pytest.raises(Http404):
        path.opened("manager", Act.READ)
    assert path.opened("engineer", Act.READ_PACKET)


def test_after_a_hand_over_the_new_manager_has_the_part_and_the_old_one_has_none(cast):
    path = Path(cast).escalated().accepted()
    Grant.objects.filter(case=path.talk.case, role="manager").update(mark=cast.actor("other_manager").mark)
    Membership.objects.filter(account=cast.engineer).delete()
    team_join(team="Shop", account=cast.engineer, manages=False)
    assert file_of(path.opened("other_manager", Act.READ_PACKET))
    assert [packet.pk for packet, _ in own_packets(cast.actor("other_manager"))] == [path.packet]
    assert own_packets(cast.actor("manager")) == []
    with pytest.raises(Http404):
        path.opened("manager", Act.READ)
    reply(path.opened("engineer", Act.REPLY), entry_id=uuid.uuid4(), words=REPLY)
    assert Notice.objects.get(key="formal_noted").mark == cast.actor("other_manager").mark


def test_every_look_is_in_the_trail_before_a_word_is_read(cast):
    path = Path(cast).escalated()
    with pytest.raises(Http404):
        path.opened("teammate", Act.READ)
    path.opened("hr", Act.READ)
    rows = AuditEntry.objects.filter(subject_type="packet", action="formal.read")
    assert list(rows.order_by("sequence").values_list("outcome", flat=True)) == ["refused", "granted"]


def test_all_three_get_the_same_file_and_see_its_hash(cast):
    path = Path(cast).escalated().accepted()
    files = {
        cast.client(who).get(reverse("formal_json", args=[path.packet])).content
        for who in ("manager", "engineer", "hr")
    }
    [whole] = files
    seen = hashlib.sha256(whole).hexdigest()
    assert Packet.objects.get().sha256 == seen
    assert json.loads(whole)["reasons"] == "It came again after everything."
    for who in ("manager", "engineer", "hr"):
        page = cast.client(who).get(reverse("formal", args=[path.packet])).content.decode()
        assert seen[:32] in page
        assert seen[32:] in page
    pdf = cast.client("engineer").get(reverse("formal_pdf", args=[path.packet]))
    assert pdf.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf.content


def test_with_everything_there_a_decision_can_be_recorded_and_both_are_told(cast):
    path = Path(cast).escalated().accepted().everything().decided()
    packet = Packet.objects.get()
    assert (packet.step, packet.decided_on) == ("decided", today())
    assert set(Notice.objects.filter(key="formal_decided").values_list("mark", flat=True)) == {
        cast.actor("manager").mark,
        cast.actor("engineer").mark,
    }
    page = cast.client("engineer").get(reverse("formal", args=[path.packet])).content.decode()
    assert "They move to the lab team." in page
    assert REPLY in page


@pytest.mark.parametrize("left_out", [one for one in Requirement if one is not Requirement.HR])
def test_each_thing_left_out_is_exactly_the_one_that_is_named(cast, left_out):
    path = Path(cast).escalated().accepted().everything(but=(left_out,))
    with pytest.raises(Refused) as refused:
        path.decided()
    assert [one.code for one in refused.value.missing] == [left_out.value]
    assert Packet.objects.get().step == "accepted"
    form = {"on": f"{today()}", "words": "It goes on."}
    answer = cast.client("hr").post(reverse("formal_decide", args=[path.packet]), form)
    assert answer.status_code == 422


def test_that_hr_has_taken_it_on_is_one_of_them(cast):
    path = Path(cast).escalated().accepted().everything()
    Entry.objects.filter(requirement="hr").delete()
    with pytest.raises(Refused) as refused:
        path.decided()
    assert [one.code for one in refused.value.missing] == ["hr"]


def test_a_reply_after_the_day_of_the_decision_was_not_heard_before_it(cast):
    path = Path(cast).escalated().accepted().everything(on=today() - timedelta(days=9))
    Entry.objects.filter(requirement="hr").update(on=today() - timedelta(days=9))
    with pytest.raises(Refused) as refused:
        path.decided(on=today() - timedelta(days=1))
    assert [one.code for one in refused.value.missing] == ["reply"]


def test_nobody_writes_the_reply_but_the_engineer_and_nobody_notes_a_day_to_come(cast):
    path = Path(cast).escalated().accepted()
    for requirement in ("reply", "hr"):
        with pytest.raises(Refused, match="one of the things"):
            note(
                path.opened("hr", Act.NOTE),
                entry_id=uuid.uuid4(),
                requirement=requirement,
                on=today(),
                words="They said nothing.",
            )
    for who in ("manager", "hr"):
        with pytest.raises(NotForYou):
            path.opened(who, Act.REPLY)
    with pytest.raises(Refused, match="not come yet"):
        path.everything(on=today() + timedelta(days=1))
    with pytest.raises(Refused, match="not come yet"):
        path.decided(on=today() + timedelta(days=1))


def test_the_same_reply_sent_twice_is_one(cast):
    path, entry = Path(cast).escalated(), uuid.uuid4()
    for _ in range(2):
        reply(path.opened("engineer", Act.REPLY), entry_id=entry, words=REPLY)
    assert Entry.objects.count() == 1


def test_no_page_recommends_anything(cast):
    path = Path(cast).escalated().accepted().everything()
    for who in ("manager", "engineer", "hr"):
        page = cast.client(who).get(reverse("formal", args=[path.packet])).content.decode().lower()
        assert "recommends nothing" in page
        for word in ("dismiss", "terminat", "fired", "let go", "warning letter"):
            assert word not in page


@pytest.mark.parametrize("ends", ["withdrawn", "declined"])
def test_withdrawn_or_not_taken_on_the_packet_is_destroyed_by_its_key(cast, ends):
    path = Path(cast).escalated()
    key = Packet.objects.get().data_key
    if ends == "withdrawn":
        withdraw(path.opened("manager", Act.WITHDRAW))
    else:
        hr_answer(path.opened("hr", Act.ANSWER), takes_it_on=False)
    for who in ("manager", "engineer", "hr"):  # also before the worker came
        with pytest.raises(Http404):
            path.opened(who, Act.READ)
        assert own_packets(cast.actor(who)) == []
    settle()
    assert not DataKey.objects.filter(pk=key).exists()
    assert Packet.objects.count() == Entry.objects.count() == 0
    assert erasure.is_erased(path.packet)
    told = set(Notice.objects.filter(key="formal_ended").values_list("mark", flat=True))
    assert cast.actor("engineer").mark in told
    assert path.talk.at("talk")
    assert path.case("manager", CaseAct.READ)  # our talk goes on


def test_after_a_withdrawal_another_escalation_can_be_recorded_at_once(cast):
    path = Path(cast).escalated()
    withdraw(path.opened("manager", Act.WITHDRAW))
    path.packet = uuid.uuid4()
    path.escalated()
    settle()
    assert Packet.objects.get().pk == path.packet


def test_a_decided_path_is_not_withdrawn(cast):
    path = Path(cast).escalated().accepted().everything().decided()
    with pytest.raises(NotForYou):
        path.opened("manager", Act.WITHDRAW)


def test_a_case_erased_while_its_packet_is_open_leaves_the_packet_until_its_own_day(cast):
    path = Path(cast).escalated().accepted()
    packet = Packet.objects.get()
    case_key = Case.objects.get().data_key
    Case.objects.update(erase_on=today() - timedelta(days=1))
    assert case_erase_if_due(path.talk.case)
    assert not DataKey.objects.filter(pk=case_key).exists()
    for who in ("manager", "engineer", "hr"):
        assert "I tried it in the lab." in file_of(path.opened(who, Act.READ_PACKET))
        assert str(path.packet) in cast.client(who).get("/").content.decode()
    path.everything()
    mail.outbox.clear()
    settle()
    assert {cast.manager.email, cast.engineer.email} <= {message.to[0] for message in mail.outbox}
    assert not packet_destroy_if_due(path.packet)
    on_its_day = datetime.combine(packet.expires_on, time(1), UTC)
    with clock.fixed(on_its_day):
        settle()
        assert Packet.objects.count() == 0
        assert not DataKey.objects.filter(pk=packet.data_key).exists()
        with pytest.raises(Http404):
            path.opened("hr", Act.READ)


def test_the_packet_opens_with_its_own_key_and_with_no_other(cast):
    path = Path(cast).escalated().accepted()
    packet, case = Packet.objects.get(), Case.objects.get()
    assert packet.data_key != case.data_key
    assert unwrap(packet.data_key).data_key_id == packet.data_key
    assert path.opened("hr", Act.READ_PACKET).envelope.data_key_id == packet.data_key
    with pytest.raises(Http404):
        path.case("hr", CaseAct.READ)


def test_a_packet_that_a_backup_brings_back_is_destroyed_again(cast):
    path = Path(cast).escalated()
    packet_destroy_again(path.packet)
    assert Packet.objects.count() == 1  # nothing was erased, so nothing happens
    erasure.begin(path.packet)
    packet_destroy_again(path.packet)
    assert Packet.objects.count() == 0


def test_without_its_key_a_packet_is_as_if_it_had_never_been(cast):
    path = Path(cast).escalated().accepted()
    destroy(Packet.objects.get().data_key)
    for who in ("manager", "engineer", "hr"):
        with pytest.raises(Http404):
            path.opened(who, Act.READ)


def test_promises_the_type_and_what_was_seen_can_be_chosen_with_their_answers(cast):
    path = Path(cast)
    path.talk.both_read().walked()
    made = promise_make(
        path.case("manager", CaseAct.PROMISE),
        promise_id=uuid.uuid4(),
        owed_by="manager",
        words="An afternoon with the lab",
        cadence="every month",
    )
    withdrawn = promise_make(
        path.case("manager", CaseAct.PROMISE),
        promise_id=uuid.uuid4(),
        owed_by="manager",
        words="A book about routing",
        cadence="once",
    )
    promise_answer(path.case("manager", CaseAct.PROMISE), promise=withdrawn, action="withdraw")
    promise_answer(path.case("engineer", CaseAct.PROMISE), promise=made, action="accept")
    promise_mark(path.case("engineer", CaseAct.PROMISE), promise=made, kept=False, shows="It never came.")
    seen = signal_note(
        path.case("manager", CaseAct.CHECK_IN),
        signal_id=uuid.uuid4(),
        key="early_word",
        seen_on=day_in("America/New_York", clock.now()),
        words="Asked before leaving out a step.",
    )
    signal_reply(
        path.case("engineer", CaseAct.REMARK), signal=seen, reply_id=uuid.uuid4(), words="As agreed."
    )
    chosen = ("type", f"promise.{made.pk}", f"signal.{seen.pk}")
    path.escalated(*chosen).accepted()
    kind, promise, signal = content_of(path.opened("hr", Act.READ_PACKET)).items
    assert "Looked at together." in kind.words
    assert promise.words == "An afternoon with the lab (every month)\n\nIt is not kept.\n\nIt never came."
    assert signal.words == "Asked before leaving out a step."
    assert "As agreed." in signal.beside[0]
    assert "A book about routing" not in {
        one.item.words for one in choosable(path.case("manager", CaseAct.ESCALATE))
    }


def test_words_and_a_real_choice_are_needed_everywhere_and_what_was_typed_stays(cast):
    path = Path(cast)
    form = {"packet_id": str(path.packet), "hr": str(cast.hr.pk), "reasons": "  ", "chosen": ["account"]}
    client, address = cast.client("manager"), reverse("formal_begin", args=[path.talk.case])
    page = client.get(address).content.decode()
    assert "checked" not in page.split('name="chosen"', 1)[1].split("</fieldset>")[0]
    assert client.post(address, form).status_code == 422
    assert client.post(address, {**form, "reasons": "It came again."}).status_code == 302
    path.packet = Packet.objects.get().pk
    path.accepted()
    note_form = {
        "entry_id": str(uuid.uuid4()),
        "requirement": "companion",
        "on": f"{today() + timedelta(days=3)}",
    }
    answer = cast.client("hr").post(
        reverse("formal_note", args=[path.packet]), {**note_form, "words": "Asked them."}
    )
    assert answer.status_code == 422
    assert "Asked them." in answer.content.decode()
    for who, route in (("engineer", "formal_reply"), ("hr", "formal_decide")):
        form = {"entry_id": str(uuid.uuid4()), "words": " ", "on": f"{today()}"}
        assert cast.client(who).post(reverse(route, args=[path.packet]), form).status_code == 422
    assert Entry.objects.filter(part="hr").count() == 1


def test_hr_answers_on_a_page_and_the_manager_withdraws_on_one(cast):
    path = Path(cast).escalated()
    taken = cast.client("hr").post(reverse("formal_answer", args=[path.packet]), {"answer": "yes"})
    assert taken.headers["Location"] == reverse("formal", args=[path.packet])
    gone = cast.client("manager").post(reverse("formal_withdraw", args=[path.packet]))
    assert gone.headers["Location"] == reverse("talk", args=[path.talk.case])
    assert Packet.objects.get().step == "withdrawn"
    path.packet = uuid.uuid4()
    path.escalated()
    declined = cast.client("hr").post(reverse("formal_answer", args=[path.packet]), {"answer": "no"})
    assert declined.headers["Location"] == "/formal/"


@pytest.mark.parametrize(
    ("who", "does"),
    [
        ("manager", lambda opened: hr_answer(opened, takes_it_on=True)),
        ("engineer", withdraw),
        ("hr", withdraw),
        (
            "engineer",
            lambda o: note(
                o, entry_id=uuid.uuid4(), requirement="companion", on=today(), words="Asked them."
            ),
        ),
        ("hr", lambda o: reply(o, entry_id=uuid.uuid4(), words="They said nothing.")),
        ("manager", lambda o: decide(o, on=today(), words="It is decided.")),
        ("engineer", lambda o: decide(o, on=today(), words="It is decided.")),
    ],
)
def test_services_ask_again_whatever_let_somebody_in(cast, who, does):
    path = Path(cast).escalated()
    opened = path.opened(who, Act.READ)
    with pytest.raises(NotForYou):
        does(opened)
    assert Packet.objects.get().step == "escalated"
    assert Entry.objects.count() == 0


def test_what_was_withdrawn_on_another_page_is_not_decided_on_this_one(cast):
    path = Path(cast).escalated().accepted().everything()
    hr = path.opened("hr", Act.DECIDE)
    withdraw(path.opened("manager", Act.WITHDRAW))
    with pytest.raises(NotForYou):
        decide(hr, on=today(), words="It is decided.")
    settle()
    hr.packet.step = "accepted"  # as the other page still has it
    with pytest.raises(NotForYou, match="destroyed"):
        decide(hr, on=today(), words="It is decided.")


@pytest.mark.parametrize("who", ["manager", "engineer", "hr"])
def test_after_ten_minutes_away_every_page_of_it_asks_again(cast, who):
    path = Path(cast).escalated().accepted()
    client = cast.client(who)
    with clock.fixed(clock.now() + timedelta(minutes=11)):
        for address in (reverse("formal", args=[path.packet]), reverse("formal_json", args=[path.packet])):
            answer = client.get(address)
            assert answer.status_code == 302
            assert "reauthenticate" in answer.headers["Location"]
