"""The services of an incident, one by one, from the line in which they were written."""

import re
from typing import Final

MOST: Final = 40
LONGEST: Final = 100
_PARTED: Final = re.compile(r"[,;\n/]+")


def services_named(line: str) -> tuple[str, ...]:
    """Return each service of a line once, in small letters, in their order: "Shop, Checkout" is shop and checkout."""
    parts = (" ".join(part.split()).casefold()[:LONGEST].strip() for part in _PARTED.split(line))
    return tuple(dict.fromkeys(part for part in parts if part))[:MOST]
