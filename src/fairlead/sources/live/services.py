"""Writing the live log: beginning one, adding and correcting lines, taking a role, saying that a moment has come."""

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_record, moment_set
from fairlead.commons.writing import refuse_readers
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor, ResponderRole
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault.fields import read_from, seal_into
from fairlead.sources.live.models import EarlierLine, Line
from fairlead.sources.records.door import OpenSource
from fairlead.sources.records.models import RawEntry, Responder, Source
from fairlead.sources.records.services import source_keep

LONGEST: Final = 5_000  # signs of one line
_LATELY: Final = timedelta(hours=12)
MOMENTS_OF_THE_LOG: Final = ("detected", "mitigated", "resolved")


def log_start(actor: Actor, *, log_id: uuid.UUID, incident_id: uuid.UUID, title: str, zone: str) -> Source:
    """Something is going on: put an incident on record that starts now, and begin its log.

    Sent twice it begins one. Raises Refused for somebody who may not write the commons; and NamesSomebody.
    """
    values = {"title": title, "zone": zone, "started_at": clock.now()}
    with transaction.atomic():
        incident = incident_record(actor, incident_id=incident_id, values=values)
        return log_begin(actor, log_id=log_id, incident=incident)


def log_begin(actor: Actor, *, log_id: uuid.UUID, incident: Incident) -> Source:
    """Begin the log of an incident, return the one this person takes part in, or join the one that is being written.

    Whoever begins it leads at first. A log is joined while the incident goes on and somebody wrote in it lately; later
    it opens for whoever is let in. Raises Refused for somebody who may not write the commons.
    """
    refuse_readers(actor)
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=incident.pk)
        mine = Source.objects.filter(
            incident=incident, kind=Source.Kind.LIVE, responders__mark=actor.mark
        ).first()
        if mine is not None:
            return mine
        written = _being_written(incident)
        if written is not None:
            Responder.objects.create(source=written, mark=actor.mark, since=clock.now())
            append(
                actor=actor.mark,
                action="source.joined",
                subject_type="source",
                subject=written.pk,
                outcome="done",
            )
            put("source_changed", what="source.joined", source=written.pk)
            return written
        source = source_keep(actor, source_id=log_id, incident=incident, kind=Source.Kind.LIVE, content=b"")
        source.responders.filter(mark=actor.mark).update(role=ResponderRole.COMMANDER)
    return source


def _being_written(incident: Incident) -> Source | None:
    """Return the log of an incident that still goes on, if it was begun or written in during the last hours."""
    if incident.resolved_at is not None:
        return None
    lately = clock.now() - _LATELY
    logs = Source.objects.defer("content").filter(incident=incident, kind=Source.Kind.LIVE)
    written = Line.objects.filter(source=OuterRef("pk"), received_at__gte=lately)
    return logs.filter(Q(kept_at__gte=lately) | Exists(written)).order_by("kept_at").first()


def line_add(opened: OpenSource, *, line_id: uuid.UUID, at: datetime, words: str) -> Line:
    """Add a line under the id its browser gave it, so that a line sent again is there once.

    Raises Refused for words that are missing or too long, or an id that belongs to another log.
    """
    words = _checked(words)
    with transaction.atomic():
        number = _next_number(opened)
        known = RawEntry.objects.filter(pk=line_id).first()
        if known is not None:
            if known.source_id != opened.source.pk:
                raise Refused("This line belongs to another log. Open the page again.")
            return known.line
        entry = RawEntry(pk=line_id, source=opened.source, at=at)
        seal_into(opened.envelope, entry, words=words)
        entry.save(force_insert=True)
        line = Line.objects.create(
            entry=entry,
            source=opened.source,
            number=number,
            mark=opened.actor.mark,
            received_at=clock.now(),
        )
        _tell(opened, "source.line_added")
    return line


def line_change(opened: OpenSource, *, line_id: uuid.UUID, edition: int, at: datetime, words: str) -> Line:
    """Correct a line that still is in the edition its form was made from; how it read before is kept.

    The same correction sent twice is made once. Raises Refused when somebody else corrected it meanwhile, and as
    `line_add` does.
    """
    words = _checked(words)
    with transaction.atomic():
        number = _next_number(opened)
        line = Line.objects.select_related("entry").get(source=opened.source, pk=line_id)
        entry = line.entry
        before = read_from(opened.envelope, entry, "words")
        if (entry.at, before) == (at, words):
            return line
        if line.edition != edition:
            raise Refused(
                "Somebody else corrected this line while you were writing. Your words are still here: compare them "
                "with the line as it stands now, then save again.",
                field="edition",
            )
        earlier = EarlierLine(
            line=line,
            edition=line.edition,
            at=entry.at,
            mark=opened.actor.mark,
            replaced_at=clock.now(),
        )
        seal_into(opened.envelope, earlier, words=before)
        earlier.save(force_insert=True)
        entry.at = at
        seal_into(opened.envelope, entry, words=words)
        entry.save()
        line.number, line.edition = number, line.edition + 1
        line.save()
        _tell(opened, "source.line_changed")
    return line


def role_take(opened: OpenSource, role: ResponderRole) -> None:
    """Take a role; whoever had it hands it over and works on."""
    with transaction.atomic():
        Source.objects.select_for_update().defer("content").get(pk=opened.source.pk)
        everybody = Responder.objects.filter(source=opened.source)
        if role is not ResponderRole.RESPONDER:
            everybody.filter(role=role).update(role=ResponderRole.RESPONDER)
        everybody.filter(mark=opened.actor.mark).update(role=role)
        _tell(opened, "source.role_taken")


def moment_has_come(opened: OpenSource, *, moment: str, line_id: uuid.UUID, words: str) -> None:
    """Say that the incident was detected, mitigated or resolved now: on the incident, and as a line of the log.

    Raises Refused for somebody who does not lead the response, when the moment is known already, or when it
    contradicts the others.
    """
    if opened.role is not ResponderRole.COMMANDER:
        raise Refused("Whoever leads the response says this. Take the lead first, if it is yours now.")
    incident = opened.source.incident
    if incident is None or moment not in MOMENTS_OF_THE_LOG:
        raise Refused("This incident is no longer on record.")
    now = clock.now()
    with transaction.atomic():
        moment_set(opened.actor, incident_id=incident.pk, moment=moment, at=now, was=None)
        line_add(opened, line_id=line_id, at=now, words=words)


def _checked(words: str) -> str:
    words = words.strip()
    if not words:
        raise Refused("Write what happened.", field="words")
    if len(words) > LONGEST:
        raise Refused(f"A line has room for {LONGEST:,} signs; this one has {len(words):,}.", field="words")
    return words


def _next_number(opened: OpenSource) -> int:
    """Return the number of the next write; writers of one log wait here for one another."""
    Source.objects.select_for_update().defer("content").get(pk=opened.source.pk)
    return (Line.objects.filter(source=opened.source).aggregate(last=Max("number"))["last"] or 0) + 1


def _tell(opened: OpenSource, action: str) -> None:
    append(
        actor=opened.actor.mark,
        action=action,
        subject_type="source",
        subject=opened.source.pk,
        outcome="done",
    )
    put("source_changed", what=action, source=opened.source.pk)
