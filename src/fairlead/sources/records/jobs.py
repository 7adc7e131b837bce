"""The background work of sources."""

from uuid import UUID

from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register, register_outside
from fairlead.sources.records.services import source_erase_if_due


@register_outside("source_erase")
def erase(row: OutboxRow) -> None:
    """Erase a source whose day has come; its steps commit one by one, so that the key is gone before the rows are."""
    source_erase_if_due(UUID(row.payload["source"]))


@register("source_changed")
def source_changed(row: OutboxRow) -> None:
    """Something changed in a source: nobody outside listens, and nobody will."""
