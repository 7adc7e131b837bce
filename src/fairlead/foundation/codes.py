"""Values that carry no words: what may stand in the clear in audit details and outbox payloads."""

import re
from collections.abc import Mapping
from datetime import date
from uuid import UUID

LONGEST = 64
_CODE = re.compile(r"[A-Za-z0-9_.:+/-]*", re.ASCII)

Code = str | int | bool | None


class NotACode(ValueError):  # noqa: N818 -- named for what the value is, as it reads in `except NotACode`
    """A value that could hold somebody's words; the message names the field and never repeats the value."""


def code(name: str, value: object) -> Code:
    """Return `value` as it may be stored: an id, a short code, a number, a yes or no, a day or a moment.

    UUIDs and dates become text. Raises NotACode for anything longer than 64 characters, with spaces, or with
    any sign that ids and codes do not need (an `@` would let an address through).
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date):  # a datetime is a date too
        value = value.isoformat()
    elif isinstance(value, UUID):
        value = str(value)
    if not isinstance(value, str) or len(value) > LONGEST or not _CODE.fullmatch(value):
        raise NotACode(f"{name} must be an id or a short code of at most {LONGEST} plain characters.")
    return value


def codes(values: Mapping[str, object]) -> dict[str, Code]:
    """Return `values` with every name and value checked by `code`; raises NotACode."""
    for name in values:
        code("The name of a value", name)
    return {name: code(name, value) for name, value in values.items()}
