"""Reading the timeline. Everybody who is signed in may."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fairlead.commons.blameless import NamesSomebody, refuse_people
from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.models import EarlierEntry, Entry
from fairlead.core.visibility import Actor
from fairlead.foundation.search.kinds import Piece

_TITLE = 120  # of a longer entry the beginning is the title


def entries_of(actor: Actor, incident: Incident) -> list[Entry]:
    """Return the entries of an incident as they happened; those of one moment in the order in which they came."""
    return list(Entry.objects.filter(incident=incident, taken_out=False))


def entry_get(actor: Actor, incident: Incident, entry_id: uuid.UUID) -> Entry | None:
    """Return an entry of this incident, also one that was taken out, or None."""
    return Entry.objects.filter(incident=incident, pk=entry_id).first()


def earlier_of(actor: Actor, entry: Entry) -> list[EarlierEntry]:
    """Return how an entry read before, the latest first."""
    return list(entry.earlier.all())


def entry_pieces(incident_ids: Sequence[uuid.UUID]) -> Iterable[Piece]:
    """Return the entries of these incidents for search, without those that were taken out."""
    for entry in Entry.objects.filter(incident__in=incident_ids, taken_out=False):
        short = entry.words[:_TITLE]
        yield Piece(entry.pk, entry.incident_id, short, entry.words if len(entry.words) > _TITLE else "")


def all_entries_of(actor: Actor, incident: Incident) -> list[Entry]:
    """Return the entries of an incident as they happened, also those that were taken out of its timeline."""
    return list(Entry.objects.filter(incident=incident))


@dataclass(frozen=True, slots=True)
class Earlier:
    """How an entry read before; None instead of words that would name somebody by what the check knows today."""

    at: datetime
    words: str | None


def history_of(actor: Actor, entry: Entry) -> list[Earlier]:
    """Return the earlier readings of an entry for a page, the latest first.

    A correction is how a name that had slipped through is taken out, so what stood before is checked anew.
    """
    return [
        Earlier(one.at, one.words if _names_nobody(one.words) else None) for one in earlier_of(actor, entry)
    ]


def _names_nobody(words: str) -> bool:
    try:
        refuse_people(words=words)
    except NamesSomebody:
        return False
    return True
