"""What the team was told, for programs; a message is written and released by people alone."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from fairlead.commons.incidents.api import incident_for
from fairlead.commons.messages.models import TeamMessage
from fairlead.commons.messages.selectors import messages_of
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.problems import READING_ONE, Problem

router = Router(tags=["messages"])


class MessageTold(Schema):
    """A message to the team."""

    id: UUID
    words: str
    released_on: date


@router.get(
    "/incidents/{uuid:incident_id}/messages",
    response={200: list[MessageTold], READING_ONE: Problem},
    **needs(Scope.INCIDENTS_READ),
)
def messages_read(request: HttpRequest, incident_id: UUID) -> list[TeamMessage]:
    """What the team was told about an incident."""
    actor = request.auth.actor
    return messages_of(actor, incident_for(actor, incident_id))
