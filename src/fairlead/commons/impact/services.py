"""Writing what an incident cost."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from fairlead.commons.blameless import refuse_people
from fairlead.commons.impact.models import ImpactInputs
from fairlead.commons.impact.selectors import counted
from fairlead.commons.incidents.models import Incident
from fairlead.commons.writing import refuse_readers
from fairlead.core.impact import ImpactError
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put


def impact_write(actor: Actor, *, incident: Incident, values: Mapping[str, Any]) -> ImpactInputs:
    """Keep the inputs of an incident's impact.

    Raises Refused when they contradict one another, naming the field, or for somebody who may not write; and
    NamesSomebody.
    """
    refuse_readers(actor)
    refuse_people(**{name: value for name, value in values.items() if isinstance(value, str)})
    inputs = ImpactInputs(incident=incident, **values)
    try:
        counted(incident, inputs)
    except ImpactError as error:
        raise Refused(str(error), field=error.field) from None
    with transaction.atomic():
        inputs, _ = ImpactInputs.objects.update_or_create(incident=incident, defaults=dict(values))
        append(
            actor=actor.mark,
            action="impact.written",
            subject_type="incident",
            subject=incident.pk,
            outcome="done",
        )
        put("commons_changed", what="impact_written", incident=incident.pk)
    return inputs
