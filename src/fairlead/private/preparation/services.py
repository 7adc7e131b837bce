"""Noting that a manager is prepared."""

from django.db import transaction

from fairlead.commons.incidents.models import Incident
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.private.preparation.models import Preparation


def preparation_done(actor: Actor, *, incident: Incident) -> Preparation:
    """Keep the moment at which this manager was prepared, the first one if it is said twice.

    Raises Refused for somebody who manages no team.
    """
    if not actor.is_manager:
        raise Refused("Preparing a talk is for people who manage a team.")
    with transaction.atomic():
        preparation, made = Preparation.objects.get_or_create(
            mark=actor.mark, incident=incident, defaults={"prepared_at": clock.now()}
        )
        if made:
            append(
                actor=actor.mark,
                action="preparation.done",
                subject_type="preparation",
                subject=preparation.pk,
                outcome="done",
            )
            put("private_changed", what="preparation", preparation=preparation.pk)
    return preparation
