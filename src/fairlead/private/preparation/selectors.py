"""Reading one's own preparation."""

from django.db.models import Exists, OuterRef

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import Actor
from fairlead.private.cases.models import Grant
from fairlead.private.preparation.models import Preparation


def own_preparation(actor: Actor, incident: Incident | None) -> Preparation | None:
    """Return this person's own preparation for an incident, or None."""
    return Preparation.objects.filter(mark=actor.mark, incident=incident).first() if incident else None


def prepared_without_talk(actor: Actor) -> list[Preparation]:
    """Return what this person prepared for and has not begun yet, oldest first."""
    begun = Grant.objects.filter(mark=actor.mark, case__incident=OuterRef("incident"))
    waiting = Preparation.objects.select_related("incident").filter(
        ~Exists(begun), mark=actor.mark, incident__isnull=False
    )
    return list(waiting.order_by("prepared_at"))
