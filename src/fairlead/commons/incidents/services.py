"""Writing incidents."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from fairlead.commons.blameless import refuse_people
from fairlead.commons.incidents.models import Incident, IncidentService
from fairlead.commons.writing import refuse_readers
from fairlead.core.refusal import Refused
from fairlead.core.services_named import services_named
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put


def _refuse_names(values: Mapping[str, Any]) -> None:
    refuse_people(**{name: value for name, value in values.items() if isinstance(value, str)})


def _tell(actor: Actor, incident: Incident, action: str) -> None:
    """Keep the services one by one, record what was done and let others know, in the caller's transaction."""
    named = services_named(incident.services)
    kept = IncidentService.objects.filter(incident=incident)
    kept.exclude(name__in=named).delete()
    kept.update(started_at=incident.started_at)
    IncidentService.objects.bulk_create(
        [IncidentService(incident=incident, name=name, started_at=incident.started_at) for name in named],
        ignore_conflicts=True,
    )
    append(actor=actor.mark, action=action, subject_type="incident", subject=incident.pk, outcome="done")
    put("commons_changed", what=action, incident=incident.pk)


def incident_record(actor: Actor, *, incident_id: uuid.UUID, values: Mapping[str, Any]) -> Incident:
    """Record an incident under the id its form was given, so that a form sent twice makes one incident.

    Raises Refused for somebody who may not write, and NamesSomebody.
    """
    refuse_readers(actor)
    _refuse_names(values)
    with transaction.atomic():
        incident, made = Incident.objects.get_or_create(pk=incident_id, defaults=dict(values))
        if made:
            _tell(actor, incident, "incident.recorded")
    return incident


def incident_change(
    actor: Actor, *, incident_id: uuid.UUID, edition: int, values: Mapping[str, Any]
) -> Incident:
    """Change an incident that still is in the edition its form was made from.

    Raises Refused when somebody else changed it meanwhile, or when the actor may not write; and NamesSomebody.
    """
    refuse_readers(actor)
    _refuse_names(values)
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=incident_id)
        if incident.edition != edition:
            raise Refused(
                "Somebody else changed this incident while you were writing. Your words are still here: compare "
                "them with the incident in another tab, then save again.",
                field="edition",
            )
        for name, value in values.items():
            setattr(incident, name, value)
        incident.edition += 1
        incident.save()
        _tell(actor, incident, "incident.changed")
    return incident
