"""What of a second text about the same incident is known already: the same words at about the same moment."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from fairlead.core.intake.written import Line

NEAR: Final = timedelta(seconds=60)  # one text tells the seconds, the other does not
_NO_WORD: Final = re.compile(r"[\W_]+")


class KnownLines:
    """Lines that are on record, to hold new ones against."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self._moments: dict[str, list[datetime]] = defaultdict(list)
        for line in lines:
            self._moments[_bare(line.words)].append(line.at)

    def has(self, line: Line) -> bool:
        """Say whether a line says nothing new; signs, spaces and capitals make no difference."""
        return any(abs(line.at - moment) < NEAR for moment in self._moments.get(_bare(line.words), ()))


def _bare(words: str) -> str:
    return _NO_WORD.sub(" ", words).strip().casefold()
