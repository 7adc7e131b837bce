"""A text in ASCII, character by character, so that patterns and offsets are the same on both sides."""

import re
from typing import Final

from fairlead.core.deidentify.accents import plain_letters

_TYPOGRAPHIC: Final = str.maketrans(
    "’‘‛ʼ“”„«»–—−…\u00a0\u2009\u202f\u2003\ufeff", "''''" + '"' * 5 + "---." + " " * 5
)
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")


def ascii_letters(text: str) -> str:
    """Return `text` with one ASCII character for each of its characters: letters without accents, plain quotes."""
    return text if text.isascii() else _BEYOND_ASCII.sub(_plain, text)


def _plain(found: re.Match[str]) -> str:
    plain = plain_letters(found.group().translate(_TYPOGRAPHIC))
    # "^" is part of a word for the coach, and nothing that Markdown reads; tildes in a row would open a fence
    return "".join(sign if sign.isascii() else "^" for sign in plain)
