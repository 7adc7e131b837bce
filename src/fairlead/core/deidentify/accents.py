"""Letters without their accents, character by character, so that "Łukasz" and "Lukasz" are one name.

The result has the length of the text, so offsets stay true.
"""

import unicodedata
from functools import cache
from typing import Final

# Letters that Unicode does not take apart into a base and an accent.
_OTHERS: Final = {
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "ð": "d",
    "Ð": "D",
    "ħ": "h",
    "’": "'",
}


@cache
def _plain(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return _OTHERS.get(base, base) if character.isalpha() or character in _OTHERS else character


def plain_letters(text: str) -> str:
    """Return `text` with each accented letter as its base letter and each typographic apostrophe as a straight one."""
    if text.isascii():
        return text
    return text.translate({ord(character): _plain(character) for character in set(text)})
