"""Noting that a manager is prepared, and asking one's manager for the talk."""

from datetime import UTC, datetime, time

from django.db import transaction

from fairlead.commons.incidents.models import Incident
from fairlead.core.months import months_later
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.core.working_days import working_days_later
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault.marks import mark
from fairlead.people.selectors import managers_of, organisation
from fairlead.private.preparation.models import Preparation, TalkRequest

# The talk that never happens is one of the five traps: reminders after one and three working days (playbook §3).
NUDGE_AFTER = (1, 3)


def _forgotten_at() -> datetime:
    day = months_later(clock.now().date(), organisation().erase_unclosed_after_months)
    return datetime.combine(day, time(0), UTC)


def preparation_done(actor: Actor, *, incident: Incident) -> Preparation:
    """Keep the moment at which this manager was prepared, the first one if it is said twice.

    Raises Refused for somebody who manages no team.
    """
    if not actor.is_manager:
        raise Refused("Preparing a talk is for people who manage a team.")
    with transaction.atomic():
        preparation, made = Preparation.objects.get_or_create(
            mark=actor.mark, incident=incident, defaults={"prepared_at": clock.now()}
        )
        if made:
            append(
                actor=actor.mark,
                action="preparation.done",
                subject_type="preparation",
                subject=preparation.pk,
                outcome="done",
            )
            put("before_talk_forget", run_after=_forgotten_at(), preparation=preparation.pk)
            for days in NUDGE_AFTER:
                put(
                    "talk_nudge",
                    run_after=working_days_later(preparation.prepared_at, days),
                    preparation=preparation.pk,
                )
    return preparation


def talk_ask(actor: Actor, *, incident: Incident) -> None:
    """Ask one's own managers for the talk; asking again changes nothing. Raises Refused for somebody without one."""
    managers = managers_of(actor)
    if not managers:
        raise Refused("You are in no team with a manager here, so there is nobody to ask.")
    with transaction.atomic():
        for manager in managers:
            request, made = TalkRequest.objects.get_or_create(
                asked_by=actor.mark,
                asked_of=mark(manager.pk),
                incident=incident,
                defaults={"asked_at": clock.now()},
            )
            if made:
                append(
                    actor=actor.mark,
                    action="talk.asked",
                    subject_type="talk_request",
                    subject=request.pk,
                    outcome="done",
                )
                put("talk_asked", request=request.pk)
                put("before_talk_forget", run_after=_forgotten_at(), request=request.pk)
