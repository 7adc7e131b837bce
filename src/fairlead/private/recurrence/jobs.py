"""The background work of what happened again."""

from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register
from fairlead.private.recurrence.filing import file_what_waits


@register("debts_file")
def debts_file(row: OutboxRow) -> None:
    """File the misses of the week."""
    file_what_waits()
