"""Putting work into the outbox, and looking at what waits there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from fairlead.foundation import clock
from fairlead.foundation.codes import code, codes
from fairlead.foundation.outbox.models import OutboxRow

_WAITING = Q(done_at__isnull=True, dead_at__isnull=True)


def put(kind: str, *, run_after: datetime | None = None, key: str | None = None, **ids: object) -> OutboxRow:
    """Write down work in the caller's transaction, to be done after it commits and not before `run_after`.

    `ids` are ids and short codes, which is all a handler gets: it reads the rest through its own selectors.
    Work with a `key` that is already known is not written twice; the first row is returned. Raises NotACode
    (a ValueError) for a payload that could hold words, and TransactionManagementError outside a transaction,
    where the work could be written down without the change it belongs to.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "Work is put into the outbox inside the transaction it belongs to."
        )
    code("kind", kind)
    code("key", key)
    row = OutboxRow(kind=kind, payload=codes(ids), run_after=run_after or clock.now(), idempotency_key=key)
    if key is None:
        row.save(force_insert=True)
        return row
    OutboxRow.objects.bulk_create([row], ignore_conflicts=True)
    return OutboxRow.objects.get(idempotency_key=key)


@dataclass(frozen=True, slots=True)
class Standing:
    """How much work waits, for how long the oldest that is due has waited, and how much was given up."""

    waiting: int
    overdue: timedelta
    dead: int


def standing() -> Standing:
    """Return how the outbox stands now, for the doctor and the settings page."""
    now = clock.now()
    oldest = OutboxRow.objects.filter(_WAITING, run_after__lte=now).aggregate(oldest=Min("run_after"))[
        "oldest"
    ]
    return Standing(
        waiting=OutboxRow.objects.filter(_WAITING).count(),
        overdue=now - oldest if oldest else timedelta(0),
        dead=dead_letters().count(),
    )


def dead_letters() -> QuerySet[OutboxRow]:
    """Return the work that was given up after its last attempt, newest first."""
    return OutboxRow.objects.filter(dead_at__isnull=False).order_by("-dead_at")


def revive(row_id: UUID) -> bool:
    """Let a piece of work that was given up start again, from its first attempt.

    Returns whether there was one.
    """
    return bool(
        OutboxRow.objects.filter(pk=row_id, dead_at__isnull=False).update(
            dead_at=None, attempts=0, run_after=clock.now(), leased_until=None, lease_token=None
        )
    )


def forget_done(*, before: datetime) -> int:
    """Delete work that was done before a moment.

    Returns how many rows went. Their keys are free again afterwards.
    """
    deleted, _ = OutboxRow.objects.filter(done_at__lt=before).delete()
    return deleted
