"""The demo shop's weekly curve, and its bad Thursday afternoon.

A plausible online shop with customers in every region and its office on the east coast of the United
States: quiet nights, a rise through the morning, its peak in the middle of the afternoon, a slower evening,
weekends flatter. Every rate is a round number of US dollars an hour, chosen for the shape of the week. None
is worked back from what the outage cost; the cost comes out of the curve.
"""

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from fairlead.core.impact_inputs import HourlyProfile, ImpactInputs, Range

STORY_ZONE: Final = "America/New_York"
STORY_CURRENCY: Final = "USD"

# Thousands of dollars an hour, midnight first.
_MONDAY: Final = (
    *(35, 25, 20, 15, 15, 20, 35, 55, 80, 100, 115, 125),
    *(135, 145, 160, 175, 170, 150, 130, 125, 120, 105, 80, 55),
)
_MIDWEEK: Final = (
    *(40, 30, 20, 15, 15, 20, 40, 60, 90, 110, 125, 135),
    *(145, 155, 175, 190, 185, 160, 140, 130, 125, 110, 85, 60),
)
_FRIDAY: Final = (
    *(40, 30, 20, 15, 15, 20, 40, 60, 85, 105, 120, 130),
    *(140, 150, 165, 175, 165, 140, 115, 105, 100, 95, 80, 60),
)
_SATURDAY: Final = (
    *(45, 30, 25, 20, 15, 15, 25, 40, 60, 85, 105, 115),
    *(120, 125, 130, 130, 125, 115, 105, 100, 95, 90, 75, 55),
)
_SUNDAY: Final = (
    *(45, 30, 25, 20, 15, 15, 20, 35, 55, 80, 100, 115),
    *(120, 130, 135, 140, 140, 135, 130, 130, 125, 110, 80, 50),
)
_WEEK: Final = (_MONDAY, _MIDWEEK, _MIDWEEK, _MIDWEEK, _FRIDAY, _SATURDAY, _SUNDAY)
_MINOR_UNITS: Final = 1_000 * 100


def story_profile() -> HourlyProfile:
    """Return the shop's revenue per hour through a week, in cents, on the clock of `STORY_ZONE`."""
    return HourlyProfile(tuple(thousands * _MINOR_UNITS for day in _WEEK for thousands in day))


def story_inputs(day: date) -> ImpactInputs:
    """Return the inputs for an outage from 14:27 to 15:32 on `day`, in the shop's zone. The story's is a
    Thursday.

    The shop was down everywhere; the low share leaves room for baskets that were already being paid. A
    tenth of the sales is thought to have come back in the evening.
    """
    zone = ZoneInfo(STORY_ZONE)
    return ImpactInputs(
        started=datetime.combine(day, time(14, 27), zone).astimezone(UTC),
        ended=datetime.combine(day, time(15, 32), zone).astimezone(UTC),
        zone=STORY_ZONE,
        currency=STORY_CURRENCY,
        profile=story_profile(),
        share=Range.of("0.95", 1, 1),
        recovered=Range.of("0.05", "0.1", "0.2"),
        support_contacts=Range(700, 900, 1_200),
        cost_per_contact=400,
        staff_hours=Range(16, 24, 40),
        cost_per_staff_hour=8_000,
        assumptions=("The weekly curve is the average of the last eight weeks without a sale.",),
    )
