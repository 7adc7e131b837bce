"""What a change is looked up by: the words in it, and for each lesson the ones that have to be among them.

A snapshot of a hundred thousand lessons is asked for a few of them: a lesson can only fire when what it needs is
among the words of the change. Whatever a need can be made of is among them, so nothing that fires is left out.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from fairlead.core.lessons.change import Change
from fairlead.core.lessons.lesson import Triggers

ALWAYS: Final = "*"  # the key of a lesson that can be told by no word
MOST_NEEDS: Final = 6  # what a snapshot keeps of a lesson to be told apart by
PIECE: Final = (
    4  # letters; a pattern may match inside a word, so it is looked up by pieces of what it always contains
)

_WORD: Final = re.compile(r"[A-Za-z0-9_]{2,}")
_RUN: Final = re.compile(rf"[A-Za-z0-9_]{{{PIECE},}}")
_WILD: Final = re.compile(r"[*?]")
_CHOICE: Final = re.compile(
    r"[|?*{()]"
)  # with any of these, parts of a pattern need not be in a line it matches
_NOT_LITERAL: Final = re.compile(r"\\.|\[[^\]]*\]")


def words_of(change: Change) -> frozenset[str]:
    """Return everything a lesson can be looked up by in this change, in small letters.

    That are the words of its paths, changed lines, headers, services and own text, and the pieces of its lines. Each
    kind stands apart: a word of a line says nothing about where the file lies.
    """
    found: set[str] = {ALWAYS}
    for text in (change.words, *change.services, *change.roles):
        found.update(_about(text))
    for text in (change.words, *(path for file in change.files for path in file.paths)):
        found.update(_placed(text))
    for text in _texts(change):
        found.update(_WORD.findall(text.lower()))
    for text in _lines(change):
        found.update(_pieces(text))
    return frozenset(found)


def _texts(change: Change) -> Iterator[str]:
    yield change.words
    for file in change.files:
        yield from file.headings
        yield from {header for line in file.lines for header in line.within}
        yield from (line.text for line in file.lines)


def _lines(change: Change) -> Iterator[str]:
    yield change.words
    for file in change.files:
        yield from (line.text for line in file.lines)


def _about(text: str) -> Iterator[str]:
    """Yield the words of what a change says it is about; in its lines they mean nothing."""
    yield from (f"@{word}" for word in _WORD.findall(text.lower()))


def _placed(text: str) -> Iterator[str]:
    """Yield the words of a path, or of a glob."""
    yield from (f"/{word}" for word in _WORD.findall(text.lower()))


def _pieces(text: str) -> Iterator[str]:
    for run in _RUN.findall(text.lower()):
        yield from (f"~{run[at : at + PIECE]}" for at in range(len(run) - PIECE + 1))


def choices_of(triggers: Triggers) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return, for each kind that can be told by words, for each of its values, the words of any change it fits."""
    kinds = (tuple(tuple(_words_in(kind, value)) for value in values) for kind, values in triggers.given())
    return tuple(values for values in kinds if all(values))


def needs_of(triggers: Triggers, uses: Callable[[str], int]) -> tuple[tuple[str, ...], ...]:
    """Return what a change has to have for these triggers to fire: of each of these sets, one word at least.

    The first set is the one to look up: its words are used least. `uses` tells how many lessons could be looked up by
    a word. At most `MOST_NEEDS` sets are given; where nothing can be told by words, the only one is `ALWAYS`.
    """
    found: set[tuple[str, ...]] = set()
    for values in choices_of(triggers):
        if len(values) == 1:  # the one value has to fit, so each of its words has to be there
            found.update((word,) for word in values[0])
        else:
            found.add(tuple(sorted({min(words, key=lambda word: (uses(word), word)) for words in values})))
    rarest = sorted(found, key=lambda words: (sum(map(uses, words)), words))
    return tuple(rarest[:MOST_NEEDS]) or ((ALWAYS,),)


def _words_in(kind: str, value: str) -> list[str]:
    if kind == "paths":
        return _of_glob(value)
    if kind in {"added", "removed"}:
        bare = _NOT_LITERAL.sub(" ", value)
        return [] if _CHOICE.search(value) else list(_pieces(bare))
    if kind in {"services", "roles"}:
        return list(_about(value))
    return _WORD.findall(value.lower())


def _of_glob(value: str) -> list[str]:
    """Return words of the parts of a glob that are no wildcards, else of its ending."""
    plain = [word for part in value.split("/") if not _WILD.search(part) for word in _placed(part)]
    ending = value.rpartition(".")[2] if "." in value else ""
    return plain or ([] if _WILD.search(ending) else list(_placed(ending)))
