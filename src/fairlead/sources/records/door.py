"""The one door to a source: whoever responded may read it, and the audit row is on disk before anything is unwrapped.

Somebody else learns nothing: a source that is not theirs and one that is not there end in the same answer.
"""

import uuid
from contextlib import suppress
from dataclasses import dataclass

from django.http import Http404

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import Actor, ResponderRole, may_read_source
from fairlead.foundation.audit.log import append_now
from fairlead.foundation.vault.envelope import DataKeyGone, Envelope, unwrap
from fairlead.sources.records.models import Responder, Source


@dataclass(frozen=True, slots=True)
class OpenSource:
    """A source that was opened by one of its responders, with the envelope that reads its words."""

    source: Source
    actor: Actor
    role: ResponderRole
    envelope: Envelope


def _decide(
    actor: Actor, subject: uuid.UUID, role: ResponderRole | None, subject_type: str, act: str
) -> None:
    decision = may_read_source(role)
    append_now(
        actor=actor.mark,
        action=f"source.{act}",
        subject_type=subject_type,
        subject=subject,
        outcome="granted" if decision.allowed else "refused",
        reason=decision.reason,
    )
    if not decision.allowed:
        raise Http404


def _opened(actor: Actor, source: Source, role: ResponderRole) -> OpenSource:
    try:
        return OpenSource(source=source, actor=actor, role=role, envelope=unwrap(source.data_key))
    except DataKeyGone:
        raise Http404 from None


def open_source(actor: Actor, source_id: uuid.UUID, *, act: str = "read") -> OpenSource:
    """Open one source. Raises Http404 for everybody who is not its responder; either way the trail knows."""
    found = Responder.objects.select_related("source").filter(source=source_id, mark=actor.mark).first()
    role = ResponderRole(found.role) if found else None
    _decide(actor, source_id, role, "source", act)
    if found is None or role is None:
        raise Http404
    return _opened(actor, found.source, role)


def open_sources(actor: Actor, incident: Incident, *, act: str = "read") -> list[OpenSource]:
    """Open every source of an incident that this person may read, in the order in which they came.

    Raises Http404 when there is none.
    """
    found = list(
        Responder.objects.select_related("source")
        .filter(source__incident=incident, mark=actor.mark)
        .order_by("source__kept_at", "source_id")
    )
    if not found:
        _decide(actor, incident.pk, None, "incident", act)
    opened: list[OpenSource] = []
    for one in found:
        _decide(actor, one.source_id, ResponderRole(one.role), "source", act)
        with suppress(Http404):  # it is being erased at this moment
            opened.append(_opened(actor, one.source, ResponderRole(one.role)))
    return opened
