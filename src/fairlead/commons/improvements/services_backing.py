"""What stands behind an improvement: kept with it, so that a board of thousands asks no proof.

Proofs and waivers decide it; they are told of in `commons.proofs`, which calls these.
"""

import uuid
from datetime import timedelta

from django.db import transaction

from fairlead.commons.improvements.models import Improvement, ImprovementStep, Reminder
from fairlead.core.improvements import Backing
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.people.selectors import today

RAN_OUT = "s"  # how the stages of reminders begin that are about a proof or waiver, not about the due day


def improvement_held(improvement_id: uuid.UUID) -> Improvement | None:
    """Return an improvement, held until the caller's transaction ends, or None."""
    return Improvement.objects.select_for_update().filter(pk=improvement_id).first()


def improvement_backed(actor: Actor, improvement: Improvement, backing: Backing, *, what: str = "") -> None:
    """Keep what stands behind an improvement that is held; `what` is the step to be told in its history.

    Where nothing backs it any more it counted until yesterday, so that everybody sees what was lost. Takes no words.
    """
    day = today()
    until, by = backing.until, backing.by
    if until is None and improvement.done_until is not None:
        until, by = min(improvement.done_until, day - timedelta(days=1)), improvement.done_by
    if until is not None and (improvement.done_until is None or until > improvement.done_until):
        Reminder.objects.filter(improvement=improvement, stage__startswith=RAN_OUT).delete()
    improvement.proof_state, improvement.proved_on = backing.state, backing.proved_on
    improvement.done_by, improvement.done_until = by, until
    improvement.waits = improvement.state != Improvement.State.DROPPED and (until is None or until < day)
    with transaction.atomic():
        if what:
            improvement.edition += 1
            ImprovementStep.objects.create(
                improvement=improvement, edition=improvement.edition, what=what, on=day
            )
            append(
                actor=actor.mark,
                action=f"improvement.{what}",
                subject_type="improvement",
                subject=improvement.pk,
                outcome="done",
                detail={"incident": improvement.incident_id},
            )
            put(
                "commons_changed",
                what=f"improvement_{what}",
                incident=improvement.incident_id,
                improvement=improvement.pk,
            )
        improvement.save(
            update_fields=["proof_state", "proved_on", "done_by", "done_until", "waits", "edition"]
        )


def ended_now_wait() -> int:
    """Let what counted until yesterday wait again; returns how many. Every midnight, and before reminders."""
    ended = Improvement.objects.filter(waits=False, done_until__lt=today())
    return ended.exclude(state=Improvement.State.DROPPED).update(waits=True)
