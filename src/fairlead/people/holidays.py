"""Public holidays, by the country and region somebody works in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The public holidays of some years; none, and not `known`, where the library knows nothing of the place."""

    days: frozenset[date]
    known: bool


@lru_cache
def regions() -> dict[str, tuple[str, ...]]:
    """Return the countries whose holidays are known, each with its regions."""
    return {
        country: tuple(found)
        for country, found in sorted(holidays.list_supported_countries(include_aliases=False).items())
    }


def public_holidays(country: str, region: str, years: Iterable[int]) -> PublicHolidays:
    """Return the public holidays of a country (two letters) and a region of it, or of none."""
    return _cached(country, region, tuple(years))


@lru_cache(maxsize=256)
def _cached(country: str, region: str, years: tuple[int, ...]) -> PublicHolidays:
    if country not in regions() or (region and region not in regions()[country]):
        return PublicHolidays(frozenset(), known=False)
    found = holidays.country_holidays(country, subdiv=region or None, years=years)
    return PublicHolidays(frozenset(found), known=True)
