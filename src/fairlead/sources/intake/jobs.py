"""The background work of imports."""

from uuid import UUID

from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register_outside
from fairlead.sources.intake.runs import run_work


@register_outside("import_run")
def go_on(row: OutboxRow) -> None:
    """Put the next incidents of an import on record; each is a transaction of its own."""
    run_work(UUID(row.payload["run"]))
