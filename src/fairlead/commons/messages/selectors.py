"""Reading and drafting messages to the team."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.selectors import improvements_of
from fairlead.commons.incidents.models import Incident
from fairlead.commons.messages.models import TeamMessage
from fairlead.core.visibility import Actor
from fairlead.foundation.search.kinds import Piece


def messages_of(actor: Actor, incident: Incident) -> list[TeamMessage]:
    """Return what the team was told about an incident."""
    return list(TeamMessage.objects.filter(incident=incident))


def local(moment: datetime, zone: str) -> datetime:
    """Return a UTC moment on the clock of a zone."""
    return moment.astimezone(ZoneInfo(zone))


def improvement_lines(actor: Actor, incident: Incident) -> tuple[str, ...]:
    """Return one line for each improvement: what, whose, by when."""
    return tuple(
        f"{one.words.strip().rstrip('.')} ({one.owner}, by {one.due_on:%-d %B})"
        for one in improvements_of(actor, incident)
        if one.state != Improvement.State.DROPPED
    )


def message_pieces(incident_ids: Sequence[uuid.UUID]) -> Iterable[Piece]:
    """Return what the team was told about these incidents, for search."""
    for message in TeamMessage.objects.filter(incident__in=incident_ids):
        yield Piece(message.pk, message.incident_id, "What the team was told", message.words)
