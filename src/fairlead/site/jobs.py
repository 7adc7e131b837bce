"""The background work of the commons and of people: for now nobody listens to their changes.

Search and the organisation's own webhooks will; until then a change is acknowledged and that is all.
"""

from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register


@register("commons_changed")
def commons_changed(row: OutboxRow) -> None:
    """Something in the commons changed."""


@register("people_changed")
def people_changed(row: OutboxRow) -> None:
    """An account, a team or the organisation changed."""
