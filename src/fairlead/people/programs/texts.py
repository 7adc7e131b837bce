"""Texts that a database can keep: no zero character, no half of a surrogate pair."""

from typing import Annotated

from pydantic import AfterValidator, Field

LONGEST = 200_000


def _keepable(given: str) -> str:
    if "\x00" in given:
        raise ValueError("a text holds no zero character")
    return given


def text(longest: int, *, shortest: int = 0, about: str = "") -> object:
    """Return the type of a text of at most this many characters."""
    return Annotated[
        str, Field(max_length=longest, min_length=shortest, description=about), AfterValidator(_keepable)
    ]
