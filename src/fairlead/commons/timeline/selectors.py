"""Reading the timeline. Everybody who is signed in may."""

import uuid

from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.models import EarlierEntry, Entry
from fairlead.core.visibility import Actor


def entries_of(actor: Actor, incident: Incident) -> list[Entry]:
    """Return the entries of an incident as they happened; those of one moment in the order in which they came."""
    return list(Entry.objects.filter(incident=incident, taken_out=False))


def entry_get(actor: Actor, incident: Incident, entry_id: uuid.UUID) -> Entry | None:
    """Return an entry of this incident, also one that was taken out, or None."""
    return Entry.objects.filter(incident=incident, pk=entry_id).first()


def earlier_of(actor: Actor, entry: Entry) -> list[EarlierEntry]:
    """Return how an entry read before, the latest first."""
    return list(entry.earlier.all())
