"""What a change is looked up by: the words in it, and for each lesson the ones of which one has to be among them.

A snapshot of a hundred thousand lessons is asked for a few of them: a lesson can only fire when one of its keys is a
word of the change. Whatever a key can be made of is among the words of a change, so nothing that fires is left out.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from fairlead.core.lessons.change import Change
from fairlead.core.lessons.lesson import Triggers

ALWAYS: Final = "*"  # the key of a lesson that can be told by no word
PIECE: Final = (
    4  # letters; a pattern may match inside a word, so it is looked up by pieces of what it always contains
)

_WORD: Final = re.compile(r"[A-Za-z0-9_]{2,}")
_RUN: Final = re.compile(rf"[A-Za-z0-9_]{{{PIECE},}}")
_WILD: Final = re.compile(r"[*?]")
# The kinds by how seldom one of their words stands in a change; the first that can be told by words is looked up.
_ORDER: Final = ("symbols", "sections", "paths", "added", "removed", "services", "roles")
_CHOICE: Final = re.compile(
    r"[|?*{()]"
)  # with any of these, parts of a pattern need not be in a line it matches
_NOT_LITERAL: Final = re.compile(r"\\.|\[[^\]]*\]")


def words_of(change: Change) -> frozenset[str]:
    """Return everything a lesson can be looked up by in this change, in small letters.

    That are the words of its paths, changed lines, headers, services and own text, and the pieces of its lines.
    """
    found: set[str] = {ALWAYS}
    for text in _texts(change):
        found.update(_WORD.findall(text.lower()))
    for text in _lines(change):
        found.update(_pieces(text))
    return frozenset(found)


def _texts(change: Change) -> Iterator[str]:
    yield from change.services
    yield from change.roles
    yield change.words
    for file in change.files:
        yield from file.paths
        yield from file.headings
        yield from {header for line in file.lines for header in line.within}
        yield from (line.text for line in file.lines)


def _lines(change: Change) -> Iterator[str]:
    yield change.words
    for file in change.files:
        yield from (line.text for line in file.lines)


def _pieces(text: str) -> Iterator[str]:
    for run in _RUN.findall(text.lower()):
        yield from (f"~{run[at : at + PIECE]}" for at in range(len(run) - PIECE + 1))


def keys_of(triggers: Triggers, uses: Callable[[str], int]) -> tuple[str, ...]:
    """Return the words of which one has to be in a change for these triggers to fire, each in small letters.

    `uses` tells how many other lessons use a word, so that the rarest of a value is taken. Where no kind can be told
    by words, the answer is `ALWAYS`.
    """
    given = dict(triggers.given())
    for kind in _ORDER:
        options = [_words_in(kind, value) for value in given.get(kind, ())]
        if options and all(options):
            return tuple(dict.fromkeys(min(words, key=lambda word: (uses(word), word)) for words in options))
    return (ALWAYS,)


def _words_in(kind: str, value: str) -> list[str]:
    if kind == "paths":
        return _of_glob(value)
    if kind in {"added", "removed"}:
        bare = _NOT_LITERAL.sub(" ", value)
        return [] if _CHOICE.search(value) else list(_pieces(bare))
    return _WORD.findall(value.lower())


def _of_glob(value: str) -> list[str]:
    """Return words of the parts of a glob that are no wildcards, else of its ending."""
    plain = [
        word for part in value.split("/") if not _WILD.search(part) for word in _WORD.findall(part.lower())
    ]
    ending = value.rpartition(".")[2] if "." in value else ""
    return plain or ([] if _WILD.search(ending) else _WORD.findall(ending.lower()))
