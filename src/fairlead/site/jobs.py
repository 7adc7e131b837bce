"""The background work of the commons and of people: what changed in the commons can be found a moment later."""

from uuid import UUID

from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register
from fairlead.people.models import Account
from fairlead.private.checkins.jobs import replan_for
from fairlead.private.handover.leaving import looked_after
from fairlead.site.searched import index_changed, index_missing

_PLACES = frozenset({"team.joined", "team.left", "account.removed", "account.returned"})


@register("commons_changed")
def commons_changed(row: OutboxRow) -> None:
    """Something in the commons changed: search reads it again."""
    index_changed(row.payload)


@register("search_missing")
def search_missing(row: OutboxRow) -> None:
    """Make findable what was there before search was, a batch at a time."""
    index_missing()


@register("people_changed")
def people_changed(row: OutboxRow) -> None:
    """An account, a team or the organisation changed: check-ins move, and talks whose people go are looked after."""
    if row.payload["what"] == "working_times.set":
        replan_for(Account.objects.get(pk=row.payload["subject"]))
    elif row.payload["what"] in _PLACES:
        looked_after(UUID(row.payload["subject"]))
