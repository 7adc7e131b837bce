"""Answering the questions of an incident and naming its factors."""

import uuid
from datetime import date

from django.db import transaction

from fairlead.commons.blameless import refuse_people
from fairlead.commons.factors.models import Factor, FactorAnswer
from fairlead.commons.incidents.models import Incident
from fairlead.commons.writing import refuse_readers
from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put

OTHER = "other"


def question_answer(
    actor: Actor,
    *,
    incident: Incident,
    question: str,
    answer: str,
    reason: str = "",
    owner: str = "",
    due_on: date | None = None,
) -> FactorAnswer:
    """Answer one question: no needs a reason, not known yet needs an owner and a day.

    Raises Refused for what is missing or for somebody who may not write; and NamesSomebody.
    """
    refuse_readers(actor)
    asked = next((q for q in load_default().factor_questions if q.key == question), None)
    if asked is None or answer not in FactorAnswer.Answer.values:
        raise Refused("This is not one of the questions. Open the page again.")
    if answer == FactorAnswer.Answer.NO and not reason.strip():
        raise Refused("Say why not, in a sentence: the next reader will ask.", field="reason")
    if answer == FactorAnswer.Answer.UNKNOWN and not (owner.strip() and due_on):
        raise Refused(
            "Not known yet is fine. Say who finds it out (a role or a team) and by which day.", field="owner"
        )
    refuse_people(reason=reason, owner=owner)
    with transaction.atomic():
        kept, _ = FactorAnswer.objects.update_or_create(
            incident=incident,
            question=question,
            defaults={"answer": answer, "reason": reason, "owner": owner, "due_on": due_on},
        )
        append(
            actor=actor.mark,
            action="factor.answered",
            subject_type="incident",
            subject=incident.pk,
            outcome="done",
            detail={"question": question, "answer": answer},
        )
        put("commons_changed", what="factor_answered", incident=incident.pk)
    return kept


def factor_name(
    actor: Actor,
    *,
    factor_id: uuid.UUID,
    incident: Incident,
    question: str,
    leaf: str,
    words: str = "",
    raised_by: str = "",
    owner: str = "",
) -> Factor:
    """Name a factor, which also answers its question with yes. An organisational one has an owner above the engineer.

    Raises Refused for what is missing or for somebody who may not write; and NamesSomebody.
    """
    refuse_readers(actor)
    asked = next((q for q in load_default().factor_questions if q.key == question), None)
    if asked is None or (leaf != OTHER and leaf not in {choice.key for choice in asked.leaves}):
        raise Refused("Choose one of the conditions of this question, or “something else”.", field="leaf")
    if leaf == OTHER and not words.strip():
        raise Refused("Say in a sentence what it was.", field="words")
    if asked.organisational and not owner.strip():
        raise Refused(
            f"This one is the organisation's to mend, so it needs an owner above the engineer. {asked.owner_hint}",
            field="owner",
        )
    refuse_people(words=words, raised_by=raised_by, owner=owner)
    with transaction.atomic():
        factor, made = Factor.objects.get_or_create(
            pk=factor_id,
            defaults={
                "incident": incident,
                "question": question,
                "leaf": leaf,
                "words": words,
                "raised_by": raised_by,
                "owner": owner,
            },
        )
        if made:
            FactorAnswer.objects.update_or_create(
                incident=incident, question=question, defaults={"answer": FactorAnswer.Answer.YES}
            )
            append(
                actor=actor.mark,
                action="factor.named",
                subject_type="incident",
                subject=incident.pk,
                outcome="done",
                detail={"factor": factor.pk, "leaf": leaf},
            )
            put("commons_changed", what="factor_named", incident=incident.pk, factor=factor.pk)
    return factor


def factor_drop(actor: Actor, *, factor: Factor) -> None:
    """Take a factor away that was named by mistake. Raises Refused for somebody who may not write."""
    refuse_readers(actor)
    with transaction.atomic():
        append(
            actor=actor.mark,
            action="factor.dropped",
            subject_type="incident",
            subject=factor.incident_id,
            outcome="done",
            detail={"factor": factor.pk, "leaf": factor.leaf},
        )
        put("commons_changed", what="factor_dropped", incident=factor.incident_id)
        factor.delete()
