"""What would be imported, for a person to look at before anything is."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final, TextIO

from fairlead.cli.terminal import styled
from fairlead.core.importing.values import MOMENTS, ImportedIncident
from fairlead.core.localtime import known_zone

if TYPE_CHECKING:
    from fairlead.reading.process import Outcome

_SHOWN: Final = 8  # entries of one incident
_WIDEST: Final = 100


def preview(outcome: "Outcome", screen: TextIO) -> Iterator[str]:
    """Yield the lines of the preview, with weight where `screen` shows it."""
    for note in outcome.notes:
        yield from (note, "")
    for incident in outcome.incidents:
        yield from _one(incident, screen)
    count = len(outcome.incidents)
    doubtful = sum(bool(incident.problems) for incident in outcome.incidents)
    told = f"{count} incident{'' if count == 1 else 's'} would be imported"
    yield (
        f"{told}, {doubtful} of them to look at first. Nothing was written."
        if doubtful
        else (f"{told}. Nothing was written.")
    )


def _one(incident: ImportedIncident, screen: TextIO) -> Iterator[str]:
    zone = incident.zone or "UTC"
    yield styled(incident.title or "(no title)", "bold", screen)
    for name in MOMENTS:
        moment: datetime | None = getattr(incident.times, name)
        yield f"  {name:<10} {_shown(moment, zone) if moment else 'not known'}"
    yield f"  {'zone':<10} {incident.zone or 'not known; UTC is shown'}"
    yield f"  {'source id':<10} {incident.source_id}"
    if incident.entries:
        yield f"  {len(incident.entries)} entr{'y' if len(incident.entries) == 1 else 'ies'}"
        day = None
        for entry in incident.entries[:_SHOWN]:
            local = entry.at.astimezone(known_zone(zone))
            if local.date() != day:
                day = local.date()
                yield f"    {day}"
            words = " ".join(entry.text.split())
            yield f"    {local:%H:%M}  {words if len(words) <= _WIDEST else words[: _WIDEST - 1] + '…'}"
        if len(incident.entries) > _SHOWN:
            yield f"    … and {len(incident.entries) - _SHOWN} more"
    if incident.problems:
        yield "  Please look at:"
        yield from (f"    - {problem}" for problem in incident.problems)
    yield ""


def _shown(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(known_zone(zone)):%Y-%m-%d %H:%M %Z}"
