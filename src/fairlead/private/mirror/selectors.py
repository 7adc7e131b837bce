"""What a manager did or left, from states and days alone: no talk is opened for it, and no word of one is read."""

from collections.abc import Iterator
from datetime import date, timedelta

from fairlead.commons.improvements.models import Improvement
from fairlead.commons.messages.models import TeamMessage
from fairlead.core.language import lint
from fairlead.core.ledger import Side, State
from fairlead.core.mirror import Act, Kind
from fairlead.core.visibility import Actor, CaseState, Role
from fairlead.core.working_days import working_days_later
from fairlead.foundation import clock
from fairlead.private.cases.models import Case, Grant
from fairlead.private.cases.selectors import own_grants
from fairlead.private.checkins.models import CheckIn
from fairlead.private.closure.models import Closure
from fairlead.private.preparation.models import Preparation
from fairlead.private.preparation.selectors import prepared_without_talk
from fairlead.private.promises.models import Promise

SOON_ENOUGH = 3  # working days from the end of an incident to the talk about it (playbook §4)
FOLLOW_UP = timedelta(days=90)
_OURS = (Side.MANAGER, Side.ORGANISATION)
_HARDER = (Improvement.Strength.STRONGER, Improvement.Strength.INTERMEDIATE)


def acts_of(actor: Actor) -> tuple[Act, ...]:
    """Return the acts of this person as a manager, in the talks they lead now.

    In a talk they took over, what the earlier manager did or left does not count for them.
    """
    led = [grant for grant in own_grants(actor) if grant.role == Role.MANAGER]
    cases = [grant.case for grant in led if not grant.took_over]
    theirs = [act for grant in led if grant.took_over for act in _since(grant)]
    return (*_before(actor), *_all(cases), *theirs)


def _all(cases: list[Case]) -> Iterator[Act]:
    yield from (*_talks(cases), *_promises(cases), *_follow_up(cases), *_in_the_commons(cases))


def _since(grant: Grant) -> Iterator[Act]:
    return (act for act in _all([grant.case]) if act.on > grant.starts_at.date())


def _before(actor: Actor) -> Iterator[Act]:
    for one in Preparation.objects.filter(mark=actor.mark):
        yield Act(Kind.PREPARED, one.prepared_at.date())
    now = clock.now()
    for one in prepared_without_talk(actor):
        if working_days_later(one.prepared_at, SOON_ENOUGH) < now:
            yield Act(Kind.TALK_NEVER, one.prepared_at.date())


def _talks(cases: list[Case]) -> Iterator[Act]:
    for case in cases:
        over = case.incident.resolved_at if case.incident else None
        held = case.talk_ended_at
        if over and held and held > working_days_later(over, SOON_ENOUGH):
            yield Act(Kind.TALK_LATE, held.date())


def _promises(cases: list[Case]) -> Iterator[Act]:
    today = clock.now().date()
    for one in Promise.objects.filter(case__in=cases, owed_by__in=_OURS, due_on__isnull=False):
        if one.state == State.ACCEPTED and one.due_on < today:
            yield Act(Kind.PROMISE_OVERDUE, one.due_on)
        elif one.state == State.MET and one.settled_at and one.settled_at.date() <= one.due_on:
            yield Act(Kind.SUPPORT_DELIVERED, one.settled_at.date())


def _follow_up(cases: list[Case]) -> Iterator[Act]:
    for one in CheckIn.objects.filter(case__in=cases, state=CheckIn.State.MISSED):
        yield Act(Kind.CHECK_IN_MISSED, one.day)
    for said in Closure.objects.filter(case__in=cases):
        yield Act(Kind.CLOSURE_SPOKEN, said.said_at.date())
    today = clock.now().date()
    for case in cases:
        ends: date | None = case.agreed_at.date() + FOLLOW_UP if case.agreed_at else None
        if ends and ends < today and case.state != CaseState.SEALED:
            yield Act(Kind.NEVER_CLOSED, ends)


def _in_the_commons(cases: list[Case]) -> Iterator[Act]:
    incidents = [case.incident_id for case in cases if case.incident_id]
    harder = Improvement.objects.filter(incident__in=incidents, strength__in=_HARDER)
    for one in harder.exclude(done_by=""):
        if one.proved_on or one.closed_on:
            yield Act(Kind.IMPROVEMENT_DELIVERED, one.proved_on or one.closed_on)
    changed = set(harder.exclude(state=Improvement.State.DROPPED).values_list("incident", flat=True))
    alone = [case for case in cases if case.incident_id not in changed]
    owed = Promise.objects.filter(
        case__in=alone, owed_by=Side.ENGINEER, state__in=[State.ACCEPTED, State.MET]
    )
    asked = set(owed.values_list("case", flat=True))
    for said in Closure.objects.filter(case__in=asked, closed_on__isnull=False):
        yield Act(Kind.INDIVIDUAL_ONLY, said.closed_on)
    for message in TeamMessage.objects.filter(incident__in=incidents):
        if any(one.category == "blame" and one.level != "suggestion" for one in lint(message.words)):
            yield Act(Kind.WORDS_SENT_ANYWAY, message.released_on)
