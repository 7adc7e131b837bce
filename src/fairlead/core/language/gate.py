"""Which patterns are worth trying in a text: those of which it has all the words that they need.

No regular expression is run for this. A text is taken apart into words once; sets and dictionaries say which of them,
and which pairs of neighbours, any pattern needs. `needing` found out which, when the index was made. Of 1,900,000 pairs
of a paragraph of the real reviews and a pattern, 1,700 pass and 150 match. (Measured before: a set of all patterns in
google-re2 grows too large and is forty times slower; one of all their words took as long as reading the Markdown.)

A pattern is compiled when it is first tried, because most never are. Patterns see text as bytes of ASCII, so offsets
are the same on both sides. google-re2 is used where it has a wheel; a test holds both engines together.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any, Final, NamedTuple, Protocol, TypedDict

_WORDS: Final = bytes(
    sign if chr(sign).isdigit() or chr(sign).islower() or sign == ord("#") else ord(" ")
    for sign in bytes(range(128)).lower()
) + b" " * 128  # fmt: skip

_ADDRESS: Final = re.compile(r"(?:https?|ftp)://")
_HIDING: Final = ("](", "][", "<")  # a link, a reference, a tag or a comment


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


def only_words(plain: str) -> str:
    """Return a text of ASCII at its length with its words in small letters, and spaces for all else but code."""
    return plain.encode("ascii").translate(_WORDS).decode("ascii")


def words_of(words: str) -> list[str]:
    """Return the words of a text that has only words; what is code parts them."""
    return (words.replace("#", " # ") if "#" in words else words).split()


def words_and_pairs(words: Sequence[str]) -> set[str]:
    """Return the words of a text, and each two that stand side by side."""
    return {*words, *map(" ".join, pairwise(words))}


class Way(NamedTuple):
    """A way through a pattern, after its first set of words: the pattern's number and those of other sets it needs."""

    pattern: int
    others: list[str]


class GateIndex(TypedDict):
    """What `building` writes for the gate: the words and pairs that any pattern needs, and what each leads to.

    `words` and `pairs` have the numbers of ways: of the first set of every way, a text has one. Words that lead to none
    are the `others`. Pairs stand under their first word, "to in|3 7,4". A way is the number of its pattern and those of
    the other sets it needs, "12 3 7"; a set is its words, parted by commas. All stay text until they are first asked
    for, because one text needs few.
    """

    words: dict[str, str]
    others: str
    pairs: dict[str, str]
    seconds: str
    ways: list[str]
    sets: list[str]


class Gate:
    """Tells which patterns may match in a row of words."""

    def __init__(self, index: GateIndex) -> None:
        """Take the gate's part of the index."""
        self._index = index
        self._words = frozenset(index["words"])
        self._others = frozenset(index["others"].split())
        self._firsts = frozenset(index["pairs"])
        self._seconds = frozenset(index["seconds"].split())
        self._pairs = _Pairs(index["pairs"])
        self._ways: dict[str, tuple[Way, ...]] = {}
        self._sets = _Sets(index["sets"])

    def patterns(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of the patterns to try in a text of these words."""
        firsts, seconds, pairs = self._firsts, self._seconds, self._pairs
        two = [
            (first, second)
            for first, second in pairwise(words)
            if first in firsts and second in seconds and second in pairs[first]
        ]
        one = self._words.intersection(words)
        led = {pairs[first][second] for first, second in two}
        led.update([self._index["words"][word] for word in one])
        led.discard("")
        if not led:
            return []
        return self._led_to(led, self._others.intersection(words).union(one, map(" ".join, two)))

    def _led_to(self, led: set[str], here: frozenset[str]) -> list[int]:
        """Return the patterns whose ways have a word or pair of each set among those that are here."""
        found: set[int] = set()
        sets = self._sets
        for numbers in led:
            ways = self._ways.get(numbers)
            for pattern, others in self._read(numbers) if ways is None else ways:
                for number in others:
                    if sets[number].isdisjoint(here):
                        break
                else:
                    found.add(pattern)
        return sorted(found)

    def _read(self, numbers: str) -> tuple[Way, ...]:
        ways = [self._index["ways"][int(number)].split() for number in numbers.split()]
        self._ways[numbers] = tuple(Way(int(pattern), others) for pattern, *others in ways)
        return self._ways[numbers]


class _Sets(dict[str, frozenset[str]]):
    """Sets of words by their number, read when they are asked for."""

    def __init__(self, written: list[str]) -> None:
        super().__init__()
        self._written = written

    def __missing__(self, number: str) -> frozenset[str]:
        self[number] = frozenset(self._written[int(number)].split(","))
        return self[number]


class _Pairs(dict[str, dict[str, str]]):
    """The second words of pairs by their first one, read when they are asked for."""

    def __init__(self, written: dict[str, str]) -> None:
        super().__init__()
        self._written = written

    def __missing__(self, first: str) -> dict[str, str]:
        seconds, numbers = self._written[first].split("|")
        self[first] = dict(zip(seconds.split(), numbers.split(","), strict=True))
        return self[first]


class Stretches:
    """Tells what may be found in a stretch of a text as it is written, before its Markdown is read.

    What is prose in the end is made of the same words. Only where a mark may hide what stands between two of them, as a
    link does with its address, nothing is known before.
    """

    def __init__(self, plain: str, gate: Gate) -> None:
        """Take a text of ASCII. An address will be code, also where it begins inside of a word."""
        self._plain = plain
        self._gate = gate
        if "://" in plain:
            plain = _ADDRESS.sub(lambda found: " " * len(found.group()), plain)
        self._words = only_words(plain).replace("#", " ")
        self._hides = any(mark in plain for mark in _HIDING)

    def patterns(self, start: int, end: int) -> list[int] | None:
        """Return the numbers of the patterns that may match between two offsets, or None where any may."""
        if self._hides and any(self._plain.find(mark, start, end) >= 0 for mark in _HIDING):
            return None
        return self._gate.patterns(self._words[start:end].split())
