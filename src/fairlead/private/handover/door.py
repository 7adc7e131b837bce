"""The door of whoever is asked to go on with a talk: it opens the question, never the talk."""

import uuid
from dataclasses import dataclass

from django.http import Http404

from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import append_now
from fairlead.private.handover.models import HandOver
from fairlead.private.handover.selectors import may_be_next


@dataclass(frozen=True, slots=True)
class Offer:
    """A hand-over that waits for this person's answer. There is no key in it."""

    row: HandOver
    actor: Actor


def open_offer(actor: Actor, hand_over_id: uuid.UUID, act: str) -> Offer:
    """Open what somebody is asked.

    Raises Http404 for everybody who is not asked, or may not take over any more, whether or not it exists. Every
    answer is in the trail before this returns.
    """
    row = (
        HandOver.objects.select_related("case__incident")
        .filter(pk=hand_over_id, to=actor.mark, state=HandOver.State.AGREED)
        .first()
    )
    allowed = row is not None and may_be_next(row.case, actor.mark)
    append_now(
        actor=actor.mark,
        action=f"hand_over.{act}",
        subject_type="hand_over",
        subject=hand_over_id,
        outcome="granted" if allowed else "refused",
        reason="asked to go on with it" if allowed else "not asked",
    )
    if row is None or not allowed:
        raise Http404
    return Offer(row, actor)
