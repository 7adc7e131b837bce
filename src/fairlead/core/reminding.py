"""When an improvement is remembered, and which team its owner's words mean."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

_SATURDAY: Final = 5
_WORKING_WEEK: Final = 5
_WEEK: Final = 7
_WORD: Final = re.compile(r"[^\W_]+")
# What stands beside a team's own name without telling it from another one.
_COMMON_WORDS: Final = (
    "a and department engineer engineers for group lead leads manager of on owner people squad team teams the who "
    "whoever"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())


def _back_to_a_working_day(day: date) -> date:
    while day.weekday() >= _SATURDAY:
        day -= timedelta(days=1)
    return day


def week_before(due_on: date) -> date:
    """Return the day one working week before, counted back from the last working day on or before the day itself."""
    day = _back_to_a_working_day(due_on)
    for _ in range(_WORKING_WEEK):
        day = _back_to_a_working_day(day - timedelta(days=1))
    return day


def stage_on(due_on: date, today: date) -> str:
    """Return which reminder an improvement is at on a day, or nothing: each stage is remembered once.

    `before` from a working week before; `due` on its day, on Friday where that is a weekend; `late1`, `late2` and so
    on from one, two and more weeks after. A server that slept through a day catches up with the stage it wakes in.
    """
    if today.weekday() >= _SATURDAY or today < week_before(due_on):
        return ""
    if today < _back_to_a_working_day(due_on):
        return "before"
    weeks = (today - due_on).days // _WEEK
    return f"late{weeks}" if weeks > 0 else "due"


def team_meant(words: str, teams: Mapping[str, str]) -> str:
    """Return the id of the team that an owner's words mean, or nothing when it is none, or could be two.

    `teams` holds names by id. "Network engineering lead" and "the network team" both mean "Network engineering".
    """
    said = {word.casefold() for word in _WORD.findall(words)}
    names = {key: {word.casefold() for word in _WORD.findall(name)} for key, name in teams.items()}
    whole = [key for key, name in names.items() if name and name <= said]
    if whole:
        longest = max(len(names[key]) for key in whole)
        best = [key for key in whole if len(names[key]) == longest]
        return best[0] if len(best) == 1 else ""
    telling = said - _COMMON
    partly = [key for key, name in names.items() if telling and telling <= name]
    return partly[0] if len(partly) == 1 else ""
