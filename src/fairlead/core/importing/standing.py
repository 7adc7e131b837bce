"""What of an imported incident can go on record as it is: times that fit together, entries that have happened."""

from dataclasses import replace
from datetime import datetime

from fairlead.core.importing.values import ImportedEntry, ImportedIncident, ImportedTimes
from fairlead.core.localtime import order_problems

_LONGEST_DAYS = 366


def standing_times(times: ImportedTimes, *, now: datetime) -> ImportedTimes:
    """Return the times without those that lie in the future or out of order; `now` is an aware datetime.

    The problems of the reading name what was left out, so that a person puts it right.
    """
    kept = times
    while True:
        wrong = order_problems(
            started=kept.started,
            detected=kept.detected,
            mitigated=kept.mitigated,
            resolved=kept.resolved,
            now=now,
            longest_days=_LONGEST_DAYS,
        )
        if not wrong:
            return kept
        kept = replace(kept, **{problem.field: None for problem in wrong})


def happened(incident: ImportedIncident, *, now: datetime) -> tuple[ImportedEntry, ...]:
    """Return the entries that do not lie in the future."""
    return tuple(entry for entry in incident.entries if entry.at <= now)
