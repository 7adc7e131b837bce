"""The words of a text as search sees them, what somebody typed into a search box, and why a text was found.

A word is a run of letters and digits, in small letters, without accents, without the plural. Text and query go through
the same door, so "Loops" finds "loop" and "Málaga" finds "malaga", on every database alike. Whatever else is typed
(operators, brackets, an asterisk, an emoji) only parts words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from fairlead.core.deidentify.accents import plain_letters

LONGEST_QUERY: Final = 500  # characters; the rest of what was typed is not looked at
MOST_TERMS: Final = 12
LONGEST_WORD: Final = 64
_SHORTEST_BEGINNING: Final = 3
LONGEST_TEXT: Final = 100_000  # characters of one text that can be found
_WORD: Final = re.compile(r"[^\W_]+")
_QUOTED: Final = re.compile(r'"([^"]*)"')
_TYPOGRAPHIC: Final = str.maketrans("“”„«»", '"' * 5)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that have to stand side by side; most often one. The last one of a prefix may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: every term has to be in the text. Without terms there is nothing to look for."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def of_whole_words(self) -> "Query":
        """Return the same terms without one that may go on."""
        return Query(tuple(Term(term.words) for term in self.terms))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text as it stands there, and whether it is what was looked for."""

    text: str
    found: bool


def _singular(word: str) -> str:
    """Take an English plural away, carefully: "loops" and "routes" lose their s, "bus" and "class" keep it."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):  # noqa: PLR2004
        return word
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004
        return word[:-3] + "y"
    return word[:-1]


@lru_cache(maxsize=20_000)  # most words of a text have been seen before
def _folded(word: str) -> str:
    plain = plain_letters(word).casefold()
    return _singular(plain)[:LONGEST_WORD]


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order, as they are compared."""
    return [_folded(found.group()) for found in _WORD.finditer(text[:LONGEST_TEXT])]


def _may_begin_a_word(word: str) -> bool:
    """Tell whether a word is long enough to stand for all that begin so: "th" would be a tenth of a language.

    Where words are not parted by spaces, one sign says enough.
    """
    return len(word) >= _SHORTEST_BEGINNING or not word.isascii()


def parse(typed: str) -> Query:
    """Return what was typed as a query: words in quotes side by side, the last open word as the start of one.

    Never raises, whatever is typed.
    """
    text = typed[:LONGEST_QUERY].translate(_TYPOGRAPHIC)
    terms: list[Term] = []
    end = 0
    for quoted in _QUOTED.finditer(text):
        terms += [Term((word,)) for word in words_of(text[end : quoted.start()])]
        if side_by_side := words_of(quoted.group(1)):
            terms.append(Term(tuple(side_by_side)))
        end = quoted.end()
    loose = words_of(text[end:])
    terms += [Term((word,)) for word in loose]
    seen = list(dict.fromkeys(terms))[:MOST_TERMS]
    if loose and seen[-1] == Term((loose[-1],)) and _may_begin_a_word(loose[-1]):
        seen[-1] = Term(seen[-1].words, prefix=True)
    return Query(tuple(seen))


def _spans(text: str, query: Query) -> Iterator[tuple[int, int]]:
    """Yield where the terms stand in the text, in order, none overlapping another.

    The text is read word by word, no further than is asked for: a snippet ends at the first place. Nearly every word
    begins no term, so that is asked before anything else.
    """
    longest = max((len(term.words) for term in query.terms), default=0)
    begins = {term.words[0] for term in query.terms}
    goes_on = tuple(term.words[0] for term in query.terms if term.prefix)
    words = ((found.start(), found.end(), _folded(found.group())) for found in _WORD.finditer(text))
    ahead = list(islice(words, longest))
    while ahead:
        word = ahead[0][2]
        length = 0
        if word in begins or word.startswith(goes_on):
            length = max(_fits(ahead, term) for term in query.terms)
        if length:
            yield ahead[0][0], ahead[length - 1][1]
        del ahead[: length or 1]
        ahead += islice(words, length or 1)


def _fits(ahead: list[tuple[int, int, str]], term: Term) -> int:
    """Return how many of the next words of the text are the term; 0 when they are not."""
    count = len(term.words)
    here = [word for _, _, word in ahead[:count]]
    if len(here) < count or here[:-1] != list(term.words[:-1]):
        return 0
    last, wanted = here[-1], term.words[-1]
    return count if last == wanted or (term.prefix and last.startswith(wanted)) else 0


def marked(text: str, query: Query) -> tuple[Part, ...]:
    """Return the whole text in parts, with what was looked for told apart."""
    parts: list[Part] = []
    end = 0
    for start, stop in _spans(text, query):
        parts += [Part(text[end:start], found=False), Part(text[start:stop], found=True)]
        end = stop
    parts.append(Part(text[end:], found=False))
    return tuple(part for part in parts if part.text)


def snippet(text: str, query: Query, *, around: int = 200) -> tuple[Part, ...]:
    """Return about `around` characters of a text where what was looked for stands first, in parts.

    Cut at words, with an ellipsis where something was left out; line breaks become spaces.
    """
    text = " ".join(text[:LONGEST_TEXT].split())
    first, first_ends = next(_spans(text, query), (0, 0))
    start = max(0, min(first - around // 3, len(text) - around))
    if start:
        start = text.find(" ", start, first) + 1 or start
    stop = min(len(text), start + around)
    if stop < len(text):
        stop = max(text.rfind(" ", start, stop), first_ends) if " " in text[start:stop] else stop
    shown = marked(text[start:stop], query)
    before = (Part("… ", found=False),) if start else ()
    after = (Part(" …", found=False),) if stop < len(text) else ()
    return before + shown + after
