"""The background work of the formal path."""

from uuid import UUID

from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register_outside
from fairlead.people.actors import account_by_mark
from fairlead.private.formal.erasure import packet_destroy_if_due
from fairlead.private.reminders.sending import NOTE, send_mail


@register_outside("packet_destroy")
def destroy(row: OutboxRow) -> None:
    """Destroy a packet that is over, or whose day has come."""
    packet_destroy_if_due(UUID(row.payload["packet"]))


@register_outside("formal_told")
def mail(row: OutboxRow) -> None:
    """Say by mail that something waits: a neutral subject and a link, nothing else."""
    account = account_by_mark(row.payload["mark"])
    if account is not None and account.is_active:
        send_mail(account, subject=NOTE, idempotency=row.idempotency)
