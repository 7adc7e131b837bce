"""Writing improvements."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from fairlead.commons.blameless import refuse_people
from fairlead.commons.factors.models import Factor
from fairlead.commons.improvements.models import DecisionDay, Following, Improvement, ImprovementStep
from fairlead.commons.improvements.services_reminders import reminders_begin
from fairlead.commons.incidents.models import Incident
from fairlead.commons.writing import refuse_readers
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.people.selectors import today

_FIELDS = {
    "words": "What will change",
    "strength": "Strength",
    "owner": "Owner",
    "due_on": "Day",
    "tracker_link": "Tracker",
}


def _tell(actor: Actor, improvement: Improvement, what: str, words: str = "", **detail: object) -> None:
    """Keep the step, record it and let others know, in the caller's transaction."""
    ImprovementStep.objects.create(
        improvement=improvement, edition=improvement.edition, what=what, on=today(), words=words
    )
    append(
        actor=actor.mark,
        action=f"improvement.{what}",
        subject_type="improvement",
        subject=improvement.pk,
        outcome="done",
        detail={"incident": improvement.incident_id, **detail},
    )
    put(
        "commons_changed",
        what=f"improvement_{what}",
        incident=improvement.incident_id,
        improvement=improvement.pk,
    )


def _look_at_tracker(improvement: Improvement) -> None:
    if improvement.tracker_link:
        put("tracker_look", improvement=improvement.pk)


def _held(improvement_id: uuid.UUID, edition: int) -> Improvement:
    """Return the improvement, held until the transaction ends, if it still is in this edition."""
    improvement = Improvement.objects.select_for_update().get(pk=improvement_id)
    if improvement.edition != edition:
        raise Refused(
            "Somebody else changed this improvement while you were writing. Your words are still here: compare "
            "them with the improvement in another tab, then save again.",
            field="edition",
        )
    return improvement


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
    edition: int | None = None,
) -> Improvement:
    """Plan an improvement under the id its form was given; with an edition, change the one that is there.

    A form sent twice makes one improvement. Raises Refused when no factor of this incident is answered by it, when
    somebody else changed it meanwhile, or for somebody who may not write; and NamesSomebody.
    """
    refuse_readers(actor)
    answered = [factor for factor in factors if factor.incident_id == incident.pk]
    if not answered:
        raise Refused(
            "Choose at least one condition that this answers. Name the condition first if it is not there.",
            field="factors",
        )
    refuse_people(words=words, owner=owner, tracker_link=tracker_link)
    values = {
        "words": words,
        "strength": strength,
        "owner": owner,
        "due_on": due_on,
        "tracker_link": tracker_link,
    }
    with transaction.atomic():
        if Improvement.objects.filter(pk=improvement_id).exclude(incident=incident).exists():
            raise Refused("This improvement belongs to another incident. Open the page again.")
        if edition is not None:
            return _change(actor, _held(improvement_id, edition), values, answered)
        improvement, made = Improvement.objects.get_or_create(
            pk=improvement_id, defaults={"incident": incident, **values}
        )
        if made:
            improvement.factors.set(answered)
            _tell(actor, improvement, "planned", strength=strength)
            _look_at_tracker(improvement)
            reminders_begin()
    return improvement


def _change(
    actor: Actor, improvement: Improvement, values: Mapping[str, object], factors: list[Factor]
) -> Improvement:
    before = [
        f"{_FIELDS[name]}: {getattr(improvement, name) or 'nothing'}"
        for name, value in values.items()
        if getattr(improvement, name) != value
    ]
    is_elsewhere = improvement.tracker_link != values["tracker_link"]
    for name, value in values.items():
        setattr(improvement, name, value)
    if is_elsewhere:
        improvement.tracker_state, improvement.tracker_seen_on, improvement.tracker_moved_to = "", None, ""
        _look_at_tracker(improvement)
    improvement.edition += 1
    improvement.save()
    improvement.factors.set(factors)
    _tell(actor, improvement, "changed", "\n".join(before), strength=improvement.strength)
    return improvement


def _close(
    actor: Actor, improvement_id: uuid.UUID, edition: int, state: Improvement.State, words: str
) -> Improvement:
    refuse_readers(actor)
    refuse_people(closing_words=words)
    with transaction.atomic():
        improvement = _held(improvement_id, edition)
        improvement.state, improvement.closing_words = state, words
        improvement.waits = improvement.waits and state != Improvement.State.DROPPED
        improvement.closed_on = today()
        improvement.edition += 1
        improvement.save()
        _tell(actor, improvement, state.value, words)
    return improvement


def improvement_done(
    actor: Actor, *, improvement_id: uuid.UUID, edition: int, closing_words: str
) -> Improvement:
    """Call an improvement done, with what shows it. Raises as `improvement_plan` does, and without evidence."""
    if not closing_words.strip():
        raise Refused(
            "Say what shows it: where it runs, what it refused, the change that went through it.",
            field="closing_words",
        )
    return _close(actor, improvement_id, edition, Improvement.State.DONE, closing_words)


def improvement_drop(
    actor: Actor, *, improvement_id: uuid.UUID, edition: int, closing_words: str
) -> Improvement:
    """Drop an improvement, with the reason. Raises as `improvement_plan` does, and without a reason."""
    if not closing_words.strip():
        raise Refused(
            "Say why, in a sentence: the condition it answers is still there.", field="closing_words"
        )
    return _close(actor, improvement_id, edition, Improvement.State.DROPPED, closing_words)


def improvement_reopen(actor: Actor, *, improvement_id: uuid.UUID, edition: int, words: str) -> Improvement:
    """Open an improvement again that was done, called so, or dropped: it has to be proved anew.

    Raises as `improvement_plan` does, and where it is open.
    """
    refuse_readers(actor)
    refuse_people(words=words)
    if not words.strip():
        raise Refused("Say what was seen, in a sentence.", field="words")
    with transaction.atomic():
        improvement = _held(improvement_id, edition)
        if improvement.state == Improvement.State.OPEN and improvement.standing(today()).key != "done":
            raise Refused("This improvement is open already.")
        improvement.state, improvement.closing_words, improvement.closed_on = Improvement.State.OPEN, "", None
        # What was proved or waived before counts no more: it did not hold.
        improvement.opening += 1
        improvement.proof_state, improvement.proved_on = "", None
        improvement.done_by, improvement.done_until, improvement.waits = "", None, True
        improvement.edition += 1
        improvement.save()
        _tell(actor, improvement, "reopened", words)
    return improvement


def improvement_follow(actor: Actor, *, improvement: Improvement, wanted: bool) -> None:
    """Keep or forget this actor's wish to be reminded of an improvement. Anybody who is signed in may wish it.

    The trail does not tell of it: what somebody is curious about is their own.
    """
    if wanted:
        Following.objects.get_or_create(improvement=improvement, mark=actor.mark)
    else:
        Following.objects.filter(improvement=improvement, mark=actor.mark).delete()


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
