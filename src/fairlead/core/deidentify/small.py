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
_PEOPLE_DO: Final = phrase_words("phrases_of_people") | word_list("verbs_of_people")
_DOES: Final = _PEOPLE_DO | word_list("verbs_of_work")
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
_HOLDS: Final = re.compile(r"'s (?:token|keys?|notes?|runbook|analysis)\b")
_ENDS: Final = re.compile(r"[*_]{0,3}(?:[,.;:!?)\n]|\Z| (?:to|if|about|for|and|on)\b)")
_HELPERS: Final = frozenset({"will", "may", "can"})
_SPEAKS: Final = re.compile(r"[*_\])]{0,3} ?[:>] ")
_AND_ME: Final = re.compile(r" (?:\+|&|and) (?:me|i)\b")
_LINKED: Final = re.compile(r" ?(?:,|&|\+|/|and|or) ?\Z")


class SmallReader:
    """Reads the words of one text for people and accounts that are written in small letters."""

    __slots__ = ("_known", "_readable", "_words")

    def __init__(self, readable: str, words: list[Word], known: Vocabulary) -> None:
        """Take the prose, its words and what is known of them."""
        self._readable = readable
        self._words = words
        self._known = known

    def spots(self) -> Iterator[Spot]:
        """Yield a spot for everybody found: `name`, `handle`, or `perhaps a name`."""
        last = ""
        end = 0
        for number, word in enumerate(self._words):
            low = word.low
            if word.written != low or not _SHORTEST <= len(low) <= _LONGEST or not low[0].isalpha():
                continue
            kind = self._kind_of_word(number) if low in PLAIN else self._kind(number)
            if last and not kind and self._is_linked(end, word):
                kind = "handle"
            if kind and self._stands_alone(word):
                yield Spot(word.start, word.end, kind)
                last, end = kind, word.end

    def _kind_of_word(self, number: int) -> str:
        """Return what an English word is here: "ask grace" is somebody, and in doubt where things are called so too."""
        low, known = self._words[number].low, self._known
        here = low in known.here
        if low in _HELPERS or low in known.things or not (here or low in GIVEN):
            return ""
        ends = _ENDS.match(self._readable, self._words[number].end) is not None
        if ends and self._is_after(_BEFORE_PEOPLE, number):
            return "name" if here or not known.is_thing(low) else "perhaps a name"
        if not here:
            return ""
        if self._is_where_people_are(number) or self._does(number, _PEOPLE_DO):
            return "name"
        return "perhaps a name" if self._is_where_things_are(number) else ""

    def _kind(self, number: int) -> str:
        """Return what a word that is no English word is here: `name`, `handle`, or nothing of the kind."""
        low, known = self._words[number].low, self._known
        if known.is_thing(low) or low in known.things:
            return ""
        given = known.is_listed_given(low)
        if given and len(low) >= _SHORTEST_ALONE and low not in _OF_PROGRAMS:
            return "name"
        named = given or known.is_only_a_name(low)
        if named or known.is_made_of_names(low):
            somebody = self._is_where_people_are(number) or self._is_where_things_are(number)
            return ("name" if named else "handle") if somebody else ""
        if not known.is_unknown(low):
            return ""
        if self._is_where_people_are(number):
            return "handle"
        by_somebody = self._is_after(BEFORE_NAMES, number)
        has = self._matches(POSSESSED, number) or self._matches(_HOLDS, number)
        return "perhaps a name" if by_somebody or has else ""

    def _is_where_people_are(self, number: int) -> bool:
        """Tell whether nobody but a person can stand here: after "ask" or "thanks to", before "went home"."""
        return (
            self._is_after(_BEFORE_PEOPLE, number)
            or any(phrase in _AFTER_PEOPLE for phrase in self._phrases_after(number))
            or self._matches(_AND_ME, number)
        )

    def _is_where_things_are(self, number: int) -> bool:
        """Tell whether a person can stand here, and some things too: after "by", before what somebody does."""
        return (
            self._is_after(_BEFORE, number)
            or self._matches(_HAS, number)
            or self._matches(_SPEAKS, number)
            or self._does(number, _DOES)
        )

    def _is_linked(self, end: int, word: Word) -> bool:
        """Tell whether an unknown word goes on with a list of people: "anneli and zqxhaidar"."""
        return (
            _LINKED.match(self._readable[end : word.start]) is not None
            and self._known.is_unknown(word.low)
            and word.low not in self._known.things
        )

    def _stands_alone(self, word: Word) -> bool:
        before = self._readable[word.start - 1 : word.start]
        end = word.start + len(word.written)
        return (not before or before in _ALONE_BEFORE) and _ALONE_AFTER.match(self._readable, end) is not None

    def _matches(self, pattern: re.Pattern[str], number: int) -> bool:
        return pattern.match(self._readable, self._words[number].end) is not None

    def _is_after(self, phrases: frozenset[str], number: int) -> bool:
        start = self._words[number].start
        for length in range(1, min(_LONGEST_PHRASE, number) + 1):
            before = self._words[number - length : number]
            if length == 1 and _CUE_GAP.match(self._readable[before[0].end : start]) is None:
                return False
            if " ".join(one.low for one in before) in phrases:
                return True
        return False

    def _does(self, number: int, doing: frozenset[str]) -> bool:
        return is_doing(self._after(number), doing)

    def _phrases_after(self, number: int) -> Iterator[str]:
        after = self._after(number)
        yield from (" ".join(after[:length]) for length in range(1, len(after) + 1))

    def _after(self, number: int) -> list[str]:
        """Return the next few words in small letters, none where they do not go on with this one."""
        after = self._words[number + 1 : number + 1 + _LONGEST_PHRASE]
        if not after or _NEXT_GAP.match(self._readable[self._words[number].end : after[0].start]) is None:
            return []
        return [one.low for one in after]
