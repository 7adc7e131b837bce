"""Where the other words of a finding go, so that what is left still reads as a sentence."""

import re
from typing import Final, NamedTuple

from fairlead.core.language.finding import Finding
from fairlead.core.language.sentences import sentence_around

_MOST_LOST: Final = 5  # words around the place that a whole new sentence may take with it
# Between two paragraphs, or two items of a list.
_APART: Final = re.compile(r"\n[ \t\r]*\n|\n(?=[ \t]*(?:[-*+>#|]|\d{1,3}[.)] ))")
_BEFORE_WORDS: Final = re.compile(r"[ \t]*(?:\d{1,3}[.)][ \t]+)?[^\w(\"'“‘]*")
_ASKS: Final = re.compile(r"(?:what|how|who|when|where|which|did|do|is|are|would|could) ", re.IGNORECASE)


class Rewrite(NamedTuple):
    """Other words, and from where to where they replace what stands there."""

    start: int
    end: int
    words: str


def rewrites_in(text: str, one: Finding) -> tuple[Rewrite, ...]:
    """Return the rewrites of a finding that can be done as they are.

    A neutral word for somebody takes the place of the name. Any other rewrite is a sentence of its own and takes the
    place of the whole sentence; where that would take much else with it, there is none.
    """
    if one.safe or one.category == "identifying":
        return tuple(Rewrite(one.start, one.end, words) for words in one.rewrites)
    if not one.rewrites:
        return ()
    begin, stop = _sentence(text, one)
    around = text[begin : one.start].split() + text[one.end : stop].split()
    if len([word for word in around if any(map(str.isalnum, word))]) > _MOST_LOST:
        return ()
    closed = text[begin:stop].rstrip("\"')]”’").endswith((".", "!", "?"))
    return tuple(Rewrite(begin, stop, _sentence_of(words, closed=closed)) for words in one.rewrites)


def _sentence(text: str, one: Finding) -> tuple[int, int]:
    """Return where the sentence of a finding begins and ends, without the marks of a list before it."""
    apart = [found.span() for found in _APART.finditer(text)]
    first = max((end for _, end in apart if end <= one.start), default=0)
    last = min((start for start, _ in apart if start >= one.end), default=len(text))
    begin, stop = sentence_around(text, one.start, one.end, (first, last))
    begin = next(_BEFORE_WORDS.finditer(text, begin, one.start)).end()
    return begin, begin + len(text[begin:stop].rstrip())


def _sentence_of(words: str, *, closed: bool) -> str:
    end = ("?" if _ASKS.match(words) else ".") if closed else ""
    return words[:1].upper() + words[1:] + end
