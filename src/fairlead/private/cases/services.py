"""Opening a case and leading its talk."""

import uuid
from datetime import date

from django.db import transaction

from fairlead.commons.incidents.models import Incident
from fairlead.core.closure import is_erased_soon
from fairlead.core.months import months_later
from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act, Actor, CaseState, Role, may_open_case
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.vault.envelope import new_data_key
from fairlead.foundation.vault.marks import mark
from fairlead.people.models import Account
from fairlead.people.selectors import organisation, people_managed_by
from fairlead.private.cases.door import NotForYou, OpenCase, lock, record
from fairlead.private.cases.erasure import plan_erasure, plan_warning
from fairlead.private.cases.ids import free_id
from fairlead.private.cases.models import Case, Grant, Notice
from fairlead.private.cases.notices import ERASED_SOON, notify
from fairlead.private.cases.selectors import engineer_is_here


def _existing(actor: Actor, engineer_mark: str, incident: Incident) -> Case | None:
    mine = Grant.objects.filter(mark=actor.mark, role=Role.MANAGER, case__incident=incident).values("case")
    theirs = (
        Grant.objects.filter(mark=engineer_mark, role=Role.ENGINEER, case__in=mine)
        .select_related("case")
        .first()
    )
    return theirs.case if theirs else None


def case_open(actor: Actor, *, case_id: uuid.UUID, engineer: Account, incident: Incident) -> Case:
    """Open the case when the talk begins: key, both grants, the engineer's notice, all in one transaction.

    A form sent twice opens one case; so does a second form about the same person and incident. Raises Refused for
    somebody who does not manage this person's team.
    """
    managed = frozenset(str(pk) for pk in people_managed_by(actor).values_list("pk", flat=True))
    decision = may_open_case(actor, engineer=str(engineer.pk), managed=managed)
    if not decision.allowed:
        raise Refused(f"The talk cannot begin: {decision.reason}.", field="engineer")
    org, now, playbook = organisation(), clock.now(), load_default()
    engineer_mark = mark(engineer.pk)
    with transaction.atomic():
        Incident.objects.select_for_update().get(
            pk=incident.pk
        )  # two clicks at once wait here for one another
        existing = _existing(actor, engineer_mark, incident)
        if existing is not None:
            return existing
        key, _ = new_data_key()
        case = Case.objects.create(
            pk=free_id(Case, case_id),
            incident=incident,
            data_key=key.pk,
            playbook=f"{playbook.id}@{playbook.version}",
            opened_at=now,
            erase_on=months_later(now.date(), org.erase_unclosed_after_months),
        )
        Grant.objects.create(case=case, mark=actor.mark, role=Role.MANAGER, starts_at=now)
        Grant.objects.create(case=case, mark=engineer_mark, role=Role.ENGINEER, starts_at=now)
        append(actor=actor.mark, action="case.opened", subject_type="case", subject=case.pk, outcome="done")
        notify(case, engineer_mark, "case_opened")
        plan_erasure(case.pk, case.erase_on)
        plan_warning(case.pk, case.erase_on)
    return case


def talk_end(opened: OpenCase) -> None:
    """Note that the conversation was held. Doing it again changes nothing. Raises NotForYou."""
    opened.must(Act.LEAD_TALK)
    with transaction.atomic():
        case = lock(opened)
        if case.talk_ended_at is None:
            case.talk_ended_at = clock.now()
            case.save(update_fields=["talk_ended_at"])
            record(opened, "talk.ended")


def case_agreed(opened: OpenCase) -> None:
    """Set the case to agreed, in the caller's transaction, which has checked that nothing is missing."""
    opened.must(Act.AGREE)
    case = lock(opened)
    if case.state == CaseState.AGREED:
        raise NotForYou("This talk has already been agreed.")
    case.state, case.agreed_at = CaseState.AGREED, clock.now()
    case.save(update_fields=["state", "agreed_at"])
    record(opened, "case.agreed")


def case_touched(case_id: uuid.UUID, day: date) -> None:
    """Move the day on which a case that is never closed is erased: twelve months after its last entry."""
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is not None and case.state != CaseState.SEALED and engineer_is_here(case):
        later = months_later(day, organisation().erase_unclosed_after_months)
        if later > case.erase_on:
            case.erase_on = later
            case.save(update_fields=["erase_on"])
            plan_erasure(case.pk, later)
            plan_warning(case.pk, later)
            # Whoever has not read yet that it would be erased soon does not have to: it is not so any more.
            Notice.objects.filter(case=case, key=ERASED_SOON, read_at=None).update(read_at=clock.now())


def case_warn(case_id: uuid.UUID, day: date) -> None:
    """Tell both, once, that what they never closed is erased on a day; nothing where it was closed or written on."""
    case = Case.objects.select_for_update().filter(pk=case_id, erase_on=day).first()
    if case is None or case.state == CaseState.SEALED or not is_erased_soon(day, clock.now().date()):
        return
    for one in Grant.objects.filter(case=case, role__in=[Role.MANAGER, Role.ENGINEER], ends_at=None):
        notify(case, one.mark, ERASED_SOON, collected=True)
