"""Pages of a list for programs: a cursor names the last thing seen, so that new things shift nothing."""

import base64
import json
from typing import Any

from ninja import Schema
from pydantic import Field

from fairlead.core.refusal import Refused

MOST = 200


class Paging(Schema):
    """How much of a list, and from where on."""

    limit: int = Field(50, ge=1, le=MOST, description="How many at most.")
    cursor: str = Field(
        "", max_length=300, description="“next” of the page before; leave it out for the first page."
    )


def cursor_for(*position: str | None) -> str:
    """Return a position in a list as an opaque text."""
    return base64.urlsafe_b64encode(json.dumps(position, separators=(",", ":")).encode()).decode().rstrip("=")


def position_in(cursor: str, parts: int) -> list[str | None] | None:
    """Return the position behind a cursor, or None for the first page. Raises Refused for a text that is no cursor."""
    if not cursor:
        return None
    try:
        found: Any = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        found = None
    if (
        not isinstance(found, list)
        or len(found) != parts
        or not all(p is None or isinstance(p, str) for p in found)
    ):
        raise bad_cursor()
    return found


def bad_cursor() -> Refused:
    """Return the refusal of a cursor that did not come from here."""
    return Refused("This cursor is not from here. Begin again without one.", field="cursor")
