"""Offsets as people and editors count: lines, columns in characters, columns in UTF-16 units."""

import re
from bisect import bisect_left, bisect_right
from typing import Final, TypedDict, Unpack

from fairlead.core.language.finding import Finding, Level

_WIDE: Final = re.compile("[\U00010000-\U0010ffff]")  # two units each in UTF-16


class _Said(TypedDict):
    rule: str
    category: str
    level: Level
    message: str
    why: str
    rewrites: tuple[str, ...]
    safe: bool
    names_somebody: bool


class Places:
    """The lines of one text, found once. A line ends with LF or CRLF."""

    def __init__(self, text: str) -> None:
        """Take the text whose offsets will be asked for."""
        self._text = text
        self._starts: list[int] = []
        self._wide: list[int] = []

    def at(self, offset: int) -> tuple[int, int, int]:
        """Return line, column and column in UTF-16 units of an offset, all counted from 1."""
        if not self._starts:
            self._starts = [0, *(found.end() for found in re.finditer("\n", self._text))]
            self._wide = [found.start() for found in _WIDE.finditer(self._text)]
        line = bisect_right(self._starts, offset)
        begin = self._starts[line - 1]
        wide = bisect_left(self._wide, offset) - bisect_left(self._wide, begin)
        return line, offset - begin + 1, offset - begin + 1 + wide

    def finding(self, start: int, end: int, **said: Unpack[_Said]) -> Finding:
        """Return a finding with its place in every way of counting."""
        line, column, utf16 = self.at(start)
        end_line, end_column, utf16_end = self.at(end)
        return Finding(
            start=start,
            end=end,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            utf16_column=utf16,
            utf16_end_column=utf16_end,
            **said,
        )
