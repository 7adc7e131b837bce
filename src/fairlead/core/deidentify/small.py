"""People in small letters, as a chat writes them: "ask anneli", "arautio pushed the change", "per jonas".

Almost every word in small letters is English or a word of the trade, and a list knows those. What is left is looked at:
a given name is somebody wherever it stands; a surname, an account made of names, and a name that programs carry too are
somebody where somebody stands; and a word of no list only where nobody but a person can.
"""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.people import POSSESSED
from fairlead.core.deidentify.reading import (
    BEFORE_NAMES,
    GIVEN,
    PLAIN,
    Vocabulary,
    Word,
    is_doing,
    phrase_words,
)
from fairlead.core.deidentify.spot import Spot
from fairlead.core.deidentify.words import phrase_list, word_list

_BEFORE_PEOPLE: Final = phrase_list("before_people")
_AFTER_PEOPLE: Final = phrase_list("after_people")
_BEFORE: Final = BEFORE_NAMES | _BEFORE_PEOPLE | phrase_list("before_people_or_things")
_DOES: Final = phrase_words("phrases_of_people") | word_list("verbs_of_people") | word_list("verbs_of_work")
_OF_PROGRAMS: Final = word_list("names_of_programs")
_SHORTEST: Final = 3
_SHORTEST_ALONE: Final = 4
_LONGEST: Final = 20
_LONGEST_PHRASE: Final = 5
# A word that is glued to its neighbours is a piece of a path, an option or a name of a thing.
_ALONE_BEFORE: Final = frozenset(" \t\n([\"“'*_>~|,:;&+@")
_ALONE_AFTER: Final = re.compile(r"(?:'s)?(?:[\s,;:!?)\]*|\"”'&+]|\.(?!\w)|\Z)")
_CUE_GAP: Final = re.compile(r"[ \t]?[ :*_\"“(,@]{0,4}\Z|[ \t]?\n[ \t>]{0,4}\Z")
_NEXT_GAP: Final = re.compile(r"[*_\"”)]{0,3}[ ,]{0,2}\Z|[ \t]?\n[ \t>]{0,4}\Z")
_HAS: Final = re.compile(r"'s [a-z]")
_ENDS: Final = re.compile(r"[*_]{0,3}(?:[,.;:!?)\n]|\Z| (?:to|if|about|for|and|on)\b)")
_HELPERS: Final = frozenset({"will", "may", "can"})
_SPEAKS: Final = re.compile(r"[*_\])]{0,3} ?[:>] ")
_AND_ME: Final = re.compile(r" (?:\+|&|and) (?:me|i)\b")


def small_people(readable: str, words: list[Word], known: Vocabulary) -> Iterator[Spot]:
    """Yield people and accounts written in small letters in the prose of a text, whose words are given."""
    for number, word in enumerate(words):
        low = word.low
        if word.written != low or not _SHORTEST <= len(low) <= _LONGEST or not low[0].isalpha():
            continue
        if low in PLAIN:
            kind = _kind_of_word(readable, words, number, known)
        elif known.is_thing(low) or low in known.things:
            continue
        else:
            kind = _kind(readable, words, number, known)
        if kind and _stands_alone(readable, word):
            yield Spot(word.start, word.end, kind)


def _kind_of_word(readable: str, words: list[Word], number: int, known: Vocabulary) -> str:
    """Return what an English word is here: "ask grace" is somebody, and in doubt where things are called so too."""
    low = words[number].low
    here = low in known.here
    if low in _HELPERS or low in known.things or not (here or low in GIVEN):
        return ""
    ends = _ENDS.match(readable, words[number].end) is not None
    if (ends and _is_after(_BEFORE_PEOPLE, readable, words, number)) or (
        here and _is_where_people_are(readable, words, number)
    ):
        return "name" if here or not known.is_thing(low) else "perhaps a name"
    return "perhaps a name" if here and _is_where_things_are(readable, words, number) else ""


def _stands_alone(readable: str, word: Word) -> bool:
    before = readable[word.start - 1 : word.start]
    return (not before or before in _ALONE_BEFORE) and _ALONE_AFTER.match(
        readable, word.start + len(word.written)
    ) is not None


def _kind(readable: str, words: list[Word], number: int, known: Vocabulary) -> str:
    """Return what a word that is no English word is here: `name`, `handle`, or nothing of the kind."""
    low = words[number].low
    given = known.is_listed_given(low)
    if given and len(low) >= _SHORTEST_ALONE and low not in _OF_PROGRAMS:
        return "name"
    named = given or known.is_only_a_name(low)
    if named or known.is_made_of_names(low):
        somebody = _is_where_people_are(readable, words, number) or _is_where_things_are(
            readable, words, number
        )
        return ("name" if named else "handle") if somebody else ""
    if not known.is_unknown(low):
        return ""
    if _is_where_people_are(readable, words, number):
        return "handle"
    by_somebody = _is_after(BEFORE_NAMES, readable, words, number)
    return "perhaps a name" if by_somebody or POSSESSED.match(readable, words[number].end) else ""


def _is_where_people_are(readable: str, words: list[Word], number: int) -> bool:
    """Tell whether nobody but a person can stand here: after "ask" or "thanks to", before "can you" or "went home"."""
    word = words[number]
    return (
        _is_after(_BEFORE_PEOPLE, readable, words, number)
        or any(phrase in _AFTER_PEOPLE for phrase in _phrases_after(readable, words, number))
        or _AND_ME.match(readable, word.end) is not None
    )


def _is_where_things_are(readable: str, words: list[Word], number: int) -> bool:
    """Tell whether a person can stand here, and some things too: after "by" or "from", before what somebody does."""
    word = words[number]
    end = word.start + len(word.written)
    return (
        _is_after(_BEFORE, readable, words, number)
        or _HAS.match(readable, end) is not None
        or _SPEAKS.match(readable, end) is not None
        or _does(readable, words, number)
    )


def _is_after(phrases: frozenset[str], readable: str, words: list[Word], number: int) -> bool:
    start = words[number].start
    for length in range(1, min(_LONGEST_PHRASE, number) + 1):
        before = words[number - length : number]
        if length == 1 and _CUE_GAP.match(readable[before[0].end : start]) is None:
            return False
        if " ".join(one.low for one in before) in phrases:
            return True
    return False


def _phrases_after(readable: str, words: list[Word], number: int) -> Iterator[str]:
    after = words[number + 1 : number + 1 + _LONGEST_PHRASE]
    if after and _NEXT_GAP.match(readable[words[number].end : after[0].start]) is not None:
        yield from (" ".join(one.low for one in after[:length]) for length in range(1, len(after) + 1))


def _does(readable: str, words: list[Word], number: int) -> bool:
    after = words[number + 1 : number + 1 + _LONGEST_PHRASE]
    if not after or _NEXT_GAP.match(readable[words[number].end : after[0].start]) is None:
        return False
    return is_doing([one.low for one in after], _DOES)
