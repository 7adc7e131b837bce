"""Waivers: one asks, another one signs, anybody who works here may take one back."""

import uuid
from datetime import date

from django.db import transaction

from fairlead.commons.blameless import refuse_people
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.services_backing import improvement_held
from fairlead.commons.proofs.models import Waiver
from fairlead.commons.proofs.services import backing_settle
from fairlead.commons.proofs.signatures import signature_of
from fairlead.commons.writing import refuse_readers
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.core.waivers import refuse_to_ask, refuse_to_sign
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.people.selectors import today


def _tell(actor: Actor, waiver: Waiver, what: str) -> None:
    append(
        actor=actor.mark,
        action=f"waiver.{what}",
        subject_type="improvement",
        subject=waiver.improvement_id,
        outcome="done",
        detail={"waiver": waiver.pk},
    )
    put(
        "commons_changed",
        what=f"waiver_{what}",
        incident=waiver.improvement.incident_id,
        improvement=waiver.improvement_id,
    )


def _held(waiver_id: uuid.UUID) -> Waiver:
    """Return a waiver with its improvement, both held: the improvement first, as every report holds it first."""
    found = Waiver.objects.get(pk=waiver_id)
    improvement = improvement_held(found.improvement_id)
    waiver = Waiver.objects.select_for_update().get(pk=waiver_id)
    if improvement is not None:
        waiver.improvement = improvement
    if waiver.ended_on is not None or waiver.opening != waiver.improvement.opening:
        raise Refused("This waiver is over. Ask for another one.")
    return waiver


def waiver_ask(
    actor: Actor, *, waiver_id: uuid.UUID, improvement: Improvement, code: str, words: str, until: date
) -> Waiver:
    """Ask for a waiver under the id its form was given; a form sent twice asks once.

    Raises Refused for what could not be signed, where it is proved or dropped or a waiver is waiting or holds, or for
    somebody who may not write; and NamesSomebody.
    """
    refuse_readers(actor)
    refuse_to_ask(code=code, words=words, until=until, today=today())
    refuse_people(words=words)
    with transaction.atomic():
        held = improvement_held(improvement.pk)
        known = Waiver.objects.filter(pk=waiver_id).first()
        if known is not None:
            if known.improvement_id != improvement.pk:
                raise Refused("This waiver belongs to another improvement. Open the page again.")
            return known
        if held is None or held.state == Improvement.State.DROPPED:
            raise Refused("This improvement was dropped, so there is nothing to waive.")
        if held.standing(today()).key == "done":
            raise Refused("This improvement counts as done already, so there is nothing to waive.")
        if Waiver.objects.filter(
            improvement=held, opening=held.opening, ended_on=None, signed_by="", until__gte=today()
        ).exists():
            raise Refused("A waiver is waiting for its second signature already.")
        waiver = Waiver.objects.create(
            pk=waiver_id,
            improvement=held,
            opening=held.opening,
            code=code,
            words=words,
            until=until,
            asked_on=today(),
            asked_by=signature_of(actor, waiver_id),
        )
        _tell(actor, waiver, "asked")
    return waiver


def waiver_sign(actor: Actor, *, waiver_id: uuid.UUID, signer: str) -> Waiver:
    """Sign a waiver that somebody else asked for, for a role or team that is not the owner.

    Raises Refused for whoever asked, for one that is signed or over, for the owner's own name, or for somebody who may
    not write; and NamesSomebody.
    """
    refuse_readers(actor)
    refuse_people(signer=signer)
    with transaction.atomic():
        waiver = _held(waiver_id)
        signature = signature_of(actor, waiver_id)
        refuse_to_sign(
            waiver.signed(), signer=signature, role=signer, owner=waiver.improvement.owner, today=today()
        )
        waiver.signer, waiver.signed_on, waiver.signed_by = signer.strip(), today(), signature
        waiver.save()
        _tell(actor, waiver, "signed")
        backing_settle(actor, waiver.improvement, what="waived")
    return waiver


def waiver_end(actor: Actor, *, waiver_id: uuid.UUID) -> Waiver:
    """Take a waiver back before its day, signed or not. Raises Refused as `waiver_sign` does. Takes no words."""
    refuse_readers(actor)
    with transaction.atomic():
        waiver = _held(waiver_id)
        waiver.ended_on = today()
        waiver.save(update_fields=["ended_on"])
        _tell(actor, waiver, "ended")
        backing_settle(actor, waiver.improvement, what="unwaived" if waiver.signed_by else "")
    return waiver
