"""The one door to a case: it checks the grant, writes the audit row to disk, and only then unwraps the key.

No audit row, no plaintext. Somebody without a grant learns nothing: a case that is not theirs and one that does not
exist take the same path and end in the same answer.
"""

import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act, Actor, CaseState, Role, decide_case
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append, append_now
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault.envelope import DataKeyGone, Envelope
from fairlead.foundation.vault.marks import mark
from fairlead.people.models import OrgRole
from fairlead.people.selectors import people_managed_by
from fairlead.private.cases.keys import envelope_for
from fairlead.private.cases.models import Case, Grant


class NotForYou(Refused):
    """The case is open to this person, but this act belongs to somebody else or to another time."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that was opened for one act: the person, their role in it, and the envelope that reads its texts."""

    case: Case
    actor: Actor
    role: Role
    act: Act
    envelope: Envelope
    grant: Grant

    def must(self, act: Act) -> None:
        """Raise NotForYou unless the person may do this act now; services ask again, whatever the page did."""
        decision = decide_case(self.role, CaseState(self.case.state), act)
        if not decision.allowed:
            raise NotForYou(f"This cannot be done here: {decision.reason}.")

    def other_mark(self) -> str:
        """Return the keyed hash of the other of the two people; empty for the engineer while nobody leads."""
        other = Role.ENGINEER if self.role is Role.MANAGER else Role.MANAGER
        grant = Grant.objects.filter(case=self.case, role=other, ends_at=None).first()
        return grant.mark if grant else ""


def _valid_now() -> Q:
    now = clock.now()
    return (Q(ends_at=None) | Q(ends_at__gt=now)) & Q(starts_at__lte=now)


def _valid_grant(actor: Actor, case_id: uuid.UUID) -> Grant | None:
    return (
        Grant.objects.select_related("case", "case__incident")
        .filter(_valid_now(), case_id=case_id, mark=actor.mark)
        .order_by("-starts_at")
        .first()
    )


def still_holds(actor: Actor, grant: Grant) -> bool:
    """A manager's grant holds while they manage the engineer, a second rater's while they are not of HR."""
    if grant.role == Role.MANAGER:
        engineer = Grant.objects.get(case=grant.case, role=Role.ENGINEER).mark
        managed = people_managed_by(actor).values_list("pk", flat=True)
        return any(mark(account_id) == engineer for account_id in managed)
    return grant.role != Role.SECOND_RATER or OrgRole.HR.value not in actor.org_roles


def open_case(actor: Actor, case_id: uuid.UUID, act: Act) -> OpenCase:
    """Open a case for one act.

    Raises Http404 for somebody without a valid grant, whether or not the case exists; NotForYou when the grant does
    not allow the act. Every answer, granted or refused, is on disk in the audit trail before this returns.
    """
    grant = _valid_grant(actor, case_id)
    if grant is not None and not still_holds(actor, grant):
        grant = None
    role = Role(grant.role) if grant else None
    state = CaseState(grant.case.state) if grant else CaseState.OPEN
    decision = decide_case(role, state, act)
    append_now(
        actor=actor.mark,
        action=f"case.{act.value}",
        subject_type="case",
        subject=case_id,
        outcome="granted" if decision.allowed else "refused",
        reason=decision.reason,
    )
    if grant is None or role is None or (role is Role.SECOND_RATER and not decision.allowed):
        raise Http404
    if not decision.allowed:
        raise NotForYou(f"This cannot be done here: {decision.reason}.")
    try:
        envelope = envelope_for(grant)
    except DataKeyGone:
        raise Http404 from None
    return OpenCase(case=grant.case, actor=actor, role=role, act=act, envelope=envelope, grant=grant)


def record(opened: OpenCase, action: str, **detail: object) -> None:
    """Write the audit row and the outbox row of a change to a case, in the change's own transaction."""
    append(
        actor=opened.actor.mark,
        action=action,
        subject_type="case",
        subject=opened.case.pk,
        outcome="done",
        detail=detail,
    )
    today = clock.now().date()
    put("case_touched", key=f"touched:{opened.case.pk}:{today:%Y%m%d}", case=opened.case.pk, day=today)


def lock(opened: OpenCase) -> Case:
    """Return the case locked until the transaction ends, as it is now; changes to one case wait for one another.

    Raises Http404 when it was erased in the meantime or this person's grant has ended, Refused when it was handed over:
    what is written now would be sealed with a key that the next manager does not have.
    """
    case = Case.objects.select_for_update().filter(pk=opened.case.pk).first()
    if case is None or not Grant.objects.filter(_valid_now(), pk=opened.grant.pk).exists():
        raise Http404
    if case.data_key != opened.envelope.data_key_id:
        raise Refused(
            "Our talk was handed over in this moment. Open the page again; your words are still here."
        )
    return case
