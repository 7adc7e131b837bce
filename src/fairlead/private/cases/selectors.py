"""Which cases and notices are somebody's own. Nothing here unwraps a key."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import ACT_WORDS, Act, Actor, Role
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.people.actors import account_by_mark
from fairlead.private.cases.door import OpenCase, still_holds
from fairlead.private.cases.models import Case, Grant, Notice

_GONE = "somebody who has left"


def _own_grants(actor: Actor) -> QuerySet[Grant]:
    now = clock.now()
    valid = Q(ends_at=None) | Q(ends_at__gt=now)
    return Grant.objects.filter(valid, mark=actor.mark, starts_at__lte=now).order_by("-case__opened_at")


def own_grants(actor: Actor) -> list[Grant]:
    """Return the grants of this person that are valid now, newest case first."""
    grants = _own_grants(actor).select_related("case", "case__incident")
    return [grant for grant in grants if still_holds(actor, grant)]


def own_cases_of(actor: Actor, incident: Incident) -> list[Grant]:
    """Return this person's own grants as manager or engineer that concern an incident and hold now."""
    ours = _own_grants(actor).filter(case__incident=incident).exclude(role=Role.SECOND_RATER)
    return [grant for grant in ours.select_related("case") if still_holds(actor, grant)]


def _own_notices(actor: Actor) -> QuerySet[Notice]:
    """What somebody was told as a manager ends with their part in the talk; that it ended stays theirs to read."""
    now = clock.now()
    led_until = Grant.objects.filter(
        case=OuterRef("case"),
        mark=actor.mark,
        role=Role.MANAGER,
        ends_at__lte=now,
        ends_at__gt=OuterRef("made_at"),
    )
    told = Notice.objects.select_related("case").filter(mark=actor.mark, made_at__lte=now)
    return told.exclude(Exists(led_until))


def own_notices(actor: Actor, *, unread_only: bool = True) -> list[Notice]:
    """Return what this person was told, oldest first."""
    notices = _own_notices(actor)
    return list(notices.filter(read_at=None) if unread_only else notices)


def own_notice(actor: Actor, notice_id: uuid.UUID) -> Notice | None:
    """Return one notice of this person, or None."""
    return _own_notices(actor).filter(pk=notice_id).first()


def name_of(mark: str) -> str:
    """Return the name of the person behind a keyed hash."""
    account = account_by_mark(mark)
    return account.name if account else _GONE


@dataclass(frozen=True, slots=True)
class Two:
    """The two people of a talk, by name: the manager is whoever leads it, or led it last.

    `managers` are all who ever led it, each with the moment they began, earliest first.
    """

    manager: str
    engineer: str
    managers: tuple[tuple[datetime, str], ...] = ()

    def __getitem__(self, role: str) -> str:
        """Return the name for a role, `manager` or `engineer`."""
        return self.manager if role == Role.MANAGER else self.engineer

    def then(self, role: str, at: datetime | None) -> str:
        """Return who was in a role at a moment: what an earlier manager wrote carries their name for good."""
        if role != Role.MANAGER or at is None:
            return self[role]
        led = [name for began, name in self.managers if began <= at]
        return led[-1] if led else self.manager


def marks_of(case: Case) -> dict[Role, str]:
    """Return the keyed hashes of the two people of a case, the manager being whoever leads it or led it last."""
    the_two = Grant.objects.filter(case=case).exclude(role=Role.SECOND_RATER).order_by("starts_at")
    return {Role(role): mark for role, mark in the_two.values_list("role", "mark")}


def led_by(case: Case) -> Grant | None:
    """Return the grant of whoever leads a case, or None when it has ended and nobody has taken over."""
    return Grant.objects.filter(case=case, role=Role.MANAGER, ends_at=None).first()


def engineer_is_here(case: Case) -> bool:
    """Tell whether the engineer of a case still has an account that is in use."""
    account = account_by_mark(marks_of(case)[Role.ENGINEER])
    return account is not None and account.is_active


def the_two(case: Case) -> Two:
    """Return the names of the two people of a case."""
    led = Grant.objects.filter(case=case, role=Role.MANAGER).order_by("starts_at")
    managers = tuple((began, name_of(mark)) for began, mark in led.values_list("starts_at", "mark"))
    return Two(managers[-1][1], name_of(marks_of(case)[Role.ENGINEER]), managers)


@dataclass(frozen=True, slots=True)
class Visit:
    """That somebody opened the case on a day: the last time that day, and what for."""

    at: datetime
    who: str
    what: str


def opened_by_others_since(opened: OpenCase, moment: datetime) -> bool:
    """Tell whether anybody but this person has opened the case since a moment (UTC)."""
    entries = AuditEntry.objects.filter(subject=str(opened.case.pk), outcome="granted", at__gte=moment)
    return entries.exclude(actor=opened.actor.mark).exists()


def access_log(opened: OpenCase) -> list[Visit]:
    """Return who opened this case for what, once a day for each, newest first; both people see it.

    Whoever took it over sees it from their first day on.
    """
    entries = AuditEntry.objects.filter(subject_type="case", subject=str(opened.case.pk), outcome="granted")
    if opened.grant.took_over:
        entries = entries.filter(at__gte=opened.grant.starts_at)
    last: dict[tuple[str, str, date], datetime] = {}
    for mark, action, at in entries.values_list("actor", "action", "at"):
        last[mark, action, at.date()] = at
    names = {mark: name_of(mark) for mark, _, _ in last}
    visits = [
        Visit(at, names[mark], ACT_WORDS[Act(action.removeprefix("case."))])
        for (mark, action, _), at in last.items()
    ]
    return sorted(visits, key=lambda visit: visit.at, reverse=True)
