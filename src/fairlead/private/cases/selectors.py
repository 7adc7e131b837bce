"""Which cases and notices are somebody's own. Nothing here unwraps a key."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import ACT_WORDS, Act, Actor, Role
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.people.actors import account_by_mark
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.models import Case, Grant, Notice

_GONE = "somebody who has left"


def _own_grants(actor: Actor) -> QuerySet[Grant]:
    now = clock.now()
    valid = Q(ends_at=None) | Q(ends_at__gt=now)
    return Grant.objects.filter(valid, mark=actor.mark, starts_at__lte=now).order_by("-case__opened_at")


def own_grants(actor: Actor) -> list[Grant]:
    """Return the grants of this person that are valid now, newest case first."""
    return list(_own_grants(actor).select_related("case", "case__incident"))


def own_cases_of(actor: Actor, incident: Incident) -> list[Grant]:
    """Return this person's own grants as manager or engineer that concern an incident."""
    return list(_own_grants(actor).filter(case__incident=incident).exclude(role=Role.SECOND_RATER))


def own_notices(actor: Actor, *, unread_only: bool = True) -> list[Notice]:
    """Return what this person was told, oldest first."""
    notices = Notice.objects.select_related("case").filter(mark=actor.mark, made_at__lte=clock.now())
    return list(notices.filter(read_at=None) if unread_only else notices)


def own_notice(actor: Actor, notice_id: uuid.UUID) -> Notice | None:
    """Return one notice of this person, or None."""
    return (
        Notice.objects.select_related("case")
        .filter(pk=notice_id, mark=actor.mark, made_at__lte=clock.now())
        .first()
    )


def name_of(mark: str) -> str:
    """Return the name of the person behind a keyed hash."""
    account = account_by_mark(mark)
    return account.name if account else _GONE


@dataclass(frozen=True, slots=True)
class Two:
    """The two people of a talk, by name."""

    manager: str
    engineer: str

    def __getitem__(self, role: str) -> str:
        """Return the name for a role, `manager` or `engineer`."""
        return self.manager if role == Role.MANAGER else self.engineer


def the_two(case: Case) -> Two:
    """Return the names of the two people of a case."""
    marks = dict(Grant.objects.filter(case=case).values_list("role", "mark"))
    return Two(manager=name_of(marks[Role.MANAGER]), engineer=name_of(marks[Role.ENGINEER]))


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
    """Return who opened this case for what, once a day for each, newest first; both people see it."""
    entries = AuditEntry.objects.filter(subject_type="case", subject=str(opened.case.pk), outcome="granted")
    last: dict[tuple[str, str, date], datetime] = {}
    for mark, action, at in entries.values_list("actor", "action", "at"):
        last[mark, action, at.date()] = at
    names = {mark: name_of(mark) for mark, _, _ in last}
    visits = [
        Visit(at, names[mark], ACT_WORDS[Act(action.removeprefix("case."))])
        for (mark, action, _), at in last.items()
    ]
    return sorted(visits, key=lambda visit: visit.at, reverse=True)
