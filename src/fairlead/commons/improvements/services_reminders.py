"""Remembering improvements: once a morning it is seen what is due, and everybody concerned gets one letter at most.

The morning's work is one row of the outbox that puts the next morning's. It writes down which stage of which
improvement is remembered today, and a row for each letter, in one transaction: a killed worker loses and doubles
nothing. Who gets a letter stands in the outbox as a keyed mark, as everywhere.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet

from fairlead.commons.improvements.models import Following, Improvement, Reminder
from fairlead.commons.improvements.services_backing import RAN_OUT, ended_now_wait
from fairlead.core.improvements import Standing
from fairlead.core.reminding import stage_on, team_meant
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault.marks import mark
from fairlead.people.selectors import members_by_team, organisation, team_names, today

MORNING = time(8)
_AHEAD = timedelta(days=14)  # more than a working week before, whatever weekends lie between
_MOST = 2_000  # improvements seen in one morning; the rest follows on the next
_LETTER = "improvement_letter"


def reminders_begin() -> None:
    """See to it that somebody looks at midnight and in the morning.

    Called when the server starts, and when something is planned.
    """
    with transaction.atomic():
        _put("midnight", today() + timedelta(days=1), time.min)
        _put("morning", today() + timedelta(days=1), MORNING)


def _put(when: str, day: date, at: time) -> None:
    moment = datetime.combine(day, at, ZoneInfo(organisation().zone)).astimezone(UTC)
    put(f"improvements_{when}", key=f"improvements-{when}:{day}", run_after=moment)


def midnight_pass() -> None:
    """Let what has counted until yesterday wait again, and see to the next midnight."""
    _put("midnight", today() + timedelta(days=1), time.min)
    ended_now_wait()


def reminders_plan() -> None:
    """Write down what is remembered today and a letter for each reader, in the outbox's transaction."""
    day = today()
    _put("morning", day + timedelta(days=1), MORNING)
    ended_now_wait()
    waiting = Improvement.objects.filter(waits=True, due_on__lte=day + _AHEAD)
    due = {one: stage for one in waiting.order_by("due_on", "id") if (stage := stage_on(one.due_on, day))}
    for one in _running_out(day).order_by("done_until", "id"):
        if stage := stage_on(one.done_until, day):
            due[one] = RAN_OUT + stage
    told = set(Reminder.objects.filter(improvement__in=list(due)).values_list("improvement_id", "stage"))
    fresh = [(one, stage) for one, stage in due.items() if (one.pk, stage) not in told][:_MOST]
    Reminder.objects.bulk_create([Reminder(improvement=one, stage=stage, on=day) for one, stage in fresh])
    for reader in sorted(
        {reader for readers in _readers([one for one, _ in fresh]).values() for reader in readers}
    ):
        put(_LETTER, key=f"improvements:{day}:{reader[:40]}", reader=reader, day=day)


def _running_out(day: date) -> QuerySet[Improvement]:
    """Return the improvements whose proof has run out, or whose waiver ends soon or has ended.

    Of a proof nothing is said beforehand: a pipeline proves it again every night.
    """
    ended, ends_soon = Q(done_until__lt=day), Q(done_by="waiver", done_until__lte=day + _AHEAD)
    return Improvement.objects.filter(ended | ends_soon).exclude(state=Improvement.State.DROPPED)


def _readers(improvements: list[Improvement]) -> dict[UUID, set[str]]:
    """Return the marks of those who are reminded of each improvement: its team, and whoever asked for it."""
    names, members = team_names(), members_by_team()
    readers = {
        one.pk: {mark(account) for account in members.get(team_meant(one.owner, names), ())}
        for one in improvements
    }
    for improvement, reader in Following.objects.filter(improvement__in=improvements).values_list(
        "improvement_id", "mark"
    ):
        readers[improvement].add(reader)
    return readers


@dataclass(frozen=True, slots=True)
class Remembered:
    """One improvement in a letter, and where it stands."""

    improvement: Improvement
    standing: Standing

    @property
    def words(self) -> str:
        """Say where it stands, and by when it was to be done where that is still ahead or just past."""
        if self.standing.key in {"open", "late", "called"}:
            return f"{self.standing.words} ({self.improvement.due_on:%-d %B %Y})"
        return self.standing.words


def remembered_for(reader: str, day: date) -> list[Remembered]:
    """Return what a letter of a day says to somebody, without what was proved, waived or dropped since."""
    now = today()
    told = Improvement.objects.filter(pk__in=Reminder.objects.filter(on=day).values("improvement_id"))
    found = list(told.filter(waits=True).order_by("due_on", "id"))
    found += _running_out(now).filter(pk__in=told, waits=False).order_by("done_until", "id")
    readers = _readers(found)
    return [Remembered(one, one.standing(now)) for one in found if reader in readers[one.pk]]
