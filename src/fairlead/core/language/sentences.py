"""Where a sentence begins and ends in a paragraph of prose, and what stands between quotation marks."""

import re
from typing import Final

# A full stop inside "e.g." or "core-2.example.com" ends nothing; a line of a list that was run together does.
_END: Final = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\b[A-Z])[.!?]+[\"')\]]*(?=\s|$)|[\x00]")
_FURTHEST: Final = 600  # characters; what has no full stop in so many is no sentence
_QUOTE: Final = re.compile(r"\"[^\"]{1,600}\"|(?<![A-Za-z0-9])'[^']{4,300}'(?![A-Za-z0-9])")


def sentence_around(prose: str, start: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    """Return where the sentence with the place from `start` to `end` begins and ends, inside the paragraph `within`."""
    first, last = within
    begin = max(first, start - _FURTHEST)
    for found in _END.finditer(prose, begin, start):
        begin = found.end()
    closing = _END.search(prose, max(start, end - 1), min(last, end + _FURTHEST))
    stop = closing.end() if closing else min(last, end + _FURTHEST)
    while begin < start and prose[begin].isspace():
        begin += 1
    return begin, stop


def is_quoted(prose: str, start: int, end: int, within: tuple[int, int]) -> bool:
    """Tell whether a place stands between quotation marks in its paragraph, as the words of somebody else do."""
    first, last = max(within[0], start - 700), min(within[1], end + 700)
    part = prose[first:last]
    if '"' not in part and "'" not in part:
        return False
    return any(
        first + found.start() <= start and end <= first + found.end() for found in _QUOTE.finditer(part)
    )
