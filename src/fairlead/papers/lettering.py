"""Which letters go on paper."""

import re
from typing import Final

_PICTURE: Final = re.compile(
    "[\U0001f000-\U0001faff\U000e0000-\U0010ffff\u2600-\u27bf\ufe00-\ufe0f\u200d\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    """Return text without emoji and unseen marks, which few machines can print; line ends and tabs stay."""
    return _PICTURE.sub(" ", text)
