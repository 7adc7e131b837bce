"""Which patterns are worth trying in a text: by the words they need, found by google-re2 where it has a wheel.

With and without it the answer is the same; a test holds them together. (A set of the whole patterns was measured
too: its automaton grows too large and is forty times slower than this set of words.) A pattern is compiled when it
is first tried, because most never are.
Patterns see text as bytes of ASCII, so offsets are the same on both sides.
"""

import re
from collections.abc import Callable, Iterator, Sequence
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
    """Tells which patterns may match in a paragraph: those of which it has a word of each needed set.

    With RE2 all words are looked for in one pass. Without it, the words that the whole text lacks are left out first.
    """

    def __init__(self, needed: Sequence[Sequence[Sequence[str]]], *, fast: bool = True) -> None:
        """Take the sets of needed words of each pattern, in the order of the patterns."""
        words = sorted({word for sets in needed for some in sets for word in some})
        number = {word: at for at, word in enumerate(words)}
        self._words = [word.strip("<>").encode() for word in words]
        self._bounded = [word.replace("<", r"\b").replace(">", r"\b").encode() for word in words]
        self._always = [at for at, sets in enumerate(needed) if not sets]
        self._others = [[frozenset([number[word] for word in some]) for some in sets[1:]] for sets in needed]
        self._by_word: list[list[int]] = [[] for _ in words]
        for at, sets in enumerate(needed):
            for word in sets[0] if sets else ():
                self._by_word[number[word]].append(at)
        self._set: Any = None
        engine = fast_engine() if fast else None
        if engine is not None:
            self._set = engine.Set.SearchSet()
            for word in self._bounded:
                self._set.Add(word)
            self._set.Compile()

    def reader(self, text: bytes) -> Callable[[bytes], list[int]]:
        """Return what tells the numbers of the patterns to try in a paragraph of `text`."""
        if self._set is not None:
            return lambda part: self._patterns(self._set.Match(part) or ())
        here = [at for at, word in enumerate(self._words) if word in text]
        return lambda part: self._patterns(
            [at for at in here if self._words[at] in part and re.search(self._bounded[at], part)]
        )

    def _patterns(self, words: Sequence[int]) -> list[int]:
        found = set(self._always)
        there = frozenset(words)
        by_word, others = self._by_word, self._others
        for word in words:
            for at in by_word[word]:
                for some in others[at]:
                    if some.isdisjoint(there):
                        break
                else:
                    found.add(at)
        return sorted(found)
