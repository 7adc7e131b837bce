"""Times as machines write them: ISO 8601 with nanoseconds, Slack's `ts`, and the empty time of Go."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from fairlead.core.intake.zones import offset_minutes
from fairlead.core.localtime import LocalTimeError, known_zone, resolve

_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s?([Zz]|[+-]\d\d:?(?:\d\d)?)?"
)
_TS: Final = re.compile(r"(\d{9,10})(?:\.(\d{1,9}))?")
_EARLIEST_YEAR: Final = 1970
_LATEST_YEAR: Final = 2200
_LEAP: Final = 60
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment in UTC, whether its zone was written beside it, and what is doubtful about it."""

    at: datetime
    has_zone: bool
    problem: str = ""


class StampError(ValueError):
    """The text is not a time; the message says so in a sentence."""


def iso_stamp(text: str, *, zone: str | None = None) -> Stamp | None:
    """Return the moment of an ISO 8601 time; None for an empty one (year 1, as Go writes "not yet").

    `zone` is the IANA name for times that carry none; without one they are read as UTC and `has_zone` is
    False. Raises StampError.
    """
    found = _ISO.fullmatch(text.strip())
    if found is None:
        raise StampError(f"“{text.strip()[:40]}” is not a time we can read.")
    year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
    if year == 1:
        return None
    second, fraction, offset = int(found[6] or 0), (found[7] or "")[:6].ljust(6, "0"), found[8]
    try:
        naive = datetime(year, month, day, hour, minute, min(second, _LEAP - 1), int(fraction))  # noqa: DTZ001 - its zone comes next
    except ValueError:
        raise StampError(f"“{text.strip()[:40]}” is not a day and time that exists.") from None
    if not _EARLIEST_YEAR <= year < _LATEST_YEAR or second > _LEAP:
        raise StampError(f"“{text.strip()[:40]}” is not a time we can read.")
    if offset is None:
        return local_stamp(naive, zone=zone)
    minutes = 0 if offset in "Zz" else offset_minutes(offset)
    if minutes is None:
        raise StampError(f"“{text.strip()[:40]}” is not a time we can read.")
    return Stamp(naive.replace(tzinfo=timezone(timedelta(minutes=minutes))).astimezone(UTC), has_zone=True)


def local_stamp(naive: datetime, *, zone: str | None) -> Stamp:
    """Return the moment of a clock on a wall in `zone`, or in UTC when none is known.

    Of an hour that happened twice the first is taken, a time that did not exist is read with the clock as
    it was before the change; both are named as a problem. Raises StampError for a year that cannot be.
    """
    try:
        return Stamp(resolve(naive, zone or "UTC").utc, has_zone=zone is not None)
    except LocalTimeError as error:
        if error.kind not in {"ambiguous", "nonexistent"}:
            raise StampError(error.message) from None
        problem = error.message
    at = naive.replace(tzinfo=known_zone(zone or "UTC"), fold=0).astimezone(UTC)
    return Stamp(at, has_zone=True, problem=problem)


def slack_stamp(ts: str) -> datetime:
    """Return the moment of a Slack `ts`: seconds since 1970 and a fraction, as text. Raises StampError.

    It is a key, and a float would round it: the digits are read one by one.
    """
    found = _TS.fullmatch(ts.strip())
    if found is None:
        raise StampError(f"“{ts.strip()[:40]}” is not a time we can read.")
    micro = int((found[2] or "")[:6].ljust(6, "0"))
    return _EPOCH + timedelta(seconds=int(found[1]), microseconds=micro)


class StampReader:
    """Reads the times of one record and collects, in sentences, what is wrong with them."""

    def __init__(self, zone: str | None) -> None:
        """Take the IANA name for times that carry no zone; None reads them as UTC and says so."""
        self.zone = zone
        self.problems: list[str] = []

    def at(self, name: str, value: object) -> datetime | None:
        """Return the moment of an ISO time under the key `name`; None for a missing, empty or unreadable one."""
        if value is None or value == "":
            return None
        try:
            stamp = iso_stamp(value if isinstance(value, str) else repr(value)[:40], zone=self.zone)
        except StampError as error:
            self.problems.append(f"{name}: {error}")
            return None
        if stamp is None:
            return None
        if not stamp.has_zone:
            self.problems.append(f"{name}: no time zone is named, so it was read as UTC.")
        if stamp.problem:
            self.problems.append(f"{name}: {stamp.problem}")
        return stamp.at
