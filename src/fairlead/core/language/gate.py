"""Which patterns are worth trying in a text: by the words they need, found by google-re2 where it has a wheel.

With and without it the answer is the same; a test holds them together. (A set of the whole patterns was measured
too: its automaton grows too large and is forty times slower than this set of words.) A pattern is compiled when it
is first tried, because most never are.
Patterns see text as bytes of ASCII, so offsets are the same on both sides.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Protocol


class Pattern(Protocol):
    """What the coach asks of a compiled pattern, of either engine."""

    def finditer(self, text: bytes, /) -> Iterator[re.Match[bytes]]:
        """Yield every match."""
        ...

    def search(self, text: bytes, /) -> re.Match[bytes] | None:
        """Return the first match."""
        ...


@cache
def fast_engine() -> Any:
    """Return google-re2, or None where it is not installed."""
    try:
        return import_module("re2")
    except ImportError:
        return None


@cache
def compiled(pattern: str) -> Pattern:
    """Return a packaged pattern, compiled by whichever engine is there."""
    engine = fast_engine()
    return re.compile(pattern.encode()) if engine is None else engine.compile(pattern.encode())


def compiled_by_stranger(pattern: str) -> Pattern:
    """Return a pattern that somebody else wrote, always by RE2, whose time grows with the text alone.

    Raises ValueError for a pattern that is none, and where RE2 is not installed.
    """
    engine = fast_engine()
    if engine is None:
        raise ValueError("rules of your own need google-re2, which is not installed here")
    options = engine.Options()
    options.log_errors = False
    options.never_capture = True
    options.case_sensitive = False
    try:
        return engine.compile(pattern.encode(), options)
    except engine.error as error:
        raise ValueError(f"“{pattern[:80]}” is not a pattern RE2 can read: {error}") from None


class Gate:
    """Tells which patterns may match in a paragraph: those of which a needed word is there.

    With RE2 all words are looked for in one pass. Without it, the words that the whole text lacks are left out first.
    """

    def __init__(self, needed: Sequence[Sequence[str]], *, fast: bool = True) -> None:
        """Take the needed words of each pattern, in the order of the patterns."""
        self._always = [number for number, words in enumerate(needed) if not words]
        by_word: dict[str, list[int]] = {}
        for number, words in enumerate(needed):
            for word in words:
                by_word.setdefault(word, []).append(number)
        self._words = [word.encode() for word in by_word]
        self._numbers = list(by_word.values())
        self._set: Any = None
        engine = fast_engine() if fast else None
        if engine is not None:
            self._set = engine.Set.SearchSet()
            for word in self._words:
                self._set.Add(word)
            self._set.Compile()

    def reader(self, text: bytes) -> Callable[[bytes], list[int]]:
        """Return what tells the numbers of the patterns to try in a paragraph of `text`."""
        if self._set is not None:
            return lambda part: self._patterns(self._set.Match(part) or ())
        here = [at for at, word in enumerate(self._words) if word in text]
        return lambda part: self._patterns(at for at in here if self._words[at] in part)

    def _patterns(self, words: Iterable[int]) -> list[int]:
        found = set(self._always)
        for at in words:
            found.update(self._numbers[at])
        return sorted(found)
