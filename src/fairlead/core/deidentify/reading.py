"""A text read word by word for names: what is prose, which words could be a name, which the text itself disproves."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from fairlead.core.deidentify.accents import plain_letters
from fairlead.core.deidentify.links import URL
from fairlead.core.deidentify.roster import COMMON_WORDS
from fairlead.core.deidentify.words import book, phrase_list, word_list

GIVEN: Final = word_list("given_names")
_WIDE: Final = book("all_given_names")
SURNAMES: Final = book("all_surnames")
PLAIN: Final = book("plain_words")
_NAMES_TOO: Final = word_list("names_that_are_words")
SMALL_WORDS: Final = word_list("small_words")
NOT_NAMES: Final = word_list("not_names") | word_list("mailboxes") | SMALL_WORDS
ABBREVIATIONS: Final = word_list("abbreviations")
_OR_INITIALS: Final = word_list("abbreviations_or_initials")
# What stands before a name: "thanks to", "paged".
BEFORE_NAMES: Final = phrase_list("before_names")
# What somebody does, and words after which somebody stands, are no names themselves: "Notified Priya".
_CUES: Final = (
    word_list("verbs_of_people") | word_list("verbs_of_work") | word_list("verbs_or_nouns") | BEFORE_NAMES
)
_MONTHS: Final = frozenset({"april", "august", "june", "may"})

_CODE: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,256}@[\w.-]{1,255}|@[\w.-]{1,64}|`[^`\n]{1,200}`|\]\([^)\s]{1,1000}\)"
    r"|<[^<>\n]{1,200}>|https?://"
)
_TOKEN: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+){0,4}")
_PREFIXES: Final = ("Mac", "Mc", "Van", "De", "Di", "Du", "La", "Le", "Al", "El", "Ben")
# What English makes nouns and adverbs of. "Browning" and "Fleming" are short enough to stay names.
_NO_ENDINGS: Final = (
    "tion",
    "tions",
    "ment",
    "ments",
    "ness",
    "ility",
    "ional",
    "ently",
    "ually",
    "ically",
    "edly",
    "ately",
    "ously",
    "ively",
    "ially",
    "n't",
    "'ve",
    "'ll",
    "'re",
    "'d",
    "'m",
)
_LONGEST_ING: Final = 8
_SHORTEST_ACCOUNT: Final = 5
_SHORTEST_PART: Final = 3
DETERMINERS: Final = word_list("determiners")
_OR_NOUNS: Final = word_list("verbs_or_nouns")
_HELPERS: Final = word_list("helpers")
_STATES: Final = frozenset(
    {"is", "was", "has", "had", "uses", "makes", "reads", "takes", "gives", "gave", "reported", "reports"}
)
_ACTS: Final = (word_list("verbs_of_work") | _OR_NOUNS) - _STATES
_ARTICLES: Final = frozenset({"a", "an", "the", "our", "your", "its", "their", "each", "every"})
# Filler for what is not prose. It is no word and no space, so a name and what is said of it never meet across code;
# the target of a link is only passed over.
CODE_FILL: Final = "\x01"
LINK_FILL: Final = "\x02"


class Word(NamedTuple):
    """One word of a text: offsets, the plain letters as written, and in lower case without a closing 's.

    A tuple and no dataclass, because a text of a megabyte has 200,000 of them and
    a tuple is made in a third of the time.
    """

    start: int
    end: int
    written: str
    low: str


def prose(text: str) -> str:
    """Return `text` in plain letters and at the same length, with code, tags and addresses of links filled up."""
    plain = plain_letters(text)
    plain = URL.sub(lambda m: CODE_FILL * len(m.group()), plain) if "://" in plain else plain
    return _CODE.sub(_fill, plain)


def _fill(found: re.Match[str]) -> str:
    written = found.group()
    return (LINK_FILL if written.startswith("]") else CODE_FILL) * len(written)


def words_of(plain: str) -> list[Word]:
    """Return the words of a text given in plain letters."""
    words: list[Word] = []
    for found in _TOKEN.finditer(plain):
        written = found.group()
        end = found.end()
        if written[-2:] in {"'s", "'S"}:
            written, end = written[:-2], end - 2
        words.append(Word(found.start(), end, written, written.lower()))
    return words


@lru_cache(maxsize=1 << 16)
def is_shaped(word: str) -> bool:
    """Tell whether a word is written as names are: a capital, then small letters, as "Okafor", "O'Neil", "McCall"."""
    parts = re.split(r"['-]", word)
    return (
        word[:1].isupper()
        and any(len(part) > 1 for part in parts)
        and all(
            part.isalpha() and (len(part) == 1 or part[1:].islower() or _is_prefixed(part)) for part in parts
        )
    )


def _is_prefixed(part: str) -> bool:
    return any(part.startswith(prefix) and part[len(prefix) :].istitle() for prefix in _PREFIXES)


@lru_cache(maxsize=1 << 16)
def _is_thing_anywhere(low: str) -> bool:
    return (
        low in NOT_NAMES
        or low in COMMON_WORDS
        or low in ABBREVIATIONS
        or low in _OR_INITIALS
        or low in _CUES
        or low.endswith(_NO_ENDINGS)
        or (low.endswith("ing") and len(low) > _LONGEST_ING)
        or ("-" in low and low.partition("-")[0] in NOT_NAMES - GIVEN)
        or _is_plural_of_thing(low)
    )


def _is_plural_of_thing(low: str) -> bool:
    """Tell whether a word is several of something known: "Replicas restarted" names nobody, "James restarted" does."""
    if not low.endswith("s") or low in GIVEN:
        return False
    return any(
        one in NOT_NAMES - GIVEN for one in (low[:-1], low.removesuffix("es"), low.removesuffix("ies") + "y")
    )


@lru_cache(maxsize=1 << 14)
def _is_made_of_names(low: str) -> bool:
    stem = low.rstrip("0123456789")
    if len(stem) < _SHORTEST_ACCOUNT or not stem.isalpha():
        return False
    if stem[1:] in SURNAMES or (stem[:-1] in SURNAMES and not _is_listed_given(stem)):
        return True
    if _is_listed_given(stem[:-1]):
        return True
    return any(
        (_is_listed_given(stem[:at]) and stem[at:] in SURNAMES)
        or (stem[:at] in SURNAMES and _is_listed_given(stem[at:]))
        for at in range(_SHORTEST_PART, len(stem) - _SHORTEST_PART + 1)
    )


def _is_listed_given(low: str) -> bool:
    """Tell whether a word is a given name of any list, or two of them with a hyphen: "Anne-Sophie", "Min-jun"."""
    if low in GIVEN or low in _WIDE:
        return True
    first, hyphen, second = low.partition("-")
    return bool(hyphen) and first in GIVEN and (second in GIVEN or second in _WIDE)


@lru_cache(maxsize=1 << 14)
def _is_compound(low: str) -> bool:
    """Tell whether a word is two plain words in one, as programs are called: "kubeproxy", "matchmaker"."""
    return any(
        low[:at] in PLAIN and low[at:] in PLAIN for at in range(_SHORTEST_PART, len(low) - _SHORTEST_PART + 1)
    )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which words can be names in one text.

    `harmless` are the declared words. `disproved` are words the text itself uses as names of things: in small letters
    or behind an article; the latter are `things` as well. `here` are names of people of the organisation that are
    English words too ("Mark"), and `initials` those of everybody in it.
    """

    harmless: frozenset[str]
    disproved: frozenset[str]
    here: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()

    def with_people(self, found: frozenset[str]) -> "Vocabulary":
        """Return the same, less what words in small letters disproved that turned out to be people."""
        return replace(self, disproved=self.disproved - found)

    def is_given(self, low: str) -> bool:
        """Tell whether a word is a given name and nothing else that a review speaks of, also in small letters."""
        return low in GIVEN and not self.is_thing(low)

    def is_listed_given(self, low: str) -> bool:
        """Tell whether a word is a given name of any list; those of the wide one are found with a capital alone."""
        return _is_listed_given(low) and not self.is_thing(low)

    def is_given_with_capital(self, word: str) -> bool:
        """Tell whether a word with a capital is a given name: one of the wide list counts where the text agrees."""
        low = word.lower()
        return is_shaped(word) and (
            self.is_given(low) or (low not in self.disproved and self.is_listed_given(low))
        )

    def is_surname(self, word: Word) -> bool:
        """Tell whether a word that could be a name is known as a surname."""
        return word.low in SURNAMES and self.could_be_name(word)

    def is_only_a_word(self, low: str) -> bool:
        """Tell whether a word is English, or of the trade, and no given name of any list."""
        return low in PLAIN and low not in _NAMES_TOO and not _is_listed_given(low)

    def is_only_a_name(self, low: str) -> bool:
        """Tell whether a word in small letters is a name of any list, and no word besides."""
        return (
            low not in PLAIN and not self.is_thing(low) and (low in GIVEN or low in _WIDE or low in SURNAMES)
        )

    def is_made_of_names(self, low: str) -> bool:
        """Tell whether an account is made of names: "jlindqvist", "jonasl", "lindqvistj", "jonaslindqvist2"."""
        return low not in PLAIN and not self.is_thing(low) and _is_made_of_names(low)

    def is_unknown(self, low: str) -> bool:
        """Tell whether a word in small letters is on no list at all, and is not two words in one."""
        return low not in PLAIN and low.isalnum() and not self.is_thing(low) and not _is_compound(low)

    def may_be_given(self, low: str) -> bool:
        """Tell whether a word is a given name, be it also a word, a place or a product. Months are never taken."""
        return (low in GIVEN or low in self.here) and low not in self.harmless and low not in _MONTHS

    def is_name_here(self, low: str) -> bool:
        """Tell whether a capital inside a sentence is enough, because somebody here is called so."""
        return low in self.here and low not in _MONTHS

    def is_thing(self, low: str) -> bool:
        """Tell whether a word is known as something else than a person's name."""
        return low in self.harmless or _is_thing_anywhere(low)

    def could_be_name(self, word: Word) -> bool:
        """Tell whether a word that no list knows could be somebody's name in this text."""
        return word.low not in self.disproved and is_shaped(word.written) and not self.is_thing(word.low)

    def could_only_be_name(self, word: Word) -> bool:
        """Tell the same of a word that is not English either: where the place alone says little, this must hold."""
        return self.could_be_name(word) and not self.is_only_a_word(word.low)


def vocabulary(
    words: list[Word],
    harmless: frozenset[str],
    here: frozenset[str] = frozenset(),
    initials: frozenset[str] = frozenset(),
) -> Vocabulary:
    """Return what the words of a text tell about each other."""
    small = {word.low for word in words if word.written.islower()}
    things = frozenset(
        later.low
        for earlier, later in pairwise(words)
        if earlier.low in _ARTICLES and later.start == earlier.end + 1
    )
    return Vocabulary(harmless, frozenset((small | things) - GIVEN), here, things, initials)


def is_doing(words: list[str], doing: frozenset[str]) -> bool:
    """Tell whether words in lower case, which follow somebody, begin with a phrase of `doing`.

    A form that is a noun as well counts when an article or the like comes next.
    """
    while not (said := any(" ".join(words[:length]) in doing for length in range(1, len(words) + 1))):
        if len(words) <= 1 or words[0] not in _HELPERS:
            break
        words = words[1:]
    if said:
        return True
    return len(words) > 1 and words[0] in _OR_NOUNS and words[1] in DETERMINERS


def is_acting(words: list[str]) -> bool:
    """Tell whether words in lower case say that somebody does something to something: "restarted the router"."""
    return len(words) > 1 and words[0] in _ACTS and words[1] in DETERMINERS


def phrase_words(*names: str) -> frozenset[str]:
    """Return the phrases of packaged lists in one set."""
    return frozenset[str]().union(*(phrase_list(name) for name in names))
