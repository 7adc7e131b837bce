"""Reading one's own preparation, and who asked one for a talk."""

from django.db.models import Exists, OuterRef, QuerySet

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import Actor
from fairlead.private.cases.models import Grant
from fairlead.private.preparation.models import Preparation, TalkRequest


def own_preparation(actor: Actor, incident: Incident | None) -> Preparation | None:
    """Return this person's own preparation for an incident, or None."""
    return Preparation.objects.filter(mark=actor.mark, incident=incident).first() if incident else None


def waiting_preparations() -> QuerySet[Preparation]:
    """Return everybody's preparations after which no talk has begun; for the reminders alone."""
    begun = Grant.objects.filter(mark=OuterRef("mark"), case__incident=OuterRef("incident"))
    return Preparation.objects.select_related("incident").filter(~Exists(begun), incident__isnull=False)


def prepared_without_talk(actor: Actor) -> list[Preparation]:
    """Return what this person prepared for and has not begun yet, oldest first."""
    return list(waiting_preparations().filter(mark=actor.mark).order_by("prepared_at"))


def _begun_between(request: TalkRequest) -> bool:
    mine = Grant.objects.filter(mark=request.asked_of, case__incident=request.incident).values("case")
    return Grant.objects.filter(mark=request.asked_by, case__in=mine).exists()


def requests_to(actor: Actor) -> list[TalkRequest]:
    """Return the talks this person was asked for and has not begun, oldest first."""
    asked = TalkRequest.objects.select_related("incident").filter(asked_of=actor.mark, incident__isnull=False)
    return [request for request in asked.order_by("asked_at") if not _begun_between(request)]


def has_asked(actor: Actor, incident: Incident) -> bool:
    """Tell whether this person has asked for a talk about an incident."""
    return TalkRequest.objects.filter(asked_by=actor.mark, incident=incident).exists()
