"""Names of people whom no roster knows, found in running prose by given names and by what stands beside a name.

A capital alone says next to nothing in a review: most capitalised words are products. So a word counts as a name when
it is a given name (and no other word), when it stands where a name stands ("thanks to …", "engineer …", "… (on
call)"), or when it does what only people do ("… went home"), and the text does not use it as a thing.
"""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.reading import (
    ABBREVIATIONS,
    BEFORE_NAMES,
    CODE_FILL,
    DETERMINERS,
    LINK_FILL,
    NOT_NAMES,
    SMALL_WORDS,
    Vocabulary,
    Word,
    is_acting,
    is_doing,
    is_shaped,
    phrase_words,
)
from fairlead.core.deidentify.words import word_list

_DOES: Final = phrase_words("phrases_of_people", "after_people") | word_list("verbs_of_people")
_ONLY_PEOPLE_DO: Final = _DOES - word_list("verbs_of_things_too")
_BEFORE: Final = BEFORE_NAMES | phrase_words("before_people")
_WORKS: Final = word_list("verbs_of_work")
_DOES_OR_WORKS: Final = _DOES | _WORKS
# What may follow a name although it is no name itself; any other known word makes "Okta team" of "Okta".
_NEXT: Final = SMALL_WORDS | _WORKS | word_list("verbs_or_nouns")
_PARTICLES: Final = word_list("particles")
_LONGEST_PHRASE: Final = 5
_LONGEST_NAME: Final = 4
_TOGETHER: Final = re.compile(r"(?:[ \t]{1,2}|\.[ ]{1,2}|[ \t]?\n[ \t>]{0,4})\Z")
_CUE_GAP: Final = re.compile(r"[\s:,*_\[(\"“@-]{0,6}\Z")
_VERB_GAP: Final = re.compile(
    rf"[*_\])\"”]{{0,3}}{LINK_FILL}{{0,1010}}(?:[ \t]{{1,3}}\n?|\n)[ \t>*_\[]{{0,4}}\Z"
)
_ASIDE: Final = re.compile(
    r"[*_\]]{0,3},? ?\((?:[^()\n]{0,40}\b)?(?:on[- ]call|on-duty|engineer|team|sre|dba|manager|lead"
    r"|developer|commander|operator|noc|support|intern|operations|network|networking|platform"
    r"|infrastructure|security|storage|desk|scribe|he/him|she/her|they/them)\b"
    r"|,? [-–—] (?:can|could|would|will) you\b|, (?:can|could|would|will|did|do|are|have) you\b"
    r"| [-–—] any (?:news|idea|update)|,? please\b|[*_\]]{0,3}, (?:from|of|in) (?:the|our) (?:[\w-]{1,20} ){1,3}team\b"
    r"|[*_\]]{0,3}, (?:who\b|whose\b|(?:the|our|a|an|my|one of our"
    r"|one of the) (?:[\w-]{1,20} ){0,3}(?:engineer|developer|operator|dba|sre|manager|intern"
    r"|colleague|teammate|lead|admin|administrator|technician|responder|analyst|architect|contractor"
    r"|consultant)\b)",
    re.IGNORECASE,
)
POSSESSED: Final = re.compile(
    r"'s? (?:[\w-]{1,20} )?(?:laptop|change|changes|commit|commits|branch|pull request|pr|fix|shift"
    r"|machine|desk|account|message|mistake|question|typo|manager|team|phone|work|workstation"
    r"|suggestion|idea|patch|script|review|approval|comment|login|credentials|password|first|last"
    r"|lunch|two cents|badge|judgement|bisect|guess|hunch"
    r"|colleague|handover|terminal|session|deploy|rollback|merge|keyboard|absence|fault|concerns?|home"
    r"|report)\b",
    re.IGNORECASE,
)
_SPEAKING: Final = re.compile(r"'s? [a-z]| ?: [a-z]|, ?\d{1,2}:\d\d")
_INSIDE_SENTENCE: Final = re.compile(r"[a-z,;] ")
_LONGEST_HEADING: Final = 200
_HEADING: Final = re.compile(r"[ \t>]{0,6}#")
_LABEL_MARK: Final = re.compile(r"[*_)\]]{0,4}:")
_TITLED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Mme|Monsieur|Madame|Se(?:n|ñ)or|Se(?:n|ñ)ora)\.?[ \t]{1,2}"
    r"(?P<first>[A-Z][\w'-]{1,30})(?: [A-Z][\w'-]{1,30}){0,2}"
)
_WHENCE: Final = frozenset({"from", "in", "of", "at"})
_LINK_WORDS: Final = frozenset({"and", "or"})
_LINKED: Final = re.compile(r"(?: ?[&/,+] ?|,? (?:and|or) )\Z")


def titled(readable: str, known: Vocabulary) -> Iterator[tuple[int, int]]:
    """Yield where somebody is called by a title and a name, title and all: "Ms. Park" tells the gender as well."""
    for found in _TITLED.finditer(readable):
        first = found["first"].lower()
        if first not in NOT_NAMES and first not in known.harmless:
            yield found.span()


class Reader:
    """Reads the words of one text and gathers the names found in it."""

    __slots__ = ("_names", "_plain", "_vocabulary", "_words")

    def __init__(self, plain: str, words: list[Word], vocabulary: Vocabulary) -> None:
        """Take the prose, its words and what is known of them."""
        self._plain = plain
        self._words = words
        self._vocabulary = vocabulary
        self._names: dict[int, int] = {}

    def names(self) -> Iterator[tuple[int, int]]:
        """Yield the number of the first word of each name, and of the word after its last."""
        number = 0
        while number < len(self._words):
            end = self._name_at(number)
            if end > number:
                self._names[number] = end
            number = max(end, number + 1)
        self._join_linked()
        yield from sorted(self._names.items())

    def doubtful(self) -> Iterator[int]:
        """Yield the number of each word that could be a name, or a product that nobody declared. Call after `names`."""
        named = {number for start, end in self._names.items() for number in range(start, end)}
        for number, word in enumerate(self._words):
            if number in named:
                continue
            called_so = word.low in self._vocabulary.here and is_shaped(word.written)
            if called_so or (self._vocabulary.could_only_be_name(word) and self._is_spoken_of(number)):
                yield number

    def _is_spoken_of(self, number: int) -> bool:
        """Tell whether a capital means something here: inside a sentence, or before what people do or have."""
        word = self._words[number]
        if self._is_beside_capital(number) or self._is_heading(number):
            return False
        return (
            self._is_inside_sentence(number)
            or _SPEAKING.match(self._plain, word.end) is not None
            or self._does(number + 1, _DOES_OR_WORKS)
        )

    def _is_inside_sentence(self, number: int) -> bool:
        return _INSIDE_SENTENCE.match(self._plain, max(0, self._words[number].start - 2)) is not None

    def _is_beside_capital(self, number: int) -> bool:
        """Tell whether a capitalised word is beside this one, with which it would be the name of a thing."""
        before = number > 0 and self._is_joined(number) and self._words[number - 1].written[0].isupper()
        following = number + 1
        return before or (
            following < len(self._words)
            and self._is_joined(following)
            and self._words[following].written[0].isupper()
        )

    def _name_at(self, number: int) -> int:
        """Return the number of the word after the name that begins here, or `number` when none does."""
        word = self._words[number]
        if word.low in _PARTICLES and self._surname_after(number):
            return self._surname(number)
        if not word.written[0].isupper():
            return self._small_name(number)
        end = self._reach(number)
        return end if self._is_name(number, end) else number

    def _is_name(self, number: int, end: int) -> bool:
        """Tell whether the words with capitals from here to `end` are a name."""
        word, vocabulary = self._words[number], self._vocabulary
        if is_shaped(word.written):
            if vocabulary.is_given_with_capital(word.written):
                return not self._is_product(number, end)
            if vocabulary.is_surname(word) and self._is_spoken_of(number):
                return True
            if vocabulary.may_be_given(word.low) and self._is_somebody_too(number, end):
                return True
            if vocabulary.is_name_here(word.low) and self._is_inside_sentence(number):
                return True
        only_a_word = (
            vocabulary.is_only_a_word(word.low) and end == number + 1 and not self._is_called(number)
        )
        could_be = (vocabulary.could_be_name(word) and not only_a_word) or self._is_initial(number)
        return could_be and self._stands_as_name(number, end)

    def _is_somebody_too(self, number: int, end: int) -> bool:
        """Tell whether a given name that is a word or a product as well ("Grace", "Alexa") is somebody here."""
        does = _ONLY_PEOPLE_DO if self._words[number].low in NOT_NAMES else _DOES
        return end > number + 1 or self._is_called(number) or self._does(end, does) or self._is_told_of(end)

    def _is_product(self, number: int, end: int) -> bool:
        """Tell whether an abbreviation after a given name makes a product of it: "Maria DB"."""
        if end > number + 1 or end >= len(self._words) or not self._is_joined(end):
            return False
        after = self._words[end]
        return after.written.isupper() and after.low in ABBREVIATIONS and not self._is_called(number)

    def _reach(self, number: int) -> int:
        """Return the number of the word after a name of up to four words that begins here."""
        end = number + 1
        while end < min(len(self._words), number + _LONGEST_NAME) and self._is_joined(end):
            word = self._words[end]
            if (
                word.low in _PARTICLES and word.written.islower() and self._surname_after(end)
            ) or self._is_part(end):
                end += 1
            else:
                break
        return end

    def _is_part(self, number: int) -> bool:
        word, vocabulary = self._words[number], self._vocabulary
        given = vocabulary.is_given_with_capital(word.written)
        return (
            given
            or vocabulary.could_be_name(word)
            or self._is_middle_initial(number)
            or (self._is_middle_initial(number - 1) and is_shaped(word.written) and word.low not in NOT_NAMES)
        )

    def _surname_after(self, number: int) -> bool:
        after = self._words[number + 1 : number + 3]
        return any(self._vocabulary.could_be_name(word) for word in after[:1]) or (
            len(after) > 1 and after[0].low in _PARTICLES and self._vocabulary.could_be_name(after[1])
        )

    def _is_joined(self, number: int) -> bool:
        """Tell whether a word follows the one before it as the parts of a name do."""
        before, word = self._words[number - 1], self._words[number]
        gap = self._plain[before.end : word.start]
        return _TOGETHER.match(gap) is not None and ("." not in gap or len(before.written) == 1)

    def _is_middle_initial(self, number: int) -> bool:
        word = self._words[number]
        return (
            len(word.written) == 1 and word.written.isupper() and self._plain[word.end : word.end + 1] == "."
        )

    def _is_initial(self, number: int) -> bool:
        """Tell whether a word is the "J." of "J. Lindqvist"."""
        return self._is_middle_initial(number) and self._reach(number) > number + 1

    def _stands_as_name(self, number: int, end: int) -> bool:
        following = self._words[end].low if end < len(self._words) and self._follows(end) else ""
        of_thing = self._vocabulary.is_thing(following) and following not in _NEXT
        if self._is_called(number) and not of_thing:
            return True
        whole = end > number + 1
        return (
            self._does(end, _DOES)
            or self._is_told_of(end)
            or (whole and not self._is_heading(number) and not self._labels(end))
        )

    def _labels(self, end: int) -> bool:
        return _LABEL_MARK.match(self._plain, self._words[end - 1].end) is not None

    def _is_called(self, number: int) -> bool:
        """Tell whether the words before are such that a name follows, such as "thanks to"."""
        word = self._words[number]
        for length in range(1, min(_LONGEST_PHRASE, number) + 1):
            before = self._words[number - length : number]
            gap = self._plain[before[-1].end : word.start]
            if length == 1 and _CUE_GAP.match(gap) is None:
                return False
            if " ".join(one.low for one in before) in _BEFORE:
                return "." not in gap and "\n\n" not in gap
        return False

    def _is_heading(self, number: int) -> bool:
        """Tell whether a word stands in the heading of a part."""
        start = self._words[number].start
        line = self._plain.rfind("\n", max(0, start - _LONGEST_HEADING), start) + 1
        return _HEADING.match(self._plain, line) is not None and start - line < _LONGEST_HEADING

    def _follows(self, number: int) -> bool:
        return (
            _VERB_GAP.match(self._plain[self._words[number - 1].end : self._words[number].start]) is not None
        )

    def _does(self, number: int, doing: frozenset[str]) -> bool:
        """Tell whether the words from here on are one of the phrases that say what somebody does."""
        if number >= len(self._words) or not self._follows(number):
            return False
        after = self._words[number : number + _LONGEST_PHRASE]
        if after[0].written[0].isupper():
            return False
        return is_doing([word.low for word in after], doing)

    def _is_told_of(self, end: int) -> bool:
        """Tell whether what follows is told of people: a role set aside, a thing that people have, a thing they do."""
        at = self._words[end - 1].end
        if _ASIDE.match(self._plain, at) or POSSESSED.match(self._plain, at):
            return True
        after = [word.low for word in self._words[end : end + _LONGEST_PHRASE + 1]]
        if len(after) <= 1 or not self._follows(end):
            return False
        if after[0] in _WHENCE and is_doing(after[2:], _DOES):  # "Priya from storage joined"
            return True
        if after[0] == "and" and after[1] in DETERMINERS:  # "Priya and the vendor found the loop"
            return any(is_doing(after[at:], _DOES_OR_WORKS) for at in range(3, len(after)))
        if after[0] == "and" and self._vocabulary.could_be_name(self._words[end + 1]):
            return self._does(end + 2, _DOES_OR_WORKS)
        return is_acting(after[:2])

    def _surname(self, number: int) -> int:
        """Return the end of a surname such as "van der Berg" or "Le Goff", where one is spoken of."""
        end = self._reach(number)
        said = self._is_called(number) or self._does(end, _DOES_OR_WORKS) or self._is_told_of(end)
        return end if said else number

    def _small_name(self, number: int) -> int:
        """Return the end of a given name in small letters that is spoken to or does something, as in a chat."""
        word = self._words[number]
        if (
            word.written != word.low
            or not self._vocabulary.is_given(word.low)
            or word.low in self._vocabulary.things
        ):
            return number
        doing = self._does(number + 1, _DOES) or self._does(number + 1, _WORKS)
        return number + 1 if doing or self._is_called(number) else number

    def _join_linked(self) -> None:
        """Take in a word that could be a name and is linked to one: "Ngozi and Priya", "Priya, Ngozi"."""
        ends = {end: start for start, end in self._names.items()}
        for start, end in list(self._names.items()):
            self._link_after(end, ends)
            self._link_before(start, ends)

    def _link_after(self, end: int, ends: dict[int, int]) -> None:
        following = self._after_link(end)
        while (
            following < len(self._words) and following not in self._names and self._linked(end - 1, following)
        ):
            end = self._reach(following)
            self._names[following] = end
            ends[end] = following
            following = self._after_link(end)

    def _after_link(self, end: int) -> int:
        return end + (end < len(self._words) and self._words[end].low in _LINK_WORDS)

    def _link_before(self, start: int, ends: dict[int, int]) -> None:
        last = start - 1 - (start > 0 and self._words[start - 1].low in _LINK_WORDS)
        if last >= 0 and last + 1 not in ends and self._linked(last, start, last):
            first = last
            self._names[first] = last + 1
            ends[last + 1] = first

    def _linked(self, earlier: int, later: int, asked: int | None = None) -> bool:
        asked = later if asked is None else asked
        gap = self._plain[self._words[earlier].end : self._words[later].start]
        comma_only = gap.strip() == "," and asked == earlier
        return (
            _LINKED.match(gap) is not None
            and not comma_only
            and CODE_FILL not in gap
            and self._vocabulary.could_be_name(self._words[asked])
        )
