"""A word that stands nowhere else in every private field, written through the services."""

import uuid
from datetime import timedelta

from django.apps import apps
from django.db import models
from django.urls import reverse

from fairlead.core.cadence import day_in
from fairlead.core.formal import Act as FormalAct
from fairlead.core.formal import Requirement
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import seal_into
from fairlead.people.actors import actor_of
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.services import WorkSaid, checkin_record, first_checkin_fix
from fairlead.private.checkins.signals import signal_note, signal_reply
from fairlead.private.closure.models import Closure
from fairlead.private.conversations.services import remark_add
from fairlead.private.conversations.slots import NOTED, NOTES, SAID, WELLBEING, WRITTEN_UNDER, slot_of
from fairlead.private.formal.door import OpenPacket, open_packet
from fairlead.private.formal.erasure import packet_destroy_if_due
from fairlead.private.formal.holds import hold, hold_end
from fairlead.private.formal.services import decide, escalate, hr_answer, note, reply, withdraw
from fairlead.private.promises.models import Promise
from fairlead.private.promises.services import promise_answer, promise_make, promise_reply
from fairlead.private.recurrence.services import comparison_keep
from fairlead.private.talk.services import notice_read
from fairlead.private.walks.selectors import current_walk
from fairlead.private.walks.services import rater_invite, rating_give, walk_decide
from tests.rules.world import WALK, World, an_earlier_talk, save, soon, walk_parts


def private_models() -> list[type[models.Model]]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("fairlead.private.")
        for model in config.get_models()
    ]


def source_models() -> list[type[models.Model]]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("fairlead.sources.")
        for model in config.get_models()
    ]


def sealed_fields(found: list[type[models.Model]] | None = None) -> set[str]:
    """Every private field, by looking at the models."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in (private_models() if found is None else found)
        for field in model._meta.get_fields()
        if getattr(field, "sealed", False)
    }


def new_word(place: str) -> str:
    return f"canary{place}{uuid.uuid4().hex[:12]}"


class Cage:
    """The words that were written, by the field they stand in; some of them the second rater may read."""

    def __init__(self) -> None:
        self.words: dict[str, list[str]] = {}
        self.evidence: set[str] = set()
        self.read_by_the_rater = b""
        self.packet: set[str] = set()  # what HR may read

    def put(self, field: str, place: str, *, evidence: bool = False, packet: bool = False) -> str:
        word = new_word(place)
        if packet:
            self.packet.add(word)
        self.words.setdefault(field, []).append(word)
        if evidence:
            self.evidence.add(word)
        return word

    def all(self) -> set[str]:
        return {word for words in self.words.values() for word in words}


def _walk(cage: Cage, field: str, *, evidence: bool) -> dict[str, object]:
    answers, grounds = walk_parts(WALK)
    return {
        "action": f"Rolling it out {cage.put(field, 'action', evidence=evidence)}",
        "answers": answers,
        "evidence": {
            key: f"{words} {cage.put(field, 'evidence', evidence=evidence)}" for key, words in grounds.items()
        },
        "decision": 4,
        "reasons": f"Clear. {cage.put(field, 'reasons')}",
    }


def fill(world: World) -> Cage:
    """Write a canary into every private field of a case whose talk was held."""
    cage, manager, engineer = Cage(), "manager", "engineer"
    for slot, act in WRITTEN_UNDER.items():
        who = engineer if act is Act.WRITE_ACCOUNT else manager
        word = cage.put("conversations.TextVersion.words", slot, evidence=slot in {"account", NOTES[1]})
        save(world.open_as(who, act), slot, f"Words {word}")
    for who in (manager, engineer):
        for about, subject in (("text", "record"), ("walk", "type"), ("message", "team_message")):
            words = cage.put("conversations.Remark.words", "remark")
            remark_add(
                world.open_as(who, Act.REMARK),
                remark_id=uuid.uuid4(),
                about=about,
                subject=subject,
                kind="contest",
                words=words,
            )
    walk_decide(
        world.open_as(manager, Act.WALK),
        walk_id=uuid.uuid4(),
        **_walk(cage, "walks.Walk.content", evidence=True),
    )
    _second_look(world, cage)
    for who in (manager, engineer):
        promise_make(
            world.open_as(who, Act.PROMISE),
            promise_id=uuid.uuid4(),
            owed_by="engineer",
            words=cage.put("promises.Promise.words", "promise"),
            cadence=cage.put("promises.Promise.cadence", "cadence"),
        )
    checkin = first_checkin_fix(world.open_as(manager, Act.FIX_CHECKIN), at=soon())
    _follow_up(world, cage, checkin)
    _look_back(world, cage)
    _closing(world, cage)
    _formal_path(world, cage)
    return cage


def _formal_path(world: World, cage: Cage) -> None:
    """Withdraw the formal path there is, and open one whose every word is a canary, up to a decision."""
    withdraw(open_packet(world.cast.actor("manager"), world.packet, FormalAct.WITHDRAW))
    packet_destroy_if_due(world.packet)

    def opened(who: str, act: FormalAct) -> OpenPacket:
        return open_packet(world.cast.actor(who), world.packet, act)

    content = "formal.Packet.content"
    reasons = f"It came again. {cage.put(content, 'escalated', packet=True)}"
    cage.packet |= {word for word in cage.words["conversations.TextVersion.words"] if "canaryaccount" in word}
    cage.packet |= set(
        cage.words["conversations.Remark.words"][:6:3]
    )  # both beside the record: they go along
    escalated = world.open_as("manager", Act.ESCALATE)
    world.packet = escalate(
        escalated, packet_id=uuid.uuid4(), hr=world.cast.hr, reasons=reasons, chosen=["account"]
    ).pk
    hr_answer(opened("hr", FormalAct.ANSWER), takes_it_on=True)
    for requirement in set(Requirement) - {Requirement.HR, Requirement.REPLY}:
        words = cage.put("formal.Entry.words", requirement.value.replace("_", ""), packet=True)
        day = clock.now().date()
        note(
            opened("hr", FormalAct.NOTE),
            entry_id=uuid.uuid4(),
            requirement=requirement.value,
            on=day,
            words=words,
        )
    words = cage.put("formal.Entry.words", "heard", packet=True)
    reply(opened("engineer", FormalAct.REPLY), entry_id=uuid.uuid4(), words=words)
    words = cage.put("formal.Packet.decision", "decided", packet=True)
    decide(opened("hr", FormalAct.DECIDE), on=day_in("America/New_York", clock.now()), words=words)
    words = cage.put("formal.Hold.reason", "held", packet=True)
    until = clock.now().date() + timedelta(days=30)
    hold(opened("hr", FormalAct.HOLD), hold_id=uuid.uuid4(), until=until, reason=words)
    hold_end(opened("hr", FormalAct.HOLD), words=cage.put("formal.Hold.ending", "released", packet=True))


def _closing(world: World, cage: Cage) -> None:
    """What was said aloud and answered, as it stands before the seal."""
    opened = world.open_as("manager", Act.CLOSE)
    closure = Closure(case=opened.case, said_at=clock.now(), answer="not_yet")
    seal_into(
        opened.envelope,
        closure,
        statement=cage.put("closure.Closure.statement", "statement"),
        words=cage.put("closure.Closure.words", "answer"),
    )
    closure.save()


def _look_back(world: World, cage: Cage) -> None:
    earlier = an_earlier_talk(world)
    words = f"The same step. {cage.put('recurrence.Comparison.words', 'compared')}"
    comparison_keep(world.open_as("manager", Act.COMPARE), earlier=earlier, words=words)


def _second_look(world: World, cage: Cage) -> None:
    opened = world.open_as("manager", Act.INVITE_RATER)
    rater_invite(opened, walk=current_walk(opened).walk, rater=world.cast.other_manager)
    told = opened.case.notices.filter(key="second_rater_announced").order_by("-made_at").first()
    notice_read(actor_of(world.cast.engineer), told)
    cage.read_by_the_rater = (
        world.client("other_manager").get(reverse("second_look", args=[world.case])).content
    )
    view = _walk(cage, "walks.SecondRating.content", evidence=False)
    del view["action"]
    cage.words["walks.SecondRating.content"].pop(0)  # a second rater names no action
    rating_give(world.open_as("other_manager", Act.RATE), **view)


def _follow_up(world: World, cage: Cage, checkin: CheckIn) -> None:
    """Everything that is written at a check-in, by both hands."""
    for kind, who, act in (
        (SAID, "engineer", Act.SAY_HOW),
        (NOTED, "manager", Act.WRITE_NOTES),
        (WELLBEING, "engineer", Act.SAY_HOW),
    ):
        save(
            world.open_as(who, act),
            slot_of(kind, checkin.pk),
            cage.put("conversations.TextVersion.words", kind),
        )
    promises = Promise.objects.filter(case=world.case, owed_by="engineer")
    for promise in promises.exclude(pk=world.promise):
        answers = "engineer" if promise.written_by == "manager" else "manager"
        promise_answer(world.open_as(answers, Act.PROMISE), promise=promise, action="accept")
        shows = cage.put("promises.Promise.evidence", "shows")
        checkin_record(
            world.open_as("manager", Act.CHECK_IN),
            checkin=checkin,
            held=False,
            touched={promise.pk: ("kept", shows)},
        )
        words = cage.put("promises.PromiseReply.words", "beside")
        promise_reply(
            world.open_as("engineer", Act.REMARK), promise=promise, reply_id=uuid.uuid4(), words=words
        )
    for who in ("manager", "engineer"):
        work = WorkSaid(uuid.uuid4(), "yes", cage.put("checkins.Work.words", "work"))
        checkin_record(world.open_as(who, Act.CHECK_IN), checkin=checkin, held=False, touched={}, work=work)
        today = day_in("America/New_York", clock.now())
        signal = signal_note(
            world.open_as(who, Act.CHECK_IN),
            signal_id=uuid.uuid4(),
            key="same_shortcut",
            seen_on=today,
            words=cage.put("checkins.Signal.words", "signal"),
            opportunity=cage.put("checkins.Signal.opportunity", "opportunity"),
            opportunity_on=today,
        )
        other = "engineer" if who == "manager" else "manager"
        words = cage.put("checkins.Reply.words", "reply")
        signal_reply(world.open_as(other, Act.REMARK), signal=signal, reply_id=uuid.uuid4(), words=words)
