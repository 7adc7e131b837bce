"""What an incident cost: a range of money with the assumptions that made it.

The formula is the playbook's (section 2): revenue per hour, taken from a weekly profile and integrated over
the outage, times the share of customers affected, minus the sales that came back later; plus support
contacts times their cost, service credits, and staff hours times their cost.

All arithmetic is exact (integers and `Fraction`), and rounding happens once, at the end. Cutting an outage
into pieces therefore changes nothing: the exact parts add up to the exact whole. Money is in integer minor
units of one currency, rates are per hour, times are aware datetimes (kept in UTC by the callers; any zone
is right).

The low, likely and high figures let every doubtful input go the same way at once: the low figure takes the
smallest share and the largest recovery, the high figure the opposite. The range is as wide as the inputs
allow; it is not a statistical interval and is not called one. Zone rules come from the standard library's
`zoneinfo`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from fairlead.core.impact_assumptions import assumptions_of, stated_total
from fairlead.core.impact_inputs import (
    EVERYONE,
    NOTHING,
    RECOVERY_UNKNOWN,
    Assumption,
    Exact,
    HourlyProfile,
    ImpactError,
    ImpactInputs,
    InputProblem,
    Range,
    currency_problems,
    interval_problems,
    problems,
    range_problems,
)
from fairlead.core.localtime import known_zone, minutes_between
from fairlead.core.wording import duration_words, format_money, spoken_money, spoken_range

__all__ = [
    "Assumption",
    "Exact",
    "HourPart",
    "HourlyProfile",
    "Impact",
    "ImpactError",
    "ImpactInputs",
    "InputProblem",
    "Range",
    "as_stated",
    "duration_words",
    "estimate",
    "exact_revenue",
    "format_money",
    "hour_parts",
    "problems",
    "spoken_money",
    "spoken_range",
]

_HOUR: Final = timedelta(hours=1)
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class HourPart:
    """The piece of an outage that falls into one hour of the profile.

    `start` and `end` are in the organisation's zone, `minutes` is exact, `rate` is minor units per hour, and
    `at_full_loss` is what the piece would cost if every customer were affected and nothing came back (exact).
    """

    start: datetime
    end: datetime
    minutes: Fraction
    rate: int
    at_full_loss: Fraction


@dataclass(frozen=True, slots=True)
class Impact:
    """The cost of one incident. The ranges are whole minor units of `currency`; `minutes` is exact.

    `total` is rounded from the exact sum, so it can differ from the sum of the rounded parts by a minor
    unit or two.
    """

    currency: str
    minutes: Fraction
    revenue: Range
    support: Range
    sla: Range
    staff: Range
    total: Range
    parts: tuple[HourPart, ...]
    assumptions: tuple[Assumption, ...]


def estimate(inputs: ImpactInputs) -> Impact:
    """Return what the incident cost, low <= likely <= high, in minor units. Raises ImpactError (see
    `problems`).
    """
    parts = hour_parts(inputs)
    revenue = _lost(parts, inputs)
    support = (inputs.support_contacts or NOTHING).times(inputs.cost_per_contact or 0)
    sla = inputs.sla_credits or NOTHING
    staff = (inputs.staff_hours or NOTHING).times(inputs.cost_per_staff_hour or 0)
    return Impact(
        currency=inputs.currency,
        minutes=minutes_between(inputs.started, inputs.ended),
        revenue=revenue.rounded(),
        support=support.rounded(),
        sla=sla.rounded(),
        staff=staff.rounded(),
        total=revenue.plus(support).plus(sla).plus(staff).rounded(),
        parts=parts,
        assumptions=assumptions_of(inputs),
    )


def as_stated(started: datetime, ended: datetime, currency: str, total: Range) -> Impact:
    """Return an impact for a cost that somebody has simply said. No rate is worked back from it.

    `total` is in minor units. It stands under revenue, because nobody has split it. Raises ImpactError.
    """
    found = (
        *interval_problems(started, ended),
        *currency_problems(currency),
        *range_problems("total", total),
    )
    if found:
        raise ImpactError(found)
    return Impact(
        currency=currency,
        minutes=minutes_between(started, ended),
        revenue=total.rounded(),
        support=NOTHING,
        sla=NOTHING,
        staff=NOTHING,
        total=total.rounded(),
        parts=(),
        assumptions=(stated_total(total, currency),),
    )


def exact_revenue(inputs: ImpactInputs) -> Range:
    """Return the lost revenue in minor units, exact and unrounded. Raises ImpactError.

    Exactness is what makes cutting an outage into pieces harmless: the pieces add up to the whole.
    """
    return _lost(hour_parts(inputs), inputs)


def hour_parts(inputs: ImpactInputs) -> tuple[HourPart, ...]:
    """Return the outage cut at every hour of the organisation's clock; empty without a profile or any length.

    The hours are those a clock on the wall shows: an hour that happens twice in autumn is counted twice at
    its rate, an hour skipped in spring not at all. Raises ImpactError.
    """
    found = problems(inputs)
    if found:
        raise ImpactError(found)
    if inputs.profile is None:
        return ()
    zone = known_zone(inputs.zone)
    parts: list[HourPart] = []
    # Both ends are taken to UTC first: Python subtracts two times of one zone as clocks on a wall, not as
    # time.
    at, ended = inputs.started.astimezone(UTC), inputs.ended.astimezone(UTC)
    while at < ended:
        local = at.astimezone(zone)
        until = min(_end_of_hour(at, local, zone), ended)
        rate = inputs.profile.rate(local.weekday(), local.hour)
        minutes = minutes_between(at, until)
        parts.append(HourPart(local, until.astimezone(zone), minutes, rate, rate * minutes / 60))
        at = until
    return tuple(parts)


def _lost(parts: tuple[HourPart, ...], inputs: ImpactInputs) -> Range:
    at_full_loss = sum((part.at_full_loss for part in parts), Fraction(0))
    share = inputs.share or EVERYONE
    recovered = inputs.recovered or RECOVERY_UNKNOWN
    return Range(
        at_full_loss * share.low * (1 - recovered.high),
        at_full_loss * share.likely * (1 - recovered.likely),
        at_full_loss * share.high * (1 - recovered.low),
    )


def _end_of_hour(at: datetime, local: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC moment at which the local hour that holds `at` ends.

    Zones have changed their offset in the middle of an hour (St. John's at one past midnight, Lord Howe by
    thirty minutes), so when the offset changes on the way, the moment of the change ends the piece.
    """
    into_the_hour = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    before, after = at, at + _HOUR - into_the_hour
    offset = local.utcoffset()
    # Halving: `before` always has the old offset; `after` comes down to the first moment that has another.
    while after.astimezone(zone).utcoffset() != offset and after - before > _TICK:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
