"""The story goes on: the talk, and the ninety days after it, lived through the services on the days they happened.

The demo moves the story into the past and leaves the clock alone: sign-in, cookies and certificates all read the
machine's clock, and a visitor who comes back two days later finds the story two days further on.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from fairlead.commons.factors.services import factor_name, question_answer
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.services import improvement_plan
from fairlead.commons.incidents.models import Incident
from fairlead.core.impact_story import STORY_ZONE
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.outbox.worker import work_once
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.people.reminding import working_times_set
from fairlead.private.cases.door import OpenCase, open_case
from fairlead.private.cases.models import Notice
from fairlead.private.cases.services import case_open, talk_end
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.services import WorkSaid, checkin_move, checkin_record, first_checkin_fix
from fairlead.private.checkins.signals import signal_note, signal_reply
from fairlead.private.closure.selectors import draft
from fairlead.private.closure.services import closure_answer, closure_say
from fairlead.private.conversations.services import reading_confirm, text_save
from fairlead.private.conversations.slots import GROWTH, NOTED, SAID, WELLBEING, slot_of
from fairlead.private.messages.services import team_message_offer, team_message_release
from fairlead.private.preparation.services import preparation_done
from fairlead.private.promises.models import Promise
from fairlead.private.promises.services import promise_answer, promise_make
from fairlead.private.talk.services import notice_read, talk_agree
from fairlead.private.walks.services import walk_decide
from fairlead.site.demo import words

STAGES: Final = {"day-1": 1, "day-21": 21, "day-90": 90, "recurrence": 100, "erased": 280}
CHECKED_FOR_LOOPS: Final = (
    "A change is checked for loops on a snapshot of production, and one that loops is refused"
)
CLOSED_AFTER: Final = timedelta(weeks=13)  # on the weekday of the talk, and so on a working day
MISSED: Final = 3  # which check-in nobody had time for
_SATURDAY: Final = 5


def day_of_the_talk(today: date, stage: str) -> date:
    """Return the day on which the talk was held if it is `stage` now: a working day, and yesterday at the latest."""
    day = today - timedelta(days=max(1, STAGES[stage] - 1))
    while day.weekday() >= _SATURDAY:
        day -= timedelta(days=1)
    return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of the story."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(STORY_ZONE)).astimezone(UTC)


def improvement_of(words_of_it: str) -> Improvement | None:
    """Return the improvement of the story with these words, while there is one."""
    return Improvement.objects.filter(words=words_of_it).first()


@dataclass(frozen=True)
class Story:
    """The two, their incident and their talk."""

    amara: Account
    jonas: Account
    incident: Incident
    case: uuid.UUID

    def opened(self, who: Account, act: Act) -> OpenCase:
        """Open the talk as one of the two."""
        return open_case(actor_of(who), self.case, act)

    def write(self, who: Account, act: Act, slot: str, text: str) -> None:
        """Write into one place."""
        text_save(self.opened(who, act), slot=slot, words=text, sitting=uuid.uuid4(), edit=1, base=0)


def live_until(accounts: dict[str, Account], incident: Incident, today: date, stage: str) -> None:
    """Live the story from the talk until this morning."""
    story = Story(accounts["amara"], accounts["jonas"], incident, uuid.uuid4())
    talk_on = day_of_the_talk(today, stage)
    with clock.fixed(at(talk_on, 16, 40)):
        working_times_set(
            story.jonas, zone=STORY_ZONE, working_week=range(_SATURDAY), country="US", region=""
        )
        preparation_done(actor_of(story.amara), incident=incident)
    with clock.fixed(at(talk_on, 17, 2)):
        case_open(actor_of(story.amara), case_id=story.case, engineer=story.jonas, incident=incident)
    with clock.fixed(at(talk_on, 17, 34)):
        talk_end(story.opened(story.amara, Act.LEAD_TALK))
    for minute, scene in enumerate((_told, _understood, _promised, _agreed), start=36):
        with clock.fixed(at(talk_on, 17, minute)):
            scene(story)
    _work(at(talk_on, 18))
    day = talk_on + timedelta(days=1)
    while day < today:
        _one_day(story, talk_on, day)
        if stage == "erased" and day == talk_on + CLOSED_AFTER:
            _close(story, day)
        day += timedelta(days=1)
    _work(clock.now())


def _work(moment: datetime) -> None:
    with clock.fixed(moment):
        while work_once(100):
            pass


def _told(story: Story) -> None:
    notice_read(actor_of(story.jonas), Notice.objects.get(case=story.case, key="case_opened"))
    story.write(story.jonas, Act.WRITE_ACCOUNT, "account", words.ACCOUNT)
    for slot, text in words.NOTES.items():
        story.write(story.amara, Act.WRITE_NOTES, slot, text)
    reading_confirm(story.opened(story.jonas, Act.READ), what="record")
    reading_confirm(story.opened(story.amara, Act.READ), what="record")


def _understood(story: Story) -> None:
    walk_decide(
        story.opened(story.amara, Act.WALK),
        walk_id=uuid.uuid4(),
        action="Rolling the change out to both core routers",
        answers=words.ANSWERS,
        evidence=words.EVIDENCE,
        decision=1,
        reasons=words.REASONS,
    )
    actor = actor_of(story.amara)
    factors = [
        factor_name(actor, factor_id=uuid.uuid4(), incident=story.incident, **factor)
        for factor in words.FACTORS
    ]
    named = {factor.question for factor in factors}
    for question in load_default().factor_questions:
        if question.key not in named | {"X"}:
            reason = "Looked at with the team; it was not at work here."
            question_answer(actor, incident=story.incident, question=question.key, answer="no", reason=reason)
    for text, owner, days in (
        ("The lab gets the second default route of production", "Network team", 21),
        (CHECKED_FOR_LOOPS, "Network engineering", 18),
    ):
        improvement_plan(
            actor,
            improvement_id=uuid.uuid4(),
            incident=story.incident,
            words=text,
            strength="stronger",
            owner=owner,
            due_on=clock.now().date() + timedelta(days=days),
            factors=factors,
        )


def _promised(story: Story) -> None:
    today = clock.now().date()
    for side, text, more in words.promises(today):
        made = promise_make(
            story.opened(story.amara, Act.PROMISE), promise_id=uuid.uuid4(), owed_by=side, words=text, **more
        )
        promise_answer(story.opened(story.jonas, Act.PROMISE), promise=made, action="accept")


def _agreed(story: Story) -> None:
    first = clock.now().astimezone(ZoneInfo(STORY_ZONE)).date() + timedelta(days=1)
    while first.weekday() >= _SATURDAY:
        first += timedelta(days=1)
    _first_possible(
        lambda day: first_checkin_fix(story.opened(story.amara, Act.FIX_CHECKIN), at=at(day, 10)), first
    )
    talk_agree(story.opened(story.amara, Act.AGREE))
    story.write(story.amara, Act.DRAFT_MESSAGE, "team_message", words.MESSAGE)
    team_message_offer(story.opened(story.amara, Act.DRAFT_MESSAGE))


def _first_possible(fix: Callable[[date], object], day: date) -> None:
    """Take the day, or the next one that is not a holiday."""
    from fairlead.core.refusal import Refused  # noqa: PLC0415 - only where a holiday stands in the way

    for later in range(5):
        try:
            fix(day + timedelta(days=later))
        except Refused:
            continue
        return


def _one_day(story: Story, talk_on: date, day: date) -> None:
    """Live one day: what the background work does in the morning, then what the two do."""
    _work(at(day, 8, 30))
    if day == talk_on + timedelta(days=1):
        with clock.fixed(at(day, 9)):
            reading_confirm(story.opened(story.jonas, Act.READ_MESSAGE), what="message")
            team_message_release(story.opened(story.amara, Act.RELEASE_MESSAGE), kept={})
    rows = list(CheckIn.objects.filter(case=story.case))
    due = next((row for row in rows if row.state == CheckIn.State.PLANNED and row.day == day), None)
    number = rows.index(due) + 1 if due else 0
    if due is not None and number != MISSED:
        with clock.fixed(at(day, 10, 20)):
            _check_in(story, due, number)
    for signal in words.SIGNALS:
        if day == talk_on + timedelta(days=signal.day) and day.weekday() < _SATURDAY:
            with clock.fixed(at(day, 15)):
                _seen(story, signal, day)
    if (day - talk_on).days == words.MOVES_ON:
        with clock.fixed(at(day, 16)):
            _move_the_next(story)
    _read_what_was_told(story, at(day, 17))


def _check_in(story: Story, row: CheckIn, number: int) -> None:
    said = words.CHECK_INS[min(number, len(words.CHECK_INS)) - 1]
    story.write(story.jonas, Act.SAY_HOW, slot_of(SAID, row.pk), said.said)
    if said.wellbeing:
        story.write(story.jonas, Act.SAY_HOW, slot_of(WELLBEING, row.pk), said.wellbeing)
    story.write(story.amara, Act.WRITE_NOTES, slot_of(NOTED, row.pk), said.noted)
    kept = {
        side: {Promise.objects.filter(case=story.case, owed_by=side).first().pk: how}
        for side, how in said.promises.items()
    }
    work = WorkSaid(uuid.uuid4(), "yes", said.work) if said.work else None
    checkin_record(
        story.opened(story.amara, Act.CHECK_IN),
        checkin=row,
        held=True,
        touched=kept.get("engineer", {}),
        work=work,
    )
    checkin_record(
        story.opened(story.jonas, Act.CHECK_IN),
        checkin=row,
        held=False,
        touched=kept.get("manager", {}) | kept.get("organisation", {}),
    )


def _seen(story: Story, signal: words.Seen, day: date) -> None:
    noted = signal_note(
        story.opened(story.amara, Act.CHECK_IN),
        signal_id=uuid.uuid4(),
        key=signal.key,
        seen_on=day,
        words=signal.words,
    )
    if signal.answer:
        signal_reply(
            story.opened(story.jonas, Act.REMARK), signal=noted, reply_id=uuid.uuid4(), words=signal.answer
        )


def _move_the_next(story: Story) -> None:
    planned = CheckIn.objects.filter(case=story.case, state=CheckIn.State.PLANNED)
    row = planned.order_by("at")[1]
    _first_possible(
        lambda day: checkin_move(
            story.opened(story.jonas, Act.FIX_CHECKIN), checkin=row, at=at(day, 14), edition=row.sequence
        ),
        row.day + timedelta(days=1),
    )


def _close(story: Story, day: date) -> None:
    with clock.fixed(at(day, 15)):
        story.write(story.amara, Act.CLOSE, GROWTH, words.GROWTH)
        opened = story.opened(story.amara, Act.CLOSE)
        closure_say(opened, statement=draft(opened))
    with clock.fixed(at(day, 16)):
        closure_answer(story.opened(story.jonas, Act.ANSWER_CLOSURE), answer="closed", words=words.LEARNED)


def _read_what_was_told(story: Story, moment: datetime) -> None:
    with clock.fixed(moment):
        for who in (story.amara, story.jonas):
            actor = actor_of(who)
            for notice in Notice.objects.filter(
                case=story.case, mark=actor.mark, read_at=None, made_at__lte=moment
            ):
                notice_read(actor, notice)
