"""Writing incidents."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from fairlead.commons.blameless import refuse_people
from fairlead.commons.incidents.models import Incident, IncidentService
from fairlead.commons.writing import refuse_readers
from fairlead.core.localtime import Problem, order_problems
from fairlead.core.refusal import Refused
from fairlead.core.services_named import services_named
from fairlead.core.timeline import MOMENTS
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
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


def moment_set(
    actor: Actor, *, incident_id: uuid.UUID, moment: str, at: datetime | None, was: datetime | None
) -> Incident:
    """Correct one of the known moments, a name of MOMENTS; None takes it back to not known.

    `was` is what stood there when the person looked: so two who correct different moments do not stop each other,
    and the same correction sent twice is made once. Raises Refused when somebody else set this moment meanwhile,
    when it contradicts the others (field `at`), or for somebody who may not write.
    """
    refuse_readers(actor)
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=incident_id)
        standing = getattr(incident, f"{moment}_at")
        if standing == at:
            return incident
        if standing != was:
            raise Refused(
                "Somebody else corrected this moment while you were looking. Look at it again, then save.",
                field="was",
            )
        before = _contradictions(incident)
        setattr(incident, f"{moment}_at", at)
        for problem in _contradictions(incident):
            if problem not in before:
                raise Refused(problem.message, field="at")
        incident.edition += 1
        incident.save()
        _tell(actor, incident, "incident.changed")
    return incident


def _contradictions(incident: Incident) -> tuple[Problem, ...]:
    moments = {name: getattr(incident, f"{name}_at") for name in MOMENTS}
    return order_problems(**moments, now=clock.now())
