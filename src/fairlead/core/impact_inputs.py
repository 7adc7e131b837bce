"""What is known about the cost of one incident: the inputs of `fairlead.core.impact`, and what can be wrong
with them.

Money is in integer minor units of one currency, rates are per hour, shares are fractions of one. Floats are
not among the types: 0.1 is not a tenth, and the arithmetic here is exact.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Final, Literal

from fairlead.core.localtime import LocalTimeError, known_zone

HOURS_A_WEEK: Final = 7 * 24
LONGEST_OUTAGE: Final = timedelta(days=366)

Exact = int | Fraction


@dataclass(frozen=True, slots=True)
class Range:
    """Three figures for one thing nobody knows exactly. `problems` checks their order, not the
    constructor.
    """

    low: Exact
    likely: Exact
    high: Exact

    @classmethod
    def of(cls, low: Exact | str, likely: Exact | str, high: Exact | str) -> "Range":
        """Return a range from numbers or decimal text: "0.15" is read exactly. ValueError if it is no
        number.
        """
        return cls(Fraction(low), Fraction(likely), Fraction(high))

    @classmethod
    def exactly(cls, value: Exact | str) -> "Range":
        """Return a range without doubt, from a number or decimal text. ValueError if it is no number."""
        return cls.of(value, value, value)

    def rounded(self) -> "Range":
        """Return whole numbers, halves to the even neighbour. The order of the three stays."""
        return Range(round(self.low), round(self.likely), round(self.high))

    def times(self, factor: Exact) -> "Range":
        """Return the range scaled by a factor that is not negative."""
        return Range(self.low * factor, self.likely * factor, self.high * factor)

    def plus(self, other: "Range") -> "Range":
        """Return the sum, low to low and high to high."""
        return Range(self.low + other.low, self.likely + other.likely, self.high + other.high)


NOTHING: Final = Range(0, 0, 0)
EVERYONE: Final = Range(1, 1, 1)
# With nobody's word on it, the likely figure counts no sale as having come back, so that it is the plain
# product of rate and time; the low figure allows for three in ten, so that the range does not pretend to
# know.
RECOVERY_UNKNOWN: Final = Range(0, 0, Fraction(3, 10))


@dataclass(frozen=True, slots=True)
class HourlyProfile:
    """Revenue per hour through a week, on the organisation's clock, in minor units.

    `rates` holds 168 values: Monday 00:00 first, Sunday 23:00 last.
    """

    rates: tuple[int, ...]

    @classmethod
    def flat(cls, rate: int) -> "HourlyProfile":
        """Return a profile with one rate for every hour: enough to start."""
        return cls((rate,) * HOURS_A_WEEK)

    def rate(self, weekday: int, hour: int) -> int:
        """Return the rate of one hour; `weekday` is 0 for Monday, `hour` 0 to 23 on the local clock."""
        return self.rates[weekday * 24 + hour]

    @property
    def is_flat(self) -> bool:
        """Say whether every hour has the same rate."""
        return len(set(self.rates)) == 1


@dataclass(frozen=True, slots=True)
class ImpactInputs:
    """What is known about the cost of one incident. None means that nobody has said; a default is then
    listed.

    `started` and `ended` are aware datetimes; `zone` is the IANA name of the organisation's zone, whose
    clock the profile follows; `currency` is an ISO 4217 code. `share` (of customers affected) and
    `recovered` (share of the lost sales that came back later) are fractions of one. `support_contacts` and
    `staff_hours` are counts, `cost_per_contact`, `cost_per_staff_hour` and `sla_credits` minor units.
    `assumptions` are sentences that people wrote; they are carried along unchanged.
    """

    started: datetime
    ended: datetime
    zone: str
    currency: str
    profile: HourlyProfile | None = None
    share: Range | None = None
    recovered: Range | None = None
    support_contacts: Range | None = None
    cost_per_contact: int | None = None
    sla_credits: Range | None = None
    staff_hours: Range | None = None
    cost_per_staff_hour: int | None = None
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InputProblem:
    """One thing wrong with the inputs: the field, and a sentence that says what to do."""

    field: str
    message: str


class ImpactError(ValueError):
    """The inputs cannot be counted. `problems` holds every reason, `field` names the first."""

    def __init__(self, found: tuple[InputProblem, ...]) -> None:
        """Keep the problems; the text is their sentences."""
        super().__init__(" ".join(problem.message for problem in found))
        self.problems = found
        self.field = found[0].field


@dataclass(frozen=True, slots=True)
class Assumption:
    """One thing the figure rests on: a key, a sentence, the value as text, and whether somebody said it."""

    key: str
    text: str
    value: str
    source: Literal["stated", "default"]


def problems(inputs: ImpactInputs) -> tuple[InputProblem, ...]:
    """Return everything that stops the inputs from being counted, in the order of the fields; empty when
    fine.
    """
    found = list(interval_problems(inputs.started, inputs.ended))
    try:
        known_zone(inputs.zone)
    except LocalTimeError as error:
        found.append(InputProblem("zone", str(error)))
    found += currency_problems(inputs.currency)
    found += _profile_problems(inputs.profile)
    found += range_problems("share", inputs.share, most=1)
    found += range_problems("recovered", inputs.recovered, most=1)
    found += range_problems("support_contacts", inputs.support_contacts)
    found += _cost_problems("cost_per_contact", inputs.cost_per_contact)
    found += range_problems("sla_credits", inputs.sla_credits)
    found += range_problems("staff_hours", inputs.staff_hours)
    found += _cost_problems("cost_per_staff_hour", inputs.cost_per_staff_hour)
    return tuple(found)


def interval_problems(started: datetime, ended: datetime) -> tuple[InputProblem, ...]:
    """Return what is wrong with the two ends: no zone, end before start, or longer than a year."""
    for name, moment in (("started", started), ("ended", ended)):
        if moment.utcoffset() is None:
            return (InputProblem(name, "This time has no zone. Give the zone it was read in."),)
    # In UTC, because Python compares two times of one zone as clocks on a wall.
    elapsed = ended.astimezone(UTC) - started.astimezone(UTC)
    if elapsed < timedelta():
        return (InputProblem("ended", "The end is before the start. Check both times, and the day of each."),)
    if elapsed > LONGEST_OUTAGE:
        return (InputProblem("ended", "This lasts longer than a year. Check the year of both times."),)
    return ()


def currency_problems(currency: str) -> tuple[InputProblem, ...]:
    """Return what is wrong with a currency code: it is three capital letters, as in ISO 4217."""
    if len(currency) == len("USD") and currency.isascii() and currency.isalpha() and currency.isupper():
        return ()
    return (InputProblem("currency", "Use the three capital letters of the currency, such as USD or EUR."),)


def range_problems(field: str, value: Range | None, most: int | None = None) -> tuple[InputProblem, ...]:
    """Return what is wrong with a range: negative, above `most`, or its three figures out of order."""
    if value is None:
        return ()
    figures = (value.low, value.likely, value.high)
    if min(figures) < 0:
        return (InputProblem(field, "This is below zero. Use zero or more."),)
    if most is not None and max(figures) > most:
        return (InputProblem(field, "A share is between 0 and 1: for 40 percent write 0.4."),)
    if not value.low <= value.likely <= value.high:
        return (InputProblem(field, "Put the three figures in order: low, likely, high."),)
    return ()


def _profile_problems(profile: HourlyProfile | None) -> tuple[InputProblem, ...]:
    if profile is None:
        return ()
    if len(profile.rates) != HOURS_A_WEEK:
        text = f"A week has {HOURS_A_WEEK} hours, and this profile has {len(profile.rates)} values."
        return (InputProblem("profile", f"{text} Give one number for every hour, or a single rate."),)
    if min(profile.rates) < 0:
        return (InputProblem("profile", "A rate is below zero. Use zero for hours that bring no revenue."),)
    return ()


def _cost_problems(field: str, cost: int | None) -> tuple[InputProblem, ...]:
    if cost is not None and cost < 0:
        return (InputProblem(field, "This cost is below zero. Use zero or more."),)
    return ()
