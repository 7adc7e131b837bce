"""An incident's timeline as a page shows it."""

from dataclasses import dataclass

from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.models import Entry
from fairlead.commons.timeline.selectors import all_entries_of
from fairlead.core.timeline import MOMENTS, Happening, Timeline, moment_words, timeline
from fairlead.core.visibility import Actor


@dataclass(frozen=True, slots=True)
class Shown:
    """The timeline laid out, and what its rows and buttons need beside it."""

    laid_out: Timeline
    editions: dict[str, int]
    unknown: tuple[tuple[str, str], ...]
    taken_out: list[Entry]


def timeline_shown(actor: Actor, incident: Incident, *, viewer_zone: str) -> Shown:
    """Return the timeline of an incident for somebody who reads it in `viewer_zone`."""
    all_entries = all_entries_of(actor, incident)
    entries = [entry for entry in all_entries if not entry.taken_out]
    known = {key: getattr(incident, f"{key}_at") for key in MOMENTS}
    return Shown(
        laid_out=timeline(
            [(key, at) for key, at in known.items() if at is not None],
            [Happening(str(entry.pk), entry.at, entry.words) for entry in entries],
            zone=incident.zone,
            viewer_zone=viewer_zone,
        ),
        editions={str(entry.pk): entry.edition for entry in entries},
        unknown=tuple((key, moment_words(key)) for key, at in known.items() if at is None),
        taken_out=[entry for entry in all_entries if entry.taken_out],
    )
