"""Reading hand-overs: the one on its way, who may take over, and what somebody was asked."""

from fairlead.core.handover import Thing
from fairlead.core.visibility import Actor, CaseState, Role
from fairlead.foundation.vault.marks import mark
from fairlead.people.actors import account_by_mark, actor_of
from fairlead.people.models import Account
from fairlead.people.selectors import managers_of
from fairlead.private.cases.models import Case
from fairlead.private.cases.selectors import led_by, marks_of
from fairlead.private.handover.models import HandOver

UNDER_WAY = (HandOver.State.ASKED, HandOver.State.AGREED)


def under_way(case: Case) -> HandOver | None:
    """Return the hand-over of a case that is on its way, or None."""
    return HandOver.objects.filter(case=case, state__in=UNDER_WAY).first()


def last_of(case: Case) -> HandOver | None:
    """Return the newest hand-over of a case, wherever it stands, or None."""
    return HandOver.objects.filter(case=case).last()


def given_things(row: HandOver) -> tuple[Thing, ...]:
    """Return the kinds of earlier things that are offered, or that go over once the engineer has agreed."""
    return tuple(Thing(value) for value in row.given.split(",") if value)


def possible_next(case: Case) -> list[Account]:
    """Return who may take a case over: those who manage a team of the engineer now, without whoever leads it."""
    engineer = account_by_mark(marks_of(case)[Role.ENGINEER])
    if engineer is None or not engineer.is_active:
        return []
    leads = led_by(case)
    return [one for one in managers_of(actor_of(engineer)) if leads is None or mark(one.pk) != leads.mark]


def may_be_next(case: Case, wanted: str) -> bool:
    """Tell whether somebody, by keyed hash, may take a case over now."""
    return case.state != CaseState.SEALED and wanted in {mark(one.pk) for one in possible_next(case)}


def offers_to(actor: Actor) -> list[HandOver]:
    """Return the talks this person is asked to go on with, and may; oldest first. No key is unwrapped for it."""
    rows = HandOver.objects.filter(to=actor.mark, state=HandOver.State.AGREED).select_related(
        "case__incident"
    )
    return [row for row in rows if may_be_next(row.case, actor.mark)]
