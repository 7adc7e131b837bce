"""Releasing a message to the team."""

import uuid
from collections.abc import Mapping

from django.db import transaction

from fairlead.commons.blameless import refuse_to_publish
from fairlead.commons.incidents.models import Incident
from fairlead.commons.messages.models import TeamMessage
from fairlead.commons.writing import refuse_readers
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put


def message_release(
    actor: Actor, *, message_id: uuid.UUID, incident: Incident, words: str, kept: Mapping[str, str]
) -> TeamMessage:
    """Put a message where the team reads it. The same id twice is one message.

    `kept` is why places that may tell who somebody was stay as they are. Raises Refused for an empty message or
    somebody who may not write; and NamesSomebody and NotYetDecided.
    """
    refuse_readers(actor)
    if not words.strip():
        raise Refused("The message is empty.", field="words")
    refuse_to_publish({"words": words}, kept=kept, zone=incident.zone)
    with transaction.atomic():
        message, made = TeamMessage.objects.get_or_create(
            pk=message_id, defaults={"incident": incident, "words": words, "released_on": clock.now().date()}
        )
        if made:
            append(
                actor=actor.mark,
                action="team_message.released",
                subject_type="incident",
                subject=incident.pk,
                outcome="done",
                detail={"kept": len(kept)},
            )
            put("commons_changed", what="team_message_released", incident=incident.pk, message=message.pk)
    return message
