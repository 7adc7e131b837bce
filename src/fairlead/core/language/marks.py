"""What is not prose inside a paragraph: code, links, tags, marks of emphasis. Code and addresses become `#`."""

import re
from typing import Final

_TICKS: Final = re.compile(r"\\?`+")
_MARKS: Final = re.compile(
    r"\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\]\[[^\]\n]{0,200}\]"
    r"|<!--.{0,5000}?-->|<(?:https?://|mailto:)[^<>\s]{1,500}>|</?[A-Za-z][^<>]{0,300}>"
    r"|(?:https?|ftp)://[^\s<>)\]]+|[*]+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])|~~+|\[|\]"
)
_MAY_HAVE_MARKS: Final = re.compile(r"[\[<*_~]|://")


def fill_marks(plain: str, buffer: bytearray, start: int, end: int) -> None:
    """Fill up code, links, tags and marks of emphasis between two offsets of a text in ASCII."""
    part = plain[start:end]
    if "`" in part:
        _fill_code(part, buffer, start)
    if _MAY_HAVE_MARKS.search(part):
        readable = buffer[start:end].decode("ascii")
        for found in _MARKS.finditer(readable):
            is_address = found.group().startswith(("http", "ftp", "<http", "<mailto"))
            fill(buffer, start + found.start(), start + found.end(), b"#" if is_address else b" ")


def fill(buffer: bytearray, start: int, end: int, by: bytes = b" ") -> None:
    """Fill up what stands between two offsets."""
    buffer[start:end] = by * (end - start)


def _fill_code(part: str, buffer: bytearray, start: int) -> None:
    runs = list(_TICKS.finditer(part))
    following: dict[int, int] = {}
    closes = [-1] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        ticks = runs[number].end() - runs[number].start() - (part[runs[number].start()] == "\\")
        closes[number] = following.get(ticks, -1)
        following[ticks] = number
    number = 0
    while number < len(runs):
        if closes[number] > 0 and part[runs[number].start()] != "\\":
            fill(buffer, start + runs[number].start(), start + runs[closes[number]].end(), b"#")
            number = closes[number]
        number += 1
