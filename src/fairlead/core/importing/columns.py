"""Which column of a table is what: guessed from the words of its header, or said with `--map field=column`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fairlead.core.intake.zones import AFTER_CLOCK, reading

# Field, then the headers it is known by, the likeliest first.
_WORDS: Final = """
title: title | incident title | incident name | incident | name | summary | subject | headline | what happened | what | short description | issue | description
started: started | started at | start | start time | started on | start date | start datetime | incident start | impact start | outage start | began | begin | beginning | from | since | occurred | occurred at | created | created at | created on | opened | opened at | date time | datetime | timestamp | time | when
detected: detected | detected at | detection | detection time | time detected | noticed | noticed at | discovered | discovered at | reported | reported at | alerted | alerted at | acknowledged | acknowledged at
mitigated: mitigated | mitigated at | mitigation | mitigation time | time mitigated | stabilised | stabilized
resolved: resolved | resolved at | resolved on | resolution time | resolution date | time resolved | end | ended | ended at | end time | end date | end datetime | incident end | impact end | outage end | until | to | closed | closed at | finished | recovered | restored | fixed | fixed at
day: date | day | incident date | on
zone: zone | time zone | timezone | tz
id: id | incident id | incident number | number | no | nr | key | issue key | reference | ref | ticket | ticket id | case | uuid | external id
timeline: timeline | log | chronology | events | updates | history | notes
"""  # noqa: E501 - one field a line reads better than it wraps
FIELDS: Final = tuple(line.partition(":")[0] for line in _WORDS.strip().splitlines())
TIME_FIELDS: Final = ("started", "detected", "mitigated", "resolved")
_SYNONYMS: Final = {
    field: [word.strip() for word in words.split("|")]
    for field, _colon, words in (line.partition(":") for line in _WORDS.strip().splitlines())
}
_BRACKET: Final = re.compile(r"[(\[][^)\]]{0,60}[)\]]")
_SPLIT: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OTHER: Final = re.compile(r"[\W_]+")


class MappingError(ValueError):
    """A mapping names a field or a column that is not there; the message lists what is."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field stands: the number of its column from 0, its header, and the zone named in the header."""

    at: int
    header: str
    zone: str | None


def columns_of(header: Sequence[str], chosen: Mapping[str, str]) -> dict[str, Column]:
    """Return the column of each field that has one.

    `chosen` maps fields to headers (any case) and outranks what the words suggest. No column serves two
    fields. Raises MappingError.
    """
    named = {text.strip().casefold(): number for number, text in reversed(list(enumerate(header)))}
    found: dict[str, Column] = {}
    for field, wanted in chosen.items():
        if field not in FIELDS:
            raise MappingError(f"There is no field “{field}”. There are: {', '.join(FIELDS)}.")
        number = named.get(wanted.strip().casefold())
        if number is None:
            there = ", ".join(text.strip() for text in header if text.strip()) or "none"
            raise MappingError(f"There is no column “{wanted}”. There are: {there}.")
        found[field] = _column(number, header[number])
    plain = [_plain(text) for text in header]
    taken = {column.at for column in found.values()}
    # All the likeliest words first: "summary" is a title only where no column is called "title".
    for rank in range(max(len(words) for words in _SYNONYMS.values())):
        for field, words in _SYNONYMS.items():
            if field in found or rank >= len(words):
                continue
            number = next((n for n, text in enumerate(plain) if text == words[rank] and n not in taken), None)
            if number is not None:
                found[field] = _column(number, header[number])
                taken.add(number)
    return found


def _plain(header: str) -> str:
    """Return a header as words: "startedAt (UTC)" and "Started_at" are both "started at"."""
    return " ".join(_OTHER.sub(" ", _SPLIT.sub(" ", _BRACKET.sub(" ", header))).lower().split())


def _column(number: int, header: str) -> Column:
    found = AFTER_CLOCK.search(header)
    read = reading(found) if found is not None else None
    return Column(number, header.strip(), read.zone if read is not None else None)
