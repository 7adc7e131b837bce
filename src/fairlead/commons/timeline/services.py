"""Writing the timeline: adding entries, correcting one, taking one out and putting it back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max

from fairlead.commons.blameless import refuse_people
from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.models import LONGEST_WORDS, EarlierEntry, Entry
from fairlead.commons.writing import refuse_readers
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put

_EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_GRACE: Final = timedelta(minutes=5)  # clocks differ


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to add: the id it was given where it was made, its aware moment, its words."""

    id: uuid.UUID
    at: datetime
    words: str


def entries_add(actor: Actor, *, incident: Incident, entries: Sequence[NewEntry]) -> list[Entry]:
    """Add entries in the order given, and return them as they stand now.

    An entry whose id is already there stays as it is, so that what is sent twice is added once, and what was
    corrected or taken out since is not undone. All are added or none. Raises Refused, with the id of the entry as
    its field, for words that are missing or too long, a moment that cannot be, or an id that belongs to another
    incident; also for somebody who may not write; and NamesSomebody.
    """
    refuse_readers(actor)
    wanted = {entry.id: _checked(entry) for entry in reversed(entries)}
    refuse_people(**{str(entry.id): entry.words for entry in wanted.values()})
    with transaction.atomic():
        Incident.objects.select_for_update().get(pk=incident.pk)  # the next place is given to one at a time
        there = Entry.objects.filter(incident=incident)
        known = set(there.values_list("pk", flat=True))
        last = there.aggregate(last=Max("place"))["last"] or 0
        new = [wanted[one] for one in dict.fromkeys(entry.id for entry in entries) if one not in known]
        Entry.objects.bulk_create(
            [
                Entry(pk=one.id, incident=incident, at=one.at, words=one.words, place=last + number)
                for number, one in enumerate(new, start=1)
            ],
            ignore_conflicts=True,
        )
        standing = [entry for entry in there.all() if entry.pk in wanted]
        for elsewhere in wanted.keys() - {entry.pk for entry in standing}:
            raise Refused(
                "This entry belongs to another incident. Open the page again.", field=str(elsewhere)
            )
        if new:
            _tell(actor, incident.pk, "entries.added", incident.pk, count=len(new))
    return standing


def entry_change(actor: Actor, *, entry_id: uuid.UUID, edition: int, at: datetime, words: str) -> Entry:
    """Correct an entry that still is in the edition its form was made from, and keep how it read before.

    The same correction sent twice is made once. Raises Refused when somebody else changed the entry meanwhile, and
    as `entries_add` does, with the field `at` or `words`; and NamesSomebody.
    """
    refuse_readers(actor)
    at, words = _moment(at, "at"), _words(words, "words")
    refuse_people(words=words)
    with transaction.atomic():
        entry = Entry.objects.select_for_update().get(pk=entry_id)
        if not entry.taken_out and (entry.at, entry.words) == (at, words):
            return entry
        _still_in(entry, edition)
        _replace(entry, at=at, words=words)
        _tell(actor, entry.pk, "entry.changed", entry.incident_id)
    return entry


def entry_move_by(actor: Actor, *, entry_id: uuid.UUID, edition: int, by: timedelta) -> Entry:
    """Move an entry in time, keeping its words. Raises as `entry_change` does."""
    entry = Entry.objects.get(pk=entry_id)
    return entry_change(actor, entry_id=entry_id, edition=edition, at=entry.at + by, words=entry.words)


def entry_drop(actor: Actor, *, entry_id: uuid.UUID, edition: int) -> Entry:
    """Take an entry out of the timeline; `entry_restore` puts it back.

    Dropping it twice drops it once. Raises Refused when somebody changed it meanwhile, or for somebody who may not
    write.
    """
    refuse_readers(actor)
    with transaction.atomic():
        entry = Entry.objects.select_for_update().get(pk=entry_id)
        if not entry.taken_out:
            _still_in(entry, edition)
            _replace(entry, taken_out=True)
            _tell(actor, entry.pk, "entry.dropped", entry.incident_id)
    return entry


def entry_restore(actor: Actor, *, entry_id: uuid.UUID) -> Entry:
    """Put an entry back that was taken out. Raises Refused for somebody who may not write; and NamesSomebody."""
    refuse_readers(actor)
    with transaction.atomic():
        entry = Entry.objects.select_for_update().get(pk=entry_id)
        if entry.taken_out:
            refuse_people(words=entry.words)  # somebody may have joined since, or the check learned more
            _replace(entry, taken_out=False)
            _tell(actor, entry.pk, "entry.restored", entry.incident_id)
    return entry


def _checked(entry: NewEntry) -> NewEntry:
    field = str(entry.id)
    return NewEntry(entry.id, _moment(entry.at, field), _words(entry.words, field))


def _moment(at: datetime, field: str) -> datetime:
    if at.utcoffset() is None:
        raise Refused("This time has no zone, and guessing it would shift it by hours.", field=field)
    if at < _EARLIEST:
        raise Refused(f"The year {at.year} cannot be right. Check the date.", field=field)
    if at > clock.now() + _GRACE:
        raise Refused("This time is in the future. Check the day and the zone.", field=field)
    return at.astimezone(UTC)


def _words(words: str, field: str) -> str:
    words = words.strip()
    if not words:
        raise Refused("Write what happened.", field=field)
    if len(words) > LONGEST_WORDS:
        raise Refused(
            f"This entry has {len(words):,} signs; {LONGEST_WORDS:,} fit. Nothing was lost; shorten it.",
            field=field,
        )
    return words


def _still_in(entry: Entry, edition: int) -> None:
    if entry.edition != edition:
        raise Refused(
            "Somebody else changed this entry while you were writing. Your words are still here: compare them with "
            "the entry as it stands now, then save again.",
            field="edition",
        )


def _replace(entry: Entry, **values: object) -> None:
    EarlierEntry.objects.create(entry=entry, edition=entry.edition, at=entry.at, words=entry.words)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.edition += 1
    entry.save()


def _tell(actor: Actor, subject: uuid.UUID, action: str, incident: uuid.UUID, **detail: object) -> None:
    append(
        actor=actor.mark,
        action=action,
        subject_type="timeline",
        subject=subject,
        outcome="done",
        detail={"incident": incident, **detail},
    )
    put("commons_changed", what=action, incident=incident)
