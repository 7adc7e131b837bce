"""Keeping sources, saying who may read them, and erasing them on their day."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from fairlead.commons.incidents.models import Incident
from fairlead.commons.writing import refuse_readers
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor, ResponderRole
from fairlead.foundation import clock
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault import erasure
from fairlead.foundation.vault.envelope import Envelope, new_data_key
from fairlead.foundation.vault.fields import seal_into
from fairlead.foundation.vault.marks import keyed_hash, mark
from fairlead.people.models import Account
from fairlead.people.selectors import organisation
from fairlead.sources.records.door import OpenSource
from fairlead.sources.records.models import RawEntry, Responder, Source

_AT_ONCE = 500  # rows of one statement
_A_DRAFT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class NewRaw:
    """A line to keep: the id it will have also in the timeline, its moment (UTC), its words as they were."""

    id: uuid.UUID
    at: datetime
    words: str


def _tell(actor: Actor, source_id: uuid.UUID, action: str) -> None:
    append(actor=actor.mark, action=action, subject_type="source", subject=source_id, outcome="done")
    put("source_changed", what=action, source=source_id)


def _plan_erasure(source: Source) -> None:
    at = datetime.combine(source.erase_on, time(0), UTC)
    put(
        "source_erase",
        run_after=at,
        key=f"source_erase:{source.pk.hex}:{source.erase_on:%Y%m%d}",
        source=source.pk,
    )


def source_keep(
    actor: Actor,
    *,
    source_id: uuid.UUID,
    incident: Incident,
    kind: str,
    content: bytes,
    name: str = "",
    entries: Iterable[NewRaw] = (),
    readers: Iterable[str] = (),
) -> Source:
    """Keep a raw text or file of an incident, sealed with a key of its own, until its day.

    Whoever brings it may read it, and whoever else `readers` (keyed hashes) names. The same content brought to the same
    incident by the same person is kept once. Raises Refused for somebody who may not write the commons.
    """
    refuse_readers(actor)
    marks = dict.fromkeys([*([] if actor.mark == SYSTEM else [actor.mark]), *readers])
    digest = keyed_hash("source", content)
    with transaction.atomic():
        Incident.objects.select_for_update().get(
            pk=incident.pk
        )  # two clicks at once wait here for one another
        known = _known(actor, incident, Q(pk=source_id) | (Q(kind=kind, digest=digest) if content else Q()))
        if known is not None:
            return known
        return _new(
            source_id=uuid.uuid4() if Source.objects.filter(pk=source_id).exists() else source_id,
            incident=incident,
            kind=kind,
            content=content,
            name=name,
            entries=entries,
            marks=marks,
            actor=actor,
            erase_on=_its_day(),
        )


def draft_keep(actor: Actor, *, source_id: uuid.UUID, kind: str, content: bytes, name: str = "") -> Source:
    """Keep something that somebody is about to make an incident of, for that person alone and for two days.

    The form sent twice keeps it once. Raises Refused for somebody who may not write the commons.
    """
    refuse_readers(actor)
    now = clock.now()
    with transaction.atomic():
        known = Source.objects.filter(pk=source_id).first()
        if known is not None and known.responders.filter(mark=actor.mark).exists():
            return known
        return _new(
            source_id=source_id if known is None else uuid.uuid4(),
            incident=None,
            kind=kind,
            content=content,
            name=name,
            entries=(),
            marks=[actor.mark],
            actor=actor,
            erase_on=now.date() + _A_DRAFT,
        )


def draft_attach(
    opened: OpenSource,
    *,
    incident: Incident,
    entries: Iterable[NewRaw],
    published: Iterable[uuid.UUID] = (),
    left_out: Iterable[uuid.UUID] = (),
) -> Source:
    """Make an opened draft the source of an incident, in the caller's transaction; a second time changes nothing."""
    source = Source.objects.select_for_update().get(pk=opened.source.pk)
    if source.incident_id is not None:
        return source
    source.incident = incident
    source.erase_on = _its_day()
    source.save(update_fields=["incident", "erase_on"])
    _write_entries(source, opened.envelope, entries)
    source.entries.filter(pk__in=list(published)).update(state=RawEntry.State.PUBLISHED)
    source.entries.filter(pk__in=list(left_out)).update(state=RawEntry.State.LEFT_OUT)
    _tell(opened.actor, source.pk, "source.attached")
    _plan_erasure(source)
    return source


def _its_day() -> date:
    return clock.now().date() + timedelta(days=organisation().erase_source_after_days)


def _new(
    *,
    source_id: uuid.UUID,
    incident: Incident | None,
    kind: str,
    content: bytes,
    name: str,
    entries: Iterable[NewRaw],
    marks: Iterable[str],
    actor: Actor,
    erase_on: date,
) -> Source:
    now = clock.now()
    key, envelope = new_data_key()
    source = Source(
        pk=source_id,
        incident=incident,
        data_key=key.pk,
        kind=kind,
        digest=keyed_hash("source", content),
        kept_at=now,
        erase_on=erase_on,
    )
    seal_into(envelope, source, content=content, name=name)
    source.save(force_insert=True)
    Responder.objects.bulk_create([Responder(source=source, mark=one, since=now) for one in marks])
    _write_entries(source, envelope, entries)
    _tell(actor, source.pk, "source.kept")
    _plan_erasure(source)
    return source


def _known(actor: Actor, incident: Incident, which: Q) -> Source | None:
    """Return what this person, or the same machine, has brought to the incident already."""
    found = Source.objects.defer("content").filter(which, incident=incident)
    return (found if actor.mark == SYSTEM else found.filter(responders__mark=actor.mark)).first()


def _write_entries(source: Source, envelope: Envelope, entries: Iterable[NewRaw]) -> None:
    rows: list[RawEntry] = []
    for entry in entries:
        row = RawEntry(pk=entry.id, source=source, at=entry.at)
        seal_into(envelope, row, words=entry.words)
        rows.append(row)
        if len(rows) >= _AT_ONCE:
            RawEntry.objects.bulk_create(rows, ignore_conflicts=True)
            rows.clear()
    RawEntry.objects.bulk_create(rows, ignore_conflicts=True)


def raw_entries_add(opened: OpenSource, *, entries: Iterable[NewRaw]) -> None:
    """Add lines to an opened source; a line whose id is already there stays as it is."""
    with transaction.atomic():
        _write_entries(opened.source, opened.envelope, entries)
        _tell(opened.actor, opened.source.pk, "source.entries_added")


def raw_entries_settle(opened: OpenSource, *, entry_ids: Iterable[uuid.UUID], state: str) -> None:
    """Note of lines that they were published, left out, or wait again."""
    with transaction.atomic():
        opened.source.entries.filter(pk__in=list(entry_ids)).update(state=state)
        _tell(opened.actor, opened.source.pk, f"source.entries_{state}")


def responder_add(
    opened: OpenSource, *, colleague: Account, role: ResponderRole = ResponderRole.RESPONDER
) -> Responder:
    """Let a colleague read an opened source, or change what they did during the incident.

    Raises Refused for an account that is closed.
    """
    if not colleague.is_active:
        raise Refused("This account is closed, so nobody can read with it.", field="colleague")
    with transaction.atomic():
        responder, _ = Responder.objects.update_or_create(
            source=opened.source,
            mark=mark(colleague.pk),
            defaults={"role": role},
            create_defaults={"role": role, "since": clock.now()},
        )
        _tell(opened.actor, opened.source.pk, "source.responder_added")
    return responder


def source_erase_if_due(source_id: uuid.UUID) -> bool:
    """Erase a source whose day has come; returns whether it is erased. Safe to repeat, and after a kill half way."""
    source = Source.objects.defer("content").filter(pk=source_id).first()
    if source is None or source.erase_on > clock.now().date():
        return source is None
    return source_erase(source)


def source_erase_again(source_id: uuid.UUID) -> None:
    """Erase a source that the ledger knows was erased and a restored backup has brought back; nothing if it has not."""
    source = Source.objects.defer("content").filter(pk=source_id).first()
    if source is not None and erasure.is_erased(source_id):
        source_erase(source)


def source_erase_early(opened: OpenSource) -> None:
    """Erase an opened source before its day, because one of its responders says so; what was published stays.

    Raises Refused for the log of an incident that still goes on, because others are writing in it.
    """
    source = opened.source
    goes_on = source.incident is not None and source.incident.resolved_at is None
    if source.kind == Source.Kind.LIVE and goes_on:
        raise Refused(
            "The incident still goes on, and others may be writing in this log. Say when it was resolved first."
        )
    source_erase(source, by=opened.actor.mark)


def source_erase(source: Source, *, by: str = SYSTEM) -> bool:
    """Erase a source now: ledger, then key, then rows, each step on disk before the next."""
    source_id = source.pk
    with erasure.erasing(source_id, source.data_key):
        source.delete()
        append(actor=by, action="source.erased", subject_type="source", subject=source_id, outcome="done")
    return True
