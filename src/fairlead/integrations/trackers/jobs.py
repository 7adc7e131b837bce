"""The background work of trackers: a round each hour, and a look at an issue as soon as it is linked."""

from fairlead.commons.improvements.models import Improvement
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register_outside
from fairlead.integrations.trackers.services import look, round_go


@register_outside("trackers_round")
def go_round(row: OutboxRow) -> None:
    """Look at some issues of one tracker."""
    round_go(row.payload["tool"])


@register_outside("tracker_look")
def look_at_one(row: OutboxRow) -> None:
    """Look at the issue of one improvement; where the tracker says to wait, the next round will."""
    improvement = Improvement.objects.filter(pk=row.payload["improvement"]).first()
    if improvement is not None:
        look(improvement)
