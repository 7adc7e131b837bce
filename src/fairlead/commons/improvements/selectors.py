"""Reading improvements."""

import uuid
from collections.abc import Iterable, Sequence

from fairlead.commons.improvements.models import DecisionDay, Following, Improvement, ImprovementStep
from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import Actor
from fairlead.foundation.search.kinds import Piece


def improvements_of(actor: Actor, incident: Incident) -> list[Improvement]:
    """Return the improvements of an incident with the factors they answer, earliest day first."""
    return list(Improvement.objects.filter(incident=incident).prefetch_related("factors"))


def decision_day_of(actor: Actor, incident: Incident) -> DecisionDay | None:
    """Return the day on which a better improvement will be decided, or None."""
    return DecisionDay.objects.filter(incident=incident).first()


def improvement_get(actor: Actor, improvement_id: object) -> Improvement | None:
    """Return an improvement, or None."""
    return (
        Improvement.objects.select_related("incident")
        .prefetch_related("factors")
        .filter(pk=improvement_id)
        .first()
    )


def steps_of(actor: Actor, improvement: Improvement) -> list[ImprovementStep]:
    """Return what was done with an improvement, the latest first."""
    return list(improvement.steps.all())


def follows(actor: Actor, improvement: Improvement) -> bool:
    """Tell whether this actor asked to be reminded of it."""
    return Following.objects.filter(improvement=improvement, mark=actor.mark).exists()


def improvement_pieces(incident_ids: Sequence[uuid.UUID]) -> Iterable[Piece]:
    """Return the words of the improvements of these incidents for search."""
    for one in Improvement.objects.filter(incident__in=incident_ids):
        yield Piece(one.pk, one.incident_id, one.words, one.owner)
