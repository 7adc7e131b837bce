"""Reading the follow-up: its check-ins with what was said at each, the signals, the days away."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fairlead.core.playbook.reader import load_default
from fairlead.core.playbook.schema import Signal as Kind
from fairlead.core.visibility import Actor, Role
from fairlead.foundation.vault.fields import read_from
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.keys import is_withheld
from fairlead.private.cases.models import Grant
from fairlead.private.cases.selectors import own_grants
from fairlead.private.checkins.models import CheckIn, Leave, Signal, Touched, Work
from fairlead.private.conversations.selectors import ReadText, text_of
from fairlead.private.conversations.slots import NOTED, SAID, WELLBEING, slot_of


def checkins_of(opened: OpenCase) -> list[CheckIn]:
    """Return the check-ins of the case, earliest first."""
    return list(CheckIn.objects.filter(case=opened.case))


def checkin_get(opened: OpenCase, checkin_id: UUID) -> CheckIn | None:
    """Return a check-in of this case, or None."""
    return CheckIn.objects.filter(pk=checkin_id, case=opened.case).first()


def next_checkin(opened: OpenCase) -> CheckIn | None:
    """Return the check-in that comes next, also when its day is today or has just passed; or None."""
    return CheckIn.objects.filter(case=opened.case, state=CheckIn.State.PLANNED).first()


def leave_of(opened: OpenCase) -> list[Leave]:
    """Return the days on which one of the two is away, earliest first."""
    return list(Leave.objects.filter(case=opened.case))


def leave_get(opened: OpenCase, leave_id: UUID) -> Leave | None:
    """Return days away of this case, or None."""
    return Leave.objects.filter(pk=leave_id, case=opened.case).first()


@dataclass(frozen=True, slots=True)
class ReadReply:
    """An answer beside a signal, opened."""

    role: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class ReadSignal:
    """A signal, opened, with what the playbook says about its kind."""

    id: UUID
    kind: Kind
    role: str
    seen_on: date
    noted_at: datetime
    words: str
    opportunity: str
    opportunity_on: date | None
    replies: tuple[ReadReply, ...]


def signals_of(opened: OpenCase) -> tuple[ReadSignal, ...]:
    """Return everything that was seen, by its day, with every answer."""
    kinds = {kind.key: kind for kind in load_default().signals}
    return tuple(
        ReadSignal(
            signal.pk,
            kinds[signal.key],
            signal.role,
            signal.seen_on,
            signal.noted_at,
            read_from(opened.envelope, signal, "words"),
            read_from(opened.envelope, signal, "opportunity"),
            signal.opportunity_on,
            tuple(
                ReadReply(reply.role, reply.at, read_from(opened.envelope, reply, "words"))
                for reply in signal.replies.all()
            ),
        )
        for signal in Signal.objects.filter(case=opened.case).prefetch_related("replies")
        if signal.key in kinds and not is_withheld(opened.envelope, signal, "words")
    )


def signal_get(opened: OpenCase, signal_id: UUID) -> Signal | None:
    """Return a signal of this case, or None."""
    return Signal.objects.filter(pk=signal_id, case=opened.case).first()


@dataclass(frozen=True, slots=True)
class ReadWork:
    """What one of the two said about work that matters, opened."""

    role: str
    given: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class ReadCheckIn:
    """A check-in with everything that was said at it. `caught_up_on` is where a missed one was caught up, or None."""

    row: CheckIn
    said: ReadText
    noted: ReadText
    wellbeing: ReadText
    work: tuple[ReadWork, ...]
    touched: tuple[Touched, ...]
    caught_up_on: date | None

    @property
    def withheld(self) -> bool:
        """Whether anything was written at it that this person, who took over later, was not given."""
        return any(text.withheld for text in (self.said, self.noted, self.wellbeing))

    @property
    def anything_said(self) -> bool:
        """Whether anybody has written or answered anything at it."""
        texts = (self.said, self.noted, self.wellbeing)
        return bool(self.work or self.touched or any(text.words.strip() for text in texts))


def read_checkin(opened: OpenCase, row: CheckIn, *, with_history: bool = False) -> ReadCheckIn:
    """Return a check-in, opened."""
    said, noted, wellbeing = (
        text_of(opened, slot_of(kind, row.pk), with_history=with_history) for kind in (SAID, NOTED, WELLBEING)
    )
    work = tuple(
        ReadWork(one.role, one.given, one.at, read_from(opened.envelope, one, "words"))
        for one in Work.objects.filter(checkin=row)
        if not is_withheld(opened.envelope, one, "words")
    )
    after = None
    if row.state == CheckIn.State.MISSED:
        after = (
            CheckIn.objects.filter(case=row.case, at__gt=row.at).exclude(state=CheckIn.State.MISSED).first()
        )
    touched = tuple(Touched.objects.filter(checkin=row).select_related("promise"))
    return ReadCheckIn(row, said, noted, wellbeing, work, touched, after.day if after else None)


def own_checkins(actor: Actor) -> list[CheckIn]:
    """Return the check-ins of the talks this person takes part in now, earliest first. No case is opened for it.

    While nobody leads a talk there is nobody to meet, so those to come lie in no calendar.
    """
    ours = [grant.case_id for grant in own_grants(actor) if grant.role != Role.SECOND_RATER]
    led = set(
        Grant.objects.filter(case__in=ours, role=Role.MANAGER, ends_at=None).values_list("case", flat=True)
    )
    rows = CheckIn.objects.filter(case__in=ours) if ours else []
    return [row for row in rows if row.case_id in led or row.state != CheckIn.State.PLANNED]
