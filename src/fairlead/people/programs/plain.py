"""Values that are what they say: no number is a day or a time by the way, and no yes or no is a number."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import AwareDatetime, BeforeValidator, Field, WithJsonSchema

_FIRST: Final = date(1970, 1, 1)
_LAST: Final = date(2200, 1, 1)
_A_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _written_day(given: object) -> object:
    if isinstance(given, str) and _A_DAY.fullmatch(given):
        return given
    raise ValueError("a day is written as 2026-11-25")


def _written_time(given: object) -> object:
    if isinstance(given, datetime) or (isinstance(given, str) and _A_DAY.match(given)):
        return given
    raise ValueError("a time is written with its offset, as 2026-11-25T14:27:00Z")


def _no_yes_or_no(given: object) -> object:
    if isinstance(given, bool):
        raise ValueError("a number is meant, not yes or no")  # noqa: TRY004 - only a ValueError is told to the program
    return given


Day = Annotated[date, Field(ge=_FIRST, lt=_LAST), BeforeValidator(_written_day)]
Time = Annotated[AwareDatetime, BeforeValidator(_written_time)]
Number = Annotated[
    Decimal,
    BeforeValidator(_no_yes_or_no),
    WithJsonSchema(
        {"type": ["number", "string"], "minimum": 0}
    ),  # told as text, because a float would round it
]
Whole = Annotated[int, BeforeValidator(_no_yes_or_no)]
