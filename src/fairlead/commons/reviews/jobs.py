"""The background work of reviews: their days come round."""

from datetime import date
from uuid import UUID

from fairlead.commons.reviews.services import anniversary_come
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register


@register("review_anniversary")
def bring_back(row: OutboxRow) -> None:
    """Let a review come back on its day, and plan the next year's; done twice it comes back once."""
    anniversary_come(
        UUID(row.payload["review"]), years=row.payload["years"], day=date.fromisoformat(row.payload["day"])
    )
