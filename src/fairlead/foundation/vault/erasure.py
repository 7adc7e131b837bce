"""Erasure in an order that survives a kill: first the ledger, then the key, then the rows.

Once the ledger knows of an erasure it will be finished, here or in a restored backup. Once the key is gone
nothing can be read, even where rows or copies of them are still about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from fairlead.foundation import clock
from fairlead.foundation.vault import erased_log
from fairlead.foundation.vault.envelope import destroy
from fairlead.foundation.vault.models import ErasureLedger, ErasureStage


class ErasureOutOfOrder(Exception):  # noqa: N818 -- named for what has happened
    """A stage of an erasure before the one that has to come first."""


@contextmanager
def erasing(subject: UUID, *data_keys: UUID) -> Iterator[None]:
    """Erase in order, each step on disk before the next: ledger, keys, and then the rows that the block deletes.

    The block is one transaction with the end of the erasure. All of it may be repeated, also after a kill half way.
    """
    begin(subject)
    for data_key in data_keys:
        key_destroyed(subject, data_key)
    with transaction.atomic():
        yield
        finish(subject)


def begin(subject: UUID) -> ErasureLedger:
    """Enter `subject` (the id of a case) in the ledger; once it is there, doing it again changes nothing."""
    entry, _ = ErasureLedger.objects.get_or_create(subject=subject, defaults={"erased_at": clock.now()})
    return entry


def key_destroyed(subject: UUID, data_key_id: UUID) -> ErasureLedger:
    """Destroy the subject's data key and record it, in one transaction; repeating it is harmless.

    Before that the log outside the database learns of it, so that no older backup brings the subject back. It also
    destroys a key that a restored backup has brought back after a finished erasure. Raises
    ErasureOutOfOrder when the ledger does not know the subject.
    """
    with transaction.atomic():
        entry = ErasureLedger.objects.select_for_update().filter(subject=subject).first()
        if entry is None:
            raise ErasureOutOfOrder("An erasure begins in the ledger, before its key is destroyed.")
        erased_log.note(subject, data_key_id)
        destroy(data_key_id)
        if entry.stage == ErasureStage.BEGUN:
            entry.stage = ErasureStage.KEY_DESTROYED
            entry.save(update_fields=["stage"])
        return entry


def finish(subject: UUID) -> ErasureLedger:
    """Record that the subject's rows are deleted, in the transaction that deleted them.

    Repeating it is harmless. Raises ErasureOutOfOrder while its key is still there.
    """
    with transaction.atomic():
        entry = ErasureLedger.objects.select_for_update().filter(subject=subject).first()
        if entry is None or entry.stage == ErasureStage.BEGUN:
            raise ErasureOutOfOrder("The key is destroyed before the rows are.")
        entry.stage = ErasureStage.FINISHED
        entry.save(update_fields=["stage"])
        return entry


def unfinished() -> QuerySet[ErasureLedger]:
    """Return the erasures that were begun and not finished, oldest first, for the worker to go on with."""
    return ErasureLedger.objects.exclude(stage=ErasureStage.FINISHED).order_by("erased_at")


def is_erased(subject: UUID) -> bool:
    """Return whether the ledger knows of this subject's erasure, at whatever stage."""
    return ErasureLedger.objects.filter(subject=subject).exists()
