"""Which incidents are like this one, each with the reason in words.

How it came about counts most, then the service, then the conditions at work; the words of the text break ties and
speak alone only when much is said the same way. The same matcher serves whatever has these four traits.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Final

_SAME_MECHANISM, _SAME_SERVICE, _SAME_FACTOR = 3.0, 2.0, 1.0
_MOST_FACTORS: Final = 3  # more conditions in common say no more than three
_ALIKE: Final = 0.2  # the cosine from which words speak for themselves
_FEWEST_WORDS: Final = 2
_MOST_WORDS_SHOWN: Final = 4
_LONGEST_TEXT: Final = 80  # different words; what an incident is about stands in its first ones

# Words that say nothing about what an incident was.
_EMPTY_WORDS: Final = (
    "a about after again all also an and another any are as at back be because been before being between both but "
    "by came can could day did do does down during each every few first for from had has have hour how if in into "
    "is it its just later like made many minute more most much no not now of off on once one only or other our "
    "out over same several she should since so some still such than that the their them then there these they "
    "this those through time to too took under until up very was we went were what when where which while who "
    "whole will with within without would year yet you your change customer failed failure incident outage "
    "production service system team user "
)
_EMPTY: Final = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Traits:
    """What an incident, or a lesson, is compared by. Words are as `core.search_words` folds them."""

    key: str
    mechanism: str = ""
    services: frozenset[str] = field(default_factory=frozenset[str])
    factors: frozenset[str] = field(default_factory=frozenset[str])
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One that is like it: its key, how much, and why, the strongest reason first."""

    key: str
    score: float
    reasons: tuple[str, ...]


def telling_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that say what a text is about, each once, in their order."""
    kept = (word for word in words if word not in _EMPTY and len(word) > 1 and not word.isdecimal())
    return tuple(dict.fromkeys(kept))[:_LONGEST_TEXT]


def similar(
    this: Traits, others: Sequence[Traits], *, labels: Mapping[str, str] | None = None, most: int = 5
) -> tuple[Match, ...]:
    """Return at most `most` of the others that are like this one, the likest first; of equals, the earlier given.

    `labels` holds the words for mechanisms and conditions by their keys.
    """
    texts = {one.key: telling_words(one.words) for one in (*others, this)}
    seen_in = Counter(word for text in texts.values() for word in text)
    weights = {word: log(1 + len(texts) / count) for word, count in seen_in.items()}
    matches = [
        match
        for other in others
        if other.key != this.key and (match := _match(this, other, texts, weights, labels or {}))
    ]
    return tuple(sorted(matches, key=lambda match: -match.score)[:most])


def _cosine(one: Sequence[str], other: Sequence[str], weights: Mapping[str, float]) -> float:
    shared = sum(weights[word] ** 2 for word in set(one) & set(other))
    if not shared:
        return 0.0
    lengths = (sqrt(sum(weights[word] ** 2 for word in text)) for text in (one, other))
    return shared / (next(lengths) * next(lengths))


def _match(
    this: Traits,
    other: Traits,
    texts: Mapping[str, Sequence[str]],
    weights: Mapping[str, float],
    labels: Mapping[str, str],
) -> Match | None:
    same_way = bool(this.mechanism) and this.mechanism == other.mechanism
    services = sorted(this.services & other.services)
    factors = sorted(this.factors & other.factors)
    mine, theirs = texts[this.key], texts[other.key]
    alike = _cosine(mine, theirs, weights)
    words = sorted(set(mine) & set(theirs), key=lambda word: (-weights[word], word))[:_MOST_WORDS_SHOWN]
    speaks_alone = alike >= _ALIKE and len(words) >= _FEWEST_WORDS
    if not (same_way or speaks_alone or len(factors) > 1 or (services and (factors or alike >= _ALIKE))):
        return None
    score = (
        _SAME_MECHANISM * same_way
        + _SAME_SERVICE * bool(services)
        + _SAME_FACTOR * min(len(factors), _MOST_FACTORS)
        + alike
    )
    reasons = (
        f"It came about the same way: {labels.get(this.mechanism, this.mechanism)}" if same_way else "",
        f"The same {_noun('service', services)}: {', '.join(services)}" if services else "",
        f"The same {_noun('condition', factors)} at work: {'; '.join(labels.get(one, one) for one in factors)}"
        if factors
        else "",
        f"Words in common: {', '.join(words)}" if words else "",
    )
    return Match(other.key, round(score, 4), tuple(reason for reason in reasons if reason))


def _noun(one: str, things: Sequence[str]) -> str:
    return one if len(things) == 1 else one + "s"
