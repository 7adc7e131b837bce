"""Which of the moments that a text tells go into an import: those its words say, and a start close to them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from fairlead.core.importing.values import ImportedTimes
from fairlead.core.intake import Moment

EARLIEST: Final = "Nothing says when it started, so the earliest time was taken."
_CLOSE: Final = timedelta(hours=24)


def times_told(moments: Sequence[Moment]) -> tuple[ImportedTimes, tuple[str, ...]]:
    """Return the moments that words beside them say, and a sentence when the start is only inferred.

    A start that is merely the earliest time is taken when a moment that is sure follows within a day; in a
    review the earliest time may lie weeks before. An end that is merely the last time is never taken:
    nothing says that it was over.
    """
    sure = {moment.key: moment.at for moment in moments if moment.sure}
    inferred = next((moment.at for moment in moments if moment.key == "started" and not moment.sure), None)
    is_close = inferred is not None and any(at - inferred <= _CLOSE for at in sure.values())
    times = ImportedTimes(
        started=inferred if is_close else sure.get("started"),
        detected=sure.get("detected"),
        mitigated=sure.get("mitigated"),
        resolved=sure.get("resolved"),
    )
    return times, (EARLIEST,) if is_close else ()
