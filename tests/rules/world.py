"""One organisation in each state of a case, with somebody in every position to it, built through the services."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.test import Client

from fairlead.commons.debts.models import Debt
from fairlead.commons.debts.services import debts_file
from fairlead.commons.factors.models import Factor
from fairlead.commons.factors.selectors import questions_of
from fairlead.commons.factors.services import factor_name, question_answer
from fairlead.commons.harmless.services import harmless_declare
from fairlead.commons.improvements.services import improvement_plan
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_record
from fairlead.commons.lessons.services import lesson_write
from fairlead.commons.proofs.services_waivers import waiver_ask
from fairlead.commons.reviews.selectors import draft_of
from fairlead.commons.reviews.services import review_publish, section_save
from fairlead.commons.timeline.services import NewEntry, entries_add
from fairlead.core.cadence import day_in
from fairlead.core.formal import Act as FormalAct
from fairlead.core.handover import Thing
from fairlead.core.lessons.lesson import Triggers
from fairlead.core.recurrence import DEBTS
from fairlead.core.review.template import DEFAULT, to_data
from fairlead.core.visibility import Act, Actor
from fairlead.foundation import clock
from fairlead.foundation.vault.marks import mark
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.people.reminding import calendar_open
from fairlead.people.services import account_add, team_join
from fairlead.private.cases.door import OpenCase, open_case
from fairlead.private.cases.models import Case, Grant, Notice
from fairlead.private.cases.services import case_open, talk_end
from fairlead.private.checkins.services import first_checkin_fix, leave_enter
from fairlead.private.checkins.signals import signal_note
from fairlead.private.conversations.services import reading_confirm, text_save
from fairlead.private.formal.door import open_packet
from fairlead.private.formal.services import escalate, hr_answer
from fairlead.private.handover.services import hand_over_answer, hand_over_ask
from fairlead.private.promises.services import promise_make
from fairlead.private.talk.services import notice_read
from fairlead.private.walks.selectors import current_walk
from fairlead.private.walks.services import rater_invite, walk_decide
from fairlead.sources.live.services import line_add, log_begin
from fairlead.sources.records.door import open_source
from fairlead.sources.records.services import NewRaw, responder_add, source_keep
from tests.cast import PASSWORD, Cast

WALK = {
    "concern": "yes",
    "concern_evidence": "The change was rolled out.",
    "harm_intended": "no",
    "harm_intended_evidence": "Nothing points to it.",
    "health": "no",
    "process_known": "yes",
    "process_known_evidence": "The change guide.",
    "process_workable": "yes",
    "process_workable_evidence": "Everybody follows it.",
    "chosen": "yes",
    "chosen_evidence": "There was time to do it.",
    "peers_same": "no",
    "peers_same_evidence": "Three were asked.",
    "red_line": "yes",
    "red_line_evidence": "It stands first in the guide.",
    "risk_set_aside": "unknown",
    "repeat": "no",
    "repeat_evidence": "No earlier talk.",
    "pressure": "absent",
    "pressure_evidence": "A quiet afternoon.",
}


def walk_parts(posted: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the answers and the evidence of a walk as the services take them."""
    evidence = {k.removesuffix("_evidence"): v for k, v in posted.items() if k.endswith("_evidence")}
    return {k: v for k, v in posted.items() if not k.endswith("_evidence")}, evidence


def soon(days: int = 2) -> datetime:
    """Return a moment some days from now on which the two of the cast can meet: theirs is an ordinary week."""
    at = clock.now() + timedelta(days=days)
    while at.astimezone(ZoneInfo("America/New_York")).weekday() > 4:
        at += timedelta(days=1)
    return at


@dataclass
class World:
    cast: Cast
    incident: Incident
    factor: uuid.UUID
    improvement: uuid.UUID
    waiver: uuid.UUID = field(default_factory=uuid.uuid4)
    debt: uuid.UUID = field(default_factory=uuid.uuid4)
    lesson: uuid.UUID = field(default_factory=uuid.uuid4)
    harmless_word: uuid.UUID = field(default_factory=uuid.uuid4)
    entry: uuid.UUID = field(default_factory=uuid.uuid4)
    log: uuid.UUID = field(default_factory=uuid.uuid4)
    line: uuid.UUID = field(default_factory=uuid.uuid4)
    case: uuid.UUID = field(default_factory=uuid.uuid4)
    notice: uuid.UUID = field(default_factory=uuid.uuid4)
    packet: uuid.UUID = field(default_factory=uuid.uuid4)
    hand_over: uuid.UUID = field(default_factory=uuid.uuid4)
    promise: uuid.UUID = field(default_factory=uuid.uuid4)
    source: uuid.UUID = field(default_factory=uuid.uuid4)
    checkin: uuid.UUID = field(default_factory=uuid.uuid4)
    signal: uuid.UUID = field(default_factory=uuid.uuid4)
    leave: uuid.UUID = field(default_factory=uuid.uuid4)
    token: str = ""
    raters: dict[str, Account] = field(default_factory=dict)

    def account(self, actor: str) -> Account:
        if actor in self.raters:
            return self.raters[actor]
        return getattr(self.cast, "manager" if actor == "former_manager" else actor)

    def open_as(self, actor: str, act: Act) -> OpenCase:
        return open_case(actor_of(self.account(actor)), self.case, act)

    def client(self, actor: str) -> Client:
        if actor == "anonymous":
            return Client()
        return replace(self.cast, engineer=self.account(actor)).client("engineer")


def without_a_case(cast: Cast) -> World:
    priya = cast.actor("teammate")
    values = {
        "title": "Routing loop",
        "zone": "UTC",
        "what_happened": "A loop.",
        "mechanism": "untried_in_production",
        "started_at": clock.now() - timedelta(hours=1),
    }
    incident = incident_record(priya, incident_id=uuid.uuid4(), values=values)
    factor = factor_name(
        priya,
        factor_id=uuid.uuid4(),
        incident=incident,
        question="A1",
        leaf="lab_differs",
        words="One route less.",
    )
    improvement = improvement_plan(
        priya,
        improvement_id=uuid.uuid4(),
        incident=incident,
        words="The lab gets the second route",
        strength="stronger",
        owner="Network team",
        due_on=date(2027, 1, 8),
        factors=[factor],
    )
    world = World(cast, incident, factor.pk, improvement.pk)
    world.debt = a_debt().pk
    publish_a_review(priya, incident)
    lesson_write(
        priya,
        lesson_id=world.lesson,
        incident=incident,
        title="The border pair",
        know="It has two default routes.",
        triggers=Triggers(sections=("router bgp",)),
    )
    harmless_declare(priya, word_id=world.harmless_word, kind="word", words="Zabbix")
    source_keep(
        priya,
        source_id=world.source,
        incident=incident,
        kind="text",
        content=b"14:27 jonas pushed it",
        entries=[NewRaw(uuid.uuid4(), clock.now(), "jonas pushed it")],
    )
    responder_add(open_source(priya, world.source), colleague=cast.other_manager)
    log_begin(priya, log_id=world.log, incident=incident)
    responder_add(open_source(priya, world.log), colleague=cast.other_manager)
    line_add(open_source(priya, world.log), line_id=world.line, at=clock.now(), words="jonas sees an alarm")
    entries_add(priya, incident=incident, entries=[NewEntry(world.entry, clock.now(), "Alarm")])
    for number, name in enumerate(("rater", "late_rater", "early_rater")):
        email = f"r{number}@harbour.example"
        account = account_add(email=email, name=f"Rowan{number} Achterberg", password=PASSWORD)
        team_join(team=f"Team {number}", account=account, manages=True)
        world.raters[name] = account
    world.raters["next"] = account_add(
        email="r8@harbour.example", name="Rowan8 Achterberg", password=PASSWORD
    )
    team_join(team="Network", account=world.raters["next"], manages=True)
    _waiver_asked_for(world)
    world.token = calendar_open(cast.engineer)
    return world


def _waiver_asked_for(world: World) -> None:
    """Let somebody of another team, who plays no other part, ask for a waiver of another improvement."""
    account = account_add(email="r9@harbour.example", name="Rowan9 Achterberg", password=PASSWORD)
    team_join(team="Team 9", account=account)
    another = improvement_plan(
        world.cast.actor("teammate"),
        improvement_id=uuid.uuid4(),
        incident=world.incident,
        words="The vendor mends the line card",
        strength="intermediate",
        owner="Network team",
        due_on=date(2027, 1, 8),
        factors=Factor.objects.filter(pk=world.factor),
    )
    waiver_ask(
        actor_of(account),
        waiver_id=world.waiver,
        improvement=another,
        code="vendor",
        words="The vendor mends it in March.",
        until=clock.now().date() + timedelta(days=60),
    )


def a_debt() -> Debt:
    """File one debt, as the weekly batch does."""
    with transaction.atomic():
        debts_file([DEBTS["support_delivered"]])
    return Debt.objects.get()


def answer_every_question(actor: Actor, incident: Incident) -> None:
    for asked in questions_of(actor, incident):
        if asked.answer is None:
            question_answer(
                actor, incident=incident, question=asked.question.key, answer="no", reason="We looked at it."
            )


def write_lesson(actor: Actor, incident: Incident, words: str = "Try it against production first.") -> None:
    section_save(actor, incident=incident, key="lessons", words=words, sitting=uuid.uuid4(), edit=1, base=0)


def publish_a_review(actor: Actor, incident: Incident) -> None:
    answer_every_question(actor, incident)
    write_lesson(actor, incident)
    draft = draft_of(actor, incident)
    review_publish(actor, incident=incident, seen=draft.seen(), kept={})


def seen_of_review(world: World) -> str:
    """Return the mark of the draft as it stands, which its form carries."""
    return draft_of(world.cast.actor("teammate"), world.incident).seen()


def template_form() -> dict[str, str]:
    """Return the form of the template as it comes, with the empty place for one more section."""
    form = {"base": "0", "form-TOTAL_FORMS": str(len(DEFAULT) + 1), "form-INITIAL_FORMS": str(len(DEFAULT))}
    for number, section in enumerate(to_data(DEFAULT)):
        values = {**section, "needed": "on" if section["needed"] else "", "ORDER": str(number + 1)}
        form |= {f"form-{number}-{name}": str(value) for name, value in values.items() if value}
    return form


def _ask_the_raters(world: World) -> None:
    answers, evidence = walk_parts(WALK)
    opened = world.open_as("manager", Act.WALK)
    walk_decide(
        opened,
        walk_id=uuid.uuid4(),
        action="Rolling it out",
        answers=answers,
        evidence=evidence,
        decision=4,
        reasons="The rule is clear.",
    )
    opened = world.open_as("manager", Act.INVITE_RATER)
    rater_invite(opened, walk=current_walk(opened).walk, rater=world.raters["rater"])
    told = Notice.objects.get(case=world.case, key="second_rater_announced")
    notice_read(actor_of(world.cast.engineer), told)
    now, day = clock.now(), timedelta(days=1)
    for name, starts, ends in (
        ("late_rater", now - 2 * day, now - day),
        ("early_rater", now + day, now + 2 * day),
    ):
        Grant.objects.create(
            case_id=world.case,
            mark=mark(world.raters[name].pk),
            role="second_rater",
            starts_at=starts,
            ends_at=ends,
        )


def save(opened: OpenCase, slot: str, words: str) -> None:
    text_save(opened, slot=slot, words=words, sitting=uuid.uuid4(), edit=1, base=0)


def _follow_up(world: World) -> None:
    world.checkin = first_checkin_fix(world.open_as("manager", Act.FIX_CHECKIN), at=soon()).pk
    opened = world.open_as("engineer", Act.FIX_CHECKIN)
    days = {"first": date(2027, 2, 1), "last": date(2027, 2, 5)}
    world.leave = leave_enter(opened, leave_id=uuid.uuid4(), who="engineer", **days).pk
    signal = signal_note(
        world.open_as("manager", Act.CHECK_IN),
        signal_id=uuid.uuid4(),
        key="early_word",
        seen_on=day_in("America/New_York", clock.now()),
        words="Asked before leaving out a step.",
    )
    world.signal = signal.pk


def _hand_over(world: World) -> None:
    """Ask somebody to go on with it; the engineer has agreed, and they have not answered yet."""
    opened = world.open_as("manager", Act.HAND_OVER)
    hand_over_ask(opened, hand_over_id=world.hand_over, to=world.raters["next"], offered=[Thing.ACCOUNT])
    hand_over_answer(world.open_as("engineer", Act.GO_ON), agreed=True, allowed=[Thing.ACCOUNT])


def _escalate(world: World) -> None:
    """Open a formal path with the engineer's account alone; HR takes it on."""
    opened = world.open_as("manager", Act.ESCALATE)
    hr, chosen = world.cast.hr, ["account"]
    escalate(opened, packet_id=world.packet, hr=hr, reasons="It came again.", chosen=chosen)
    hr_answer(open_packet(world.cast.actor("hr"), world.packet, FormalAct.ANSWER), takes_it_on=True)


def with_a_case(cast: Cast, state: str) -> World:
    """Return a world whose case is open (not talked yet), ended (talked) or agreed."""
    world = without_a_case(cast)
    case_open(cast.actor("manager"), case_id=world.case, engineer=cast.engineer, incident=world.incident)
    talk_end(world.open_as("manager", Act.LEAD_TALK))
    world.notice = Notice.objects.get(case=world.case, key="case_opened").pk
    save(world.open_as("engineer", Act.WRITE_ACCOUNT), "account", "I tried it in the lab.")
    save(world.open_as("manager", Act.WRITE_NOTES), "facts", "The lab lacks a route.")
    save(world.open_as("manager", Act.DRAFT_MESSAGE), "team_message", "A change passed our process.")
    reading_confirm(world.open_as("engineer", Act.READ_MESSAGE), what="message")
    made = promise_make(
        world.open_as("manager", Act.PROMISE),
        promise_id=uuid.uuid4(),
        owed_by="engineer",
        words="Diff first",
        cadence="with every change",
    )
    world.promise = made.pk
    _follow_up(world)
    _ask_the_raters(world)
    _escalate(world)
    _hand_over(world)
    if state == "open":
        Case.objects.filter(pk=world.case).update(talk_ended_at=None)
    if state == "agreed":
        Case.objects.filter(pk=world.case).update(state="agreed", agreed_at=clock.now())
    return world


def promise_of_another_case(world: World) -> uuid.UUID:
    """Return a promise to be accepted in the manager's case with the teammate."""
    manager = world.cast.actor("manager")
    case = case_open(manager, case_id=uuid.uuid4(), engineer=world.cast.teammate, incident=world.incident)
    opened = open_case(manager, case.pk, Act.PROMISE)
    made = promise_make(
        opened, promise_id=uuid.uuid4(), owed_by="engineer", words="Another thing", cadence="always"
    )
    return made.pk


def an_earlier_talk(world: World) -> uuid.UUID:
    """Return an earlier case of the same two about something that came about in the same way."""
    values = {"title": "An earlier loop", "zone": "UTC", "mechanism": world.incident.mechanism}
    incident = incident_record(world.cast.actor("teammate"), incident_id=uuid.uuid4(), values=values)
    with clock.fixed(clock.now() - timedelta(days=60)):
        case = case_open(
            world.cast.actor("manager"), case_id=uuid.uuid4(), engineer=world.cast.engineer, incident=incident
        )
    return case.pk


def end_the_grant(world: World) -> None:
    """Let the manager lose the case, as a hand-over will."""
    past = clock.now() - timedelta(minutes=1)
    Grant.objects.filter(case_id=world.case, role="manager").update(ends_at=past)
