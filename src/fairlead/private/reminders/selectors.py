"""What stands in somebody's calendar."""

import hashlib
from dataclasses import dataclass

from fairlead.papers.feed import FeedEvent
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.selectors import own_checkins

_EDITION = "1"  # of what a feed looks like; raised when its bytes change for the same events


@dataclass(frozen=True, slots=True)
class Feed:
    """The events of somebody's calendar, and a mark that changes when they do."""

    events: tuple[FeedEvent, ...]
    etag: str


def feed_of(account: Account) -> Feed:
    """Return the check-ins of somebody, missed ones aside: they were caught up on another day."""
    events = tuple(
        FeedEvent(row.pk, row.at, row.sequence, row.changed_at)
        for row in own_checkins(actor_of(account))
        if row.state != CheckIn.State.MISSED
    )
    whole = repr([(_EDITION, str(one.id), one.at, one.sequence, one.changed_at) for one in events])
    return Feed(events, f'"{hashlib.sha256(whole.encode()).hexdigest()[:32]}"')
