"""Phrases kept as data, found by their first word: the text is read once, and few patterns are tried at each word."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from fairlead.core.deidentify.words import kind_lines, phrase_list

_NUMBER: Final = (
    r"(?:\d{1,3}\+?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
)
_PERIOD: Final = r"(?:days?|weeks?|months?|years?|quarter|yrs?)"
_PLACE: Final = r"(?-i:[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30}){0,2})"
_GAP: Final = r"[ \t]{1,3}(?:\n[ \t>]{0,4})?|\n[ \t>]{0,4}"
_ELEMENT: Final = re.compile(r"\{\w+\}\??|\((?:[^()]|\([^()]*\))*\)\??|[^\s(){}]+")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def _choice(alternatives: str) -> str:
    return "(?:" + "|".join(_sequence(one) for one in _parted(alternatives)) + ")"


def _parted(alternatives: str) -> list[str]:
    """Return the alternatives of a choice; a bar inside an inner choice does not part them."""
    parts, depth, current = list[str](), 0, ""
    for character in alternatives:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += character
    return [*parts, current]


def _persons() -> str:
    longest_first = sorted(phrase_list("persons"), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, longest_first)) + ")"


_MACROS: Final = {"{person}": _persons(), "{number}": _NUMBER, "{period}": _PERIOD, "{Place}": _PLACE}


def _element(written: str) -> str:
    if written in _MACROS:
        return _MACROS[written]
    return _choice(written[1:-1]) if written.startswith("(") else written.replace("'", "['’]")


def _sequence(phrase: str) -> str:
    """Return a pattern for elements in a row. An element that may be missing takes the gap before it along."""
    pattern = ""
    for number, written in enumerate(_ELEMENT.findall(phrase)):
        optional = written.endswith("?") and written[-2] in ")}"
        body = _element(written.rstrip("?") if optional else written)
        joined = body if number == 0 else f"(?:{_GAP}){body}"
        pattern += f"(?:{joined})?" if optional else joined
    return pattern


def _first_words(phrase: str) -> set[str]:
    first = _ELEMENT.findall(phrase)[0].rstrip("?")
    if first == "{person}":
        return {word.split()[0] for word in phrase_list("persons")}
    alternatives = _parted(first[1:-1]) if first.startswith("(") else [first]
    return {one.split()[0] for one in alternatives}


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: str
    pattern: re.Pattern[str]


@cache
def _table() -> dict[str, tuple[_Phrase, ...]]:
    table: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for kind, phrase in kind_lines("phrases"):
        compiled = _Phrase(kind, re.compile(_sequence(phrase) + r"(?!\w)", re.IGNORECASE))
        for word in _first_words(phrase):
            table[word.lower()].append(compiled)
    return {word: tuple(phrases) for word, phrases in table.items()}


def phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of every phrase of the packaged list; of several at one word, the longest."""
    table = _table()
    for word in _WORD.finditer(text):
        best = 0
        kind = ""
        for phrase in table.get(word.group().lower(), ()):
            found = phrase.pattern.match(text, word.start())
            if found is not None and found.end() > best:
                best, kind = found.end(), phrase.kind
        if kind:
            yield word.start(), best, kind
