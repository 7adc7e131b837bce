"""What happens to talks when somebody's places change: nobody is left waiting without a word, and nobody is named.

Reading ends by itself in the moment a place ends, because the door asks for it each time. This is what comes after: it
is written down, check-ins are laid anew, and those who are left are told what they can do.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from fairlead.core.closure import erased_on
from fairlead.core.formal import Step
from fairlead.core.months import months_later
from fairlead.core.visibility import CaseState, Role
from fairlead.foundation import clock
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.vault.marks import mark
from fairlead.people.actors import account_by_mark, actor_of
from fairlead.people.models import Account, OrgRole
from fairlead.people.selectors import organisation
from fairlead.private.cases.door import still_holds
from fairlead.private.cases.erasure import plan_erasure
from fairlead.private.cases.models import Case, Grant, Notice
from fairlead.private.cases.notices import notify
from fairlead.private.cases.selectors import engineer_is_here, led_by, marks_of
from fairlead.private.checkins.planning import replan
from fairlead.private.closure.models import Closure
from fairlead.private.formal.door import leads
from fairlead.private.formal.models import Packet
from fairlead.private.formal.telling import tell
from fairlead.private.handover.models import HandOver
from fairlead.private.handover.selectors import may_be_next, under_way
from fairlead.private.handover.services import hand_over_lapse, hand_overs_to, lead_end
from fairlead.private.preparation.models import Preparation, TalkRequest

KEPT_AFTER_LEAVING = 1  # months; until then somebody whose account was removed by mistake can come back to it


def places_changed(account: Account) -> None:
    """Look after every talk somebody has a part in, now that an account or a place of theirs has changed.

    Safe to repeat: what is as it should be stays as it is.
    """
    theirs = mark(account.pk)
    for row in Grant.objects.filter(mark=theirs, ends_at=None).exclude(role=Role.SECOND_RATER):
        with transaction.atomic():
            case = Case.objects.select_for_update().filter(pk=row.case_id).first()
            if case is not None:
                _look_after(case)
    with transaction.atomic():
        _look_after_what_they_were_asked(account, theirs)
        if not account.is_active:
            Preparation.objects.filter(mark=theirs).delete()
            TalkRequest.objects.filter(asked_by=theirs).delete()
            TalkRequest.objects.filter(asked_of=theirs).delete()


def _look_after(case: Case) -> None:
    if not engineer_is_here(case):
        _engineer_left(case)
        return
    _engineer_is_back(case)
    grant = led_by(case)
    if grant is not None and not _leads_still(grant):
        _nobody_leads(case, grant)


def _leads_still(grant: Grant) -> bool:
    account = account_by_mark(grant.mark)
    return account is not None and account.is_active and still_holds(actor_of(account), grant)


def _record(case: Case, action: str) -> None:
    append(actor=SYSTEM, action=action, subject_type="case", subject=case.pk, outcome="done")


def _nobody_leads(case: Case, grant: Grant) -> None:
    row = under_way(case)
    if row is not None:
        hand_over_lapse(row)
    lead_end(case, grant)
    replan(case)
    _record(case, "lead.ended")
    if case.state != CaseState.SEALED:
        notify(case, marks_of(case)[Role.ENGINEER], "nobody_leads")
        notify(case, grant.mark, "leads_no_more")


def _erase_on(case: Case, day: date) -> None:
    case.erase_on = day
    case.save(update_fields=["erase_on"])
    plan_erasure(case.pk, day)


def _engineer_left(case: Case) -> None:
    if case.engineer_left_on is not None:
        return
    day = months_later(clock.now().date(), KEPT_AFTER_LEAVING)
    row = under_way(case)
    if row is not None:
        hand_over_lapse(row)
    case.engineer_left_on = clock.now().date()
    case.save(update_fields=["engineer_left_on"])
    _erase_on(case, min(day, case.erase_on))
    replan(case)
    Grant.objects.filter(case=case, role=Role.SECOND_RATER, ends_at__gt=clock.now()).update(
        ends_at=clock.now()
    )
    _record(case, "engineer.left")
    grant = led_by(case)
    if grant is not None and case.state != CaseState.SEALED:
        notify(case, grant.mark, "engineer_left")


def _engineer_is_back(case: Case) -> None:
    if case.engineer_left_on is None:
        return
    case.engineer_left_on = None
    case.save(update_fields=["engineer_left_on"])
    org = organisation()
    closed = Closure.objects.filter(case=case).values_list("closed_on", flat=True).first()
    if case.state == CaseState.SEALED and closed is not None:
        _erase_on(case, erased_on(closed, org.erase_after_months))
    else:
        _erase_on(case, months_later(clock.now().date(), org.erase_unclosed_after_months))
    replan(case)
    _record(case, "engineer.back")


def _look_after_what_they_were_asked(account: Account, theirs: str) -> None:
    """End what somebody was asked for and cannot give any more: to take over, to look at evidence, to answer for HR."""
    for row in hand_overs_to(theirs):
        case = Case.objects.select_for_update().get(pk=row.case_id)
        still = HandOver.objects.filter(pk=row.pk, state=row.state).exists()
        if still and not (account.is_active and may_be_next(case, theirs)):
            hand_over_lapse(row)
    of_hr = account.is_active and OrgRole.HR.value in account.org_roles
    if of_hr or not account.is_active:
        looking = Grant.objects.filter(mark=theirs, role=Role.SECOND_RATER, ends_at__gt=clock.now())
        looking.update(ends_at=clock.now())
    if not of_hr:
        for packet in Packet.objects.filter(hr=theirs, step__in=[Step.ESCALATED, Step.ACCEPTED]):
            if not Notice.objects.filter(
                case=packet.case, key="hr_left", made_at__gte=packet.escalated_at
            ).exists():
                tell(packet, leads(packet), packet.engineer, key="hr_left")


def looked_after(account_id: UUID) -> None:
    """Look after the talks of an account, by its id; nothing where there is none."""
    account = Account.objects.filter(pk=account_id).first()
    if account is not None:
        places_changed(account)
