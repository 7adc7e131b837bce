"""Which block a line stands in, told by its indentation and by headers in square brackets."""

from typing import Final

_COMMENTS: Final = ("!", "#", "//", "/*", "*", ";", "--")
_CLOSING: Final = frozenset("{}[]();, ")
_BRACKETED: Final = -1  # "[section]" of an INI or TOML file holds even what is not indented
_HEADING: Final = -2  # the heading a diff gives holds everything
_TAB: Final = 8


class Blocks:
    """The blocks that are open at the line read last. Feed it lines in order; ask where a line stands."""

    def __init__(self, heading: str = "") -> None:
        """`heading` is the function or block that a diff names for this part, or empty."""
        self._open: list[tuple[int, str]] = [(_HEADING, heading.strip())] if heading.strip() else []

    def enter(self, line: str) -> tuple[str, ...]:
        """Read one line, and return the headers of the blocks it stands in, from the outermost inwards."""
        words = line.strip()
        if not words or words.startswith(_COMMENTS) or _CLOSING.issuperset(words):
            return tuple(header for _, header in self._open)
        is_bracketed = words.startswith("[") and words.endswith("]") and len(words) > len("[]")
        depth = _BRACKETED if is_bracketed else _indent(line)
        while self._open and self._open[-1][0] >= depth:
            self._open.pop()
        within = tuple(header for _, header in self._open)
        self._open.append((depth, words.rstrip(" {:")))
        return within


def _indent(line: str) -> int:
    expanded = line.expandtabs(_TAB)
    return len(expanded) - len(expanded.lstrip())
