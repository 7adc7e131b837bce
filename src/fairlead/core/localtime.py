"""Local clock times turned into UTC, with a plain sentence when a clock time is not what it seems."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class LocalTimeError(ValueError):
    """A local time that cannot be used as it stands."""


def known_zone(name: str) -> ZoneInfo:
    """Return the zone with this IANA name. Raises LocalTimeError if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise LocalTimeError(name) from error
