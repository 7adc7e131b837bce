"""The one writer of the audit trail."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from fairlead.foundation import clock
from fairlead.foundation.audit.chain import EMPTY, Head
from fairlead.foundation.audit.models import AuditEntry, AuditHead, Outcome
from fairlead.foundation.codes import NotACode, code, codes

SYSTEM = "system"
_LONGEST_REASON = 200


def append(
    *,
    actor: str,
    action: str,
    subject_type: str,
    subject: str | UUID,
    outcome: str,
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Add an entry in the caller's transaction, so that it stands or falls with what it records.

    `actor` is a participant's mark or "system"; `subject` an id; `outcome` granted, refused or done; `reason`
    one of our own fixed sentences or codes (at most 200 characters), never somebody's words; `detail` ids and
    codes. Writers wait for one another until the transaction ends. Raises NotACode (a ValueError) for
    anything else.
    """
    values = {
        name: str(code(name, value) or "")
        for name, value in (
            ("actor", actor),
            ("action", action),
            ("subject_type", subject_type),
            ("subject", subject),
        )
    }
    if outcome not in Outcome.values:
        raise NotACode("outcome is granted, refused or done.")
    if len(reason) > _LONGEST_REASON:
        raise NotACode(f"reason has at most {_LONGEST_REASON} characters.")
    checked = codes(detail or {})
    with transaction.atomic():
        last = _locked_head()
        entry = AuditEntry(
            sequence=last.sequence + 1,
            at=clock.now(),
            outcome=outcome,
            reason=reason,
            detail=checked,
            previous_hash=last.hash,
            **values,
        )
        entry.hash = entry.expected_hash()
        entry.save()
        last.sequence, last.hash = entry.sequence, entry.hash
        last.save(update_fields=["sequence", "hash"])
    return entry


def append_now(
    *,
    actor: str,
    action: str,
    subject_type: str,
    subject: str | UUID,
    outcome: str,
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Add an entry like `append`, in a transaction of its own that is on disk when this returns.

    For decisions of access: they are kept whatever happens next, and come before anything is unwrapped.
    Raises RuntimeError inside a transaction, where the entry could still be taken back.
    """
    with transaction.atomic(durable=True):
        return append(
            actor=actor,
            action=action,
            subject_type=subject_type,
            subject=subject,
            outcome=outcome,
            reason=reason,
            detail=detail,
        )


def head() -> Head:
    """Return the end of the chain, to be kept in a second place."""
    row = AuditHead.objects.first()
    return EMPTY if row is None else row.as_head()


def _locked_head() -> AuditHead:
    # SQLite holds its write lock from the start of an IMMEDIATE transaction; PostgreSQL waits at this row.
    AuditHead.objects.bulk_create([AuditHead()], ignore_conflicts=True)
    return AuditHead.objects.select_for_update().get()
