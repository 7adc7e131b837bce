"""Accounts that are made of a name, wherever they stand: "jlindqvist" and "jonas.lindqvist"."""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.finding import Spot
from fairlead.core.deidentify.reading import SURNAMES, Vocabulary, Word

_DOTTED: Final = re.compile(
    r"(?<![\w.@/:%=-])(?P<first>[a-z]{2,20})[._](?P<last>[a-z]{2,20})(?![\w@/(:=-]|\.\w)(?!\.\()"
)
_SHORTEST: Final = 7
_LONGEST: Final = 20


def accounts(readable: str, words: list[Word], known: Vocabulary) -> Iterator[Spot]:
    """Yield the words in small letters that are an initial and a surname, or a given name and a surname with a dot."""
    for word in words:
        if (
            _SHORTEST <= len(word.written) <= _LONGEST
            and word.written[1:] in SURNAMES
            and not word.low.endswith("ing")  # "scanning" is no C. Canning
            and not known.is_thing(word.low)
        ):
            yield Spot(word.start, word.end, "handle")
    for found in _DOTTED.finditer(readable):
        first, last = found["first"], found["last"]
        if known.is_listed_given(first) and (last in SURNAMES or known.is_listed_given(last)):
            yield Spot(found.start(), found.end(), "handle")
