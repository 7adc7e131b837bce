"""Writing improvements."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from fairlead.commons.blameless import refuse_people
from fairlead.commons.factors.models import Factor
from fairlead.commons.improvements.models import DecisionDay, Improvement
from fairlead.commons.incidents.models import Incident
from fairlead.commons.writing import refuse_readers
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put


def improvement_plan(
    actor: Actor,
    *,
    improvement_id: uuid.UUID,
    incident: Incident,
    words: str,
    strength: str,
    owner: str,
    due_on: date,
    factors: Iterable[Factor],
    tracker_link: str = "",
) -> Improvement:
    """Plan an improvement, or change the one with this id.

    Raises Refused when no factor of this incident is answered by it, or for somebody who may not write; and
    NamesSomebody.
    """
    refuse_readers(actor)
    answered = [factor for factor in factors if factor.incident_id == incident.pk]
    if not answered:
        raise Refused(
            "Choose at least one condition that this answers. Name the condition first if it is not there.",
            field="factors",
        )
    refuse_people(words=words, owner=owner, tracker_link=tracker_link)
    with transaction.atomic():
        if Improvement.objects.filter(pk=improvement_id).exclude(incident=incident).exists():
            raise Refused("This improvement belongs to another incident. Open the page again.")
        improvement, made = Improvement.objects.update_or_create(
            pk=improvement_id,
            defaults={
                "incident": incident,
                "words": words,
                "strength": strength,
                "owner": owner,
                "due_on": due_on,
                "tracker_link": tracker_link,
            },
        )
        improvement.factors.set(answered)
        append(
            actor=actor.mark,
            action="improvement.planned" if made else "improvement.changed",
            subject_type="improvement",
            subject=improvement.pk,
            outcome="done",
            detail={"incident": incident.pk, "strength": strength},
        )
        put("commons_changed", what="improvement_planned", incident=incident.pk, improvement=improvement.pk)
    return improvement


def decision_day_set(actor: Actor, *, incident: Incident, owner: str, due_on: date) -> DecisionDay:
    """Name the day on which an improvement above weaker will be decided. Raises as `improvement_plan` does."""
    refuse_readers(actor)
    refuse_people(owner=owner)
    with transaction.atomic():
        day, _ = DecisionDay.objects.update_or_create(
            incident=incident, defaults={"owner": owner, "due_on": due_on}
        )
        append(
            actor=actor.mark,
            action="decision_day.set",
            subject_type="incident",
            subject=incident.pk,
            outcome="done",
        )
        put("commons_changed", what="decision_day_set", incident=incident.pk)
    return day
