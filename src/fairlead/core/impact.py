"""What an incident cost: a range of money with the assumptions that made it.

The formula is the playbook's (section 2): revenue per hour, taken from a weekly profile and integrated over the
outage, times the share of customers affected, minus the sales that came back later; plus support contacts times
their cost, service credits, and staff hours times their cost.

All arithmetic is exact (integers and `Fraction`), and rounding happens once, at the end. Cutting an outage into
pieces therefore changes nothing: the exact parts add up to the exact whole. Money is in integer minor units of one
currency, rates are per hour, times are aware datetimes (kept in UTC by the callers; any zone is right).

The low, likely and high figures let every doubtful input go the same way at once: the low figure takes the smallest
share and the largest recovery, the high figure the opposite. The range is as wide as the inputs allow; it is not a
statistical interval and is not called one. Zone rules come from the standard library's `zoneinfo`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Final, Literal

from fairlead.core.localtime import LocalTimeError, known_zone
from fairlead.core.wording import (
    duration_words,
    format_money,
    percent,
    plain_number,
    spoken_money,
    spoken_range,
)

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
    "problems",
    "spoken_money",
    "spoken_range",
]

HOURS_A_WEEK: Final = 7 * 24
LONGEST_OUTAGE: Final = timedelta(days=366)
_HOUR: Final = timedelta(hours=1)
_TICK: Final = timedelta(microseconds=1)

Exact = int | Fraction


@dataclass(frozen=True, slots=True)
class Range:
    """Three figures for one thing nobody knows exactly. `problems` checks their order, not the constructor."""

    low: Exact
    likely: Exact
    high: Exact

    @classmethod
    def of(cls, low: Exact | str, likely: Exact | str, high: Exact | str) -> "Range":
        """Return a range from numbers or decimal text: "0.15" is read exactly. ValueError if it is no number."""
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
# With nobody's word on it, the likely figure counts no sale as having come back, so that it is the plain product
# of rate and time; the low figure allows for three in ten, so that the range does not pretend to know.
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
    """What is known about the cost of one incident. None means that nobody has said; a default is then listed.

    `started` and `ended` are aware datetimes; `zone` is the IANA name of the organisation's zone, whose clock the
    profile follows; `currency` is an ISO 4217 code. `share` (of customers affected) and `recovered` (share of the
    lost sales that came back later) are fractions of one. `support_contacts` and `staff_hours` are counts,
    `cost_per_contact`, `cost_per_staff_hour` and `sla_credits` minor units. `assumptions` are sentences that people
    wrote; they are carried along unchanged.
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

    `total` is rounded from the exact sum, so it can differ from the sum of the rounded parts by a minor unit or two.
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
    """Return what the incident cost, low <= likely <= high, in minor units. Raises ImpactError (see `problems`)."""
    raise NotImplementedError


def as_stated(started: datetime, ended: datetime, currency: str, total: Range) -> Impact:
    """Return an impact for a cost somebody has simply said. No rate is worked back from it.

    `total` is minor units. It stands under revenue, because nobody has split it. Raises ImpactError.
    """
    raise NotImplementedError


def exact_revenue(inputs: ImpactInputs) -> Range:
    """Return the lost revenue in minor units, exact and unrounded. Raises ImpactError.

    Exactness is what makes cutting an outage into pieces harmless: the pieces add up to the whole.
    """
    raise NotImplementedError


def problems(inputs: ImpactInputs) -> tuple[InputProblem, ...]:
    """Return everything that stops the inputs from being counted, in the order of the fields; empty when fine."""
    raise NotImplementedError
