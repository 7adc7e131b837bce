"""An incident with everything that belongs to it, in the shapes that programs know."""

from django.db.models import Prefetch, prefetch_related_objects

from fairlead.commons.factors.api import FactorTold, NamedAnswer
from fairlead.commons.impact.api import ImpactTold, impact_told
from fairlead.commons.improvements.api import DecisionDayTold, ImprovementTold
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.incidents.api import IncidentWhole
from fairlead.commons.incidents.models import Incident
from fairlead.commons.messages.api import MessageTold
from fairlead.commons.reviews.api import ReviewTold
from fairlead.commons.timeline.api import EntryTold
from fairlead.commons.timeline.models import Entry


class IncidentExported(IncidentWhole):
    """An incident with everything that belongs to it."""

    impact: ImpactTold | None
    timeline: list[EntryTold]
    answers: list[NamedAnswer]
    factors: list[FactorTold]
    improvements: list[ImprovementTold]
    decision_day: DecisionDayTold | None
    messages: list[MessageTold]
    review: ReviewTold | None

    @staticmethod
    def resolve_impact(incident: Incident) -> dict[str, object] | None:
        """Return what it cost, or None while nobody has said."""
        inputs = getattr(incident, "impact_inputs", None)
        return impact_told(incident, inputs) if inputs else None

    @staticmethod
    def resolve_timeline(incident: Incident) -> list[Entry]:
        """Return its entries."""
        return list(incident.entries.all())

    @staticmethod
    def resolve_answers(incident: Incident) -> list[object]:
        """Return the answers to the questions about it."""
        return sorted(incident.factor_answers.all(), key=lambda one: one.question)

    @staticmethod
    def resolve_decision_day(incident: Incident) -> object:
        """Return the day on which a better improvement is decided, if one was named."""
        return getattr(incident, "decision_day", None)

    @staticmethod
    def resolve_messages(incident: Incident) -> list[object]:
        """Return what the team was told."""
        return list(incident.team_messages.all())

    @staticmethod
    def resolve_review(incident: Incident) -> object:
        """Return the review as it was published last, or None."""
        review = getattr(incident, "review", None)
        return next(iter(review.publications.all()), None) if review else None


def with_timeline(incidents: list[Incident]) -> None:
    """Fetch the entries of these incidents, without those that were taken out."""
    prefetch_related_objects(incidents, Prefetch("entries", Entry.objects.filter(taken_out=False)))


def with_factors(incidents: list[Incident]) -> None:
    """Fetch the conditions named about these incidents."""
    prefetch_related_objects(incidents, "factors")


def with_everything(incidents: list[Incident]) -> None:
    """Fetch all that belongs to these incidents, with the same few questions however many they are."""
    with_timeline(incidents)
    with_factors(incidents)
    prefetch_related_objects(
        incidents,
        "factor_answers",
        Prefetch("improvements", Improvement.objects.prefetch_related("factors")),
        "decision_day",
        "impact_inputs__profile",
        "team_messages",
        "review__publications",
    )


def as_json(incident: Incident) -> str:
    """Return an incident that was fetched with everything as one line of JSON."""
    return IncidentExported.from_orm(incident).model_dump_json()
