"""Which of the lessons that fire are said first: at most three, the most specific ones; likeness breaks ties only."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from fairlead.core.lessons.change import Change
from fairlead.core.lessons.match import Match

MOST_SHOWN: Final = 3

_WORD: Final = re.compile(r"[a-z][a-z0-9_]{2,}")
# The usual constants of BM25 (Robertson and Zaragoza 2009): how soon a word said again counts no more, and how much
# the length of a text weighs.
_K1, _B = 1.2, 0.75
_MOST_WORDS: Final = 20_000  # of a change; more would make it like everything


def shown(found: Sequence[Match], change: Change) -> tuple[Match, ...]:
    """Return the lessons to show, best first: never one in shadow, never more than three.

    A lesson that asked for more kinds of things to be seen comes first; among equals the one whose text is more like
    the change (BM25), then the one with the smaller id.
    """
    open_ones = [match for match in found if not match.lesson.shadow]
    if len(open_ones) < 2:  # noqa: PLR2004 - one alone needs no order
        return tuple(open_ones)
    likeness = _likeness([f"{m.lesson.title} {m.lesson.know}" for m in open_ones], _text(change))
    order = sorted(
        range(len(open_ones)),
        key=lambda at: (-len(open_ones[at].reasons), -likeness[at], open_ones[at].lesson.id),
    )
    return tuple(open_ones[at] for at in order[:MOST_SHOWN])


def _text(change: Change) -> list[str]:
    parts = [change.words, *(path for file in change.files for path in file.paths)]
    words = [word for part in parts for word in _WORD.findall(part.lower())]
    for file in change.files:
        for line in file.lines:
            words += _WORD.findall(line.text.lower())
            if len(words) > _MOST_WORDS:
                return words
    return words


def _likeness(texts: Sequence[str], query: list[str]) -> list[float]:
    documents = [Counter(_WORD.findall(text.lower())) for text in texts]
    usual = sum(document.total() for document in documents) / len(documents) or 1
    asked = set(query)
    held = Counter(word for document in documents for word in asked & document.keys())
    weight = {
        word: math.log(1 + (len(documents) - count + 0.5) / (count + 0.5)) for word, count in held.items()
    }
    return [
        sum(
            weight[word] * count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * document.total() / usual))
            for word, count in document.items()
            if word in weight
        )
        for document in documents
    ]
