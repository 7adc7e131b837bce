"""Bringing incidents in: incident, source and timeline in one transaction, or nothing."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, overload

from django.db import transaction

from fairlead.commons.blameless import NamesSomebody, refuse_people
from fairlead.commons.impact.services import impact_write
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_change, incident_record
from fairlead.commons.timeline.services import NewEntry, entries_add
from fairlead.commons.writing import refuse_readers
from fairlead.core.importing.standing import happened, standing_times
from fairlead.core.importing.values import MOMENTS, ImportedIncident
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.foundation.audit.log import SYSTEM
from fairlead.foundation.vault.marks import keyed_hash
from fairlead.people.selectors import organisation
from fairlead.sources.intake.models import Origin
from fairlead.sources.records.door import OpenSource
from fairlead.sources.records.models import RawEntry, Source
from fairlead.sources.records.proposals import propose
from fairlead.sources.records.services import NewRaw, draft_attach, source_keep

_UNNAMED: Final = "An incident without a title"
_LONGEST_TITLE: Final = 200
_MOST_OF_A_MACHINE: Final = 50  # deliveries kept for one incident


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one incident that was brought in."""

    incident: Incident
    is_new: bool
    published: int
    waiting: int


def incident_bring(
    actor: Actor,
    *,
    imported: ImportedIncident,
    kind: str,
    content: bytes,
    name: str = "",
    readers: Iterable[str] = (),
    publishes: bool = True,
) -> Brought:
    """Bring an incident of another tool in, with its source; the same one again updates what nobody has edited.

    Entries in which nothing points at anybody go into the timeline, if `publishes`; the rest waits in the source for a
    responder. Raises Refused for somebody who may not write the commons.
    """
    own = _own_export(imported)
    if own is not None:
        refuse_readers(actor)
        return Brought(own, is_new=False, published=0, waiting=0)
    digest = keyed_hash("origin", imported.source_id.encode())
    entries = _raw_entries(imported, digest)
    with transaction.atomic():
        incident, is_new = _on_record(actor, digest, _values(imported), imported.reopened)
        if _has_room(actor, incident):
            source_keep(
                actor,
                source_id=_id("source", digest, keyed_hash("content", content)),
                incident=incident,
                kind=kind,
                content=content,
                name=name,
                entries=entries,
                readers=readers,
            )
        published = _publish(actor, incident, _clean(imported, entries)) if publishes else []
        waiting = RawEntry.objects.filter(pk__in=published, state=RawEntry.State.WAITING)
        waiting.update(state=RawEntry.State.PUBLISHED)
    return Brought(incident, is_new, len(published), len(entries) - len(published))


def _own_export(imported: ImportedIncident) -> Incident | None:
    """Return the incident that is on record here and comes back in a table that was taken away, as it stands."""
    tool, _, key = imported.source_id.partition(":")
    try:
        return Incident.objects.filter(pk=uuid.UUID(key)).first() if tool == "csv" else None
    except ValueError:
        return None


def _has_room(actor: Actor, incident: Incident) -> bool:
    """A machine that repeats itself with small changes fills no disk; what people bring is always kept."""
    return actor.mark != SYSTEM or Source.objects.filter(incident=incident).count() < _MOST_OF_A_MACHINE


@overload
def _second(moment: datetime) -> datetime: ...
@overload
def _second(moment: None) -> None: ...
def _second(moment: datetime | None) -> datetime | None:
    """Tools tell the same moment with and without its fraction; to the second it is one."""
    return None if moment is None else moment.replace(microsecond=0)


def _id(what: str, *parts: str) -> uuid.UUID:
    """Return the same id for the same thing every time it is brought; nobody can guess it."""
    return uuid.UUID(keyed_hash(what, "\x1f".join(parts).encode("utf-8", "replace"))[:32])


def _raw_entries(imported: ImportedIncident, digest: str) -> list[NewRaw]:
    return [
        NewRaw(_id("entry", digest, entry.at.isoformat(), entry.text), _second(entry.at), entry.text)
        for entry in imported.entries
    ]


def _clean(imported: ImportedIncident, entries: Sequence[NewRaw]) -> list[NewEntry]:
    """Return the entries that may be published without anybody having read them."""
    past = {(_second(entry.at), entry.text) for entry in happened(imported, now=clock.now())}
    candidates = [entry for entry in entries if (entry.at, entry.words) in past]
    proposals = propose([entry.words for entry in candidates])
    return [
        NewEntry(entry.id, entry.at, entry.words)
        for entry, proposal in zip(candidates, proposals, strict=True)
        if proposal.is_unchanged
    ]


def _publish(actor: Actor, incident: Incident, entries: Sequence[NewEntry]) -> list[uuid.UUID]:
    """Put entries into the timeline, without those that name somebody when they are looked at one by one."""
    while entries:
        try:
            entries_add(actor, incident=incident, entries=entries)
        except NamesSomebody as named:
            naming = {place.field for place in named.places}
            entries = [entry for entry in entries if str(entry.id) not in naming]
        else:
            break
    return [entry.id for entry in entries]


def _names_nobody(words: str) -> bool:
    try:
        refuse_people(words=words)
    except NamesSomebody:
        return False
    return True


def _values(imported: ImportedIncident) -> dict[str, Any]:
    times = standing_times(imported.times, now=clock.now())
    title = propose([imported.title or ""])[0].words[:_LONGEST_TITLE]
    if not title or not _names_nobody(title):
        title = _UNNAMED
    moments = {f"{name}_at": _second(getattr(times, name)) for name in MOMENTS}
    return {"title": title, "zone": imported.zone or organisation().zone, **moments}


def _on_record(
    actor: Actor, digest: str, values: Mapping[str, Any], reopened: datetime | None
) -> tuple[Incident, bool]:
    known = Origin.objects.select_for_update().select_related("incident").filter(digest=digest).first()
    written = {field: _mark_of(value) for field, value in values.items()}
    if known is None:
        incident = incident_record(actor, incident_id=_id("incident", digest), values=values)
        # Two deliveries at once make the same incident, whose id comes from the digest, and one origin.
        Origin.objects.get_or_create(digest=digest, defaults={"incident": incident, "written": written})
        return incident, True
    incident = known.incident
    untouched = {
        field: value
        for field, value in values.items()
        if (value is not None or (field == "resolved_at" and _is_open_again(incident, reopened)))
        and _mark_of(getattr(incident, field)) == known.written.get(field)
    }
    changed = {field: value for field, value in untouched.items() if getattr(incident, field) != value}
    if changed:
        incident = incident_change(
            actor, incident_id=incident.pk, edition=incident.edition, values=_in_order(incident, changed)
        )
        known.written = {**known.written, **{field: written[field] for field in changed}}
        known.save(update_fields=["written"])
    return incident, False


def _is_open_again(incident: Incident, reopened: datetime | None) -> bool:
    return reopened is not None and incident.resolved_at is not None and reopened > incident.resolved_at


def _in_order(incident: Incident, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out an end that would come before the start that somebody corrected."""
    started = changed.get("started_at", incident.started_at)
    resolved = changed.get("resolved_at", incident.resolved_at)
    if started and resolved and resolved < started:
        return {
            field: value for field, value in changed.items() if field not in {"started_at", "resolved_at"}
        }
    return dict(changed)


def _mark_of(value: object) -> str:
    plain = value.isoformat() if isinstance(value, datetime) else str(value)
    return keyed_hash("written", plain.encode("utf-8", "replace"))[:32]


def incident_confirm(
    actor: Actor,
    *,
    incident_id: uuid.UUID,
    values: Mapping[str, Any],
    entries: Sequence[NewEntry],
    figures: Mapping[str, Any],
    draft: OpenSource | None,
    raw: Sequence[NewRaw],
    left_out: Iterable[uuid.UUID],
) -> Incident:
    """Put what a person confirmed on record: incident, figures, timeline, and the draft as its source.

    A form sent twice makes one incident. Raises Refused and NamesSomebody; then nothing is written.
    """
    with transaction.atomic():
        incident = incident_record(actor, incident_id=incident_id, values=values)
        if figures:
            impact_write(actor, incident=incident, values=figures)
        if entries:
            entries_add(actor, incident=incident, entries=entries)
        if draft is not None:
            draft_attach(
                draft,
                incident=incident,
                entries=raw,
                published=[entry.id for entry in entries],
                left_out=left_out,
            )
    return incident
