r"""Which words a pattern needs: read from the pattern itself, so that a text without them is never tried.

A match of `\b(?:was|were) +(?:[a-z]+ly +)*careless\b` has "was" or "were" in it, and it has "careless". Both are sets
of which a text must have one; a text that lacks either needs no regular expression to be cleared. Where two words stand
side by side in every match, the pair says far more than each word alone: "failed to" is rare, "to" is everywhere. Of
the real reviews, sets of words and of beginnings of words let through 12,900 tries of 430 patterns; pairs, and a set
for every part of a pattern, 1,700.

A part of a pattern is first spelled out as *shapes*, the texts it may match: letters as they are, a space for signs
that belong to no word, "|" for the edge of a word, "*" for anything. Where there would be too many shapes, or anything
may stand, what was spelled out so far becomes a set and spelling starts anew.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from math import fsum
from typing import Any, Final, NamedTuple

from fairlead.core.language.gate import words_and_pairs

c: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

Sets = tuple[frozenset[str], ...]
_MOST_SHAPES: Final = 300
_MOST_ENDINGS: Final = 1200
_MOST_SETS: Final = 6
_MOST_SIGNS: Final = 6
_ONE: Final = frozenset({""})
_ANYTHING: Final = frozenset({"*"})
_SIGNS: Final = frozenset(
    " \t\r\n\0.,:;!?'\"()[]{}|/\\-+*&%$@=<>`^~"
)  # never part of a word; "#" stands for code
_EDGES: Final = " |"
_TOO_COMMON: Final = 0.06
_RARE_ENOUGH: Final = 0.002
_FEW: Final = 40
_MOST_OF_SHAPE: Final = 3

# How often words stand in a thousand words of English reviews; what is not here is taken to be rare.
_PER_THOUSAND: Final[dict[float, str]] = {
    40: "the to",
    14: "a and of in that",
    8: "is was for we this on not it",
    4: "with be all from are as by have were an at no when our but which s t",
    2: """
        if will i or up should been one being they can there so some you has what had would after these any more out
        their into do time team new back issue user users change changes service system incident
        """,
    1: """
        also did because only get before other how used about where during using over then again still could use first
        them your down while went well same than way see need like many us work now two very once most why since made
        may make able its another even each between just last don both without as my he she his her who does until
        must problem error failed cause outage day end take set run data code work process test
        """,
    0.5: "due didn don wasn isn needed known check checks checked part call office keep find think look get gets got",
}
_PAIRS_PER_THOUSAND: Final = {  # those that stand together far more often than their words by chance
    1.5: "due to,did not,have been,has been,had been,there was,it was,this is,it is,that was,to be",
    0.7: "because of,part of,do not,at least,make sure,out of,able to,going to,as well,as soon,need to,have to,look at",
}
_SHORTENED: Final = frozenset({"t", "s", "d", "m", "ll", "re", "ve"})  # what an apostrophe leaves of a word
_OFTEN: Final = {
    **{word: times / 1000 for times, some in sorted(_PER_THOUSAND.items()) for word in some.split()},
    **{pair: times / 1000 for times, some in _PAIRS_PER_THOUSAND.items() for pair in some.split(",")},
}
_SELDOM: Final = 0.0001
_SIDE_BY_SIDE: Final = 10  # how much more often two words stand side by side than chance would have it


def needed(pattern: str) -> list[Sets]:
    """Return the alternatives of a pattern, each as sets: every match has, for one of them, a word or pair of each set.

    The most telling set of an alternative comes first. Raises ValueError where no word is sure, because such a pattern
    would have to be tried everywhere.
    """
    return list(
        dict.fromkeys(_needed(items, pattern) for items in _alternatives(list(parser.parse(pattern))))
    )


class _Part(NamedTuple):
    """What is known of a part of a pattern: how it may read, and what it needs beyond that."""

    shapes: frozenset[str]
    needs: Sets = ()


def _alternatives(items: list[Any]) -> list[list[Any]]:
    """Return the ways through a parsed pattern that is a choice, perhaps between edges."""
    inner = [item for item in items if item[0] is not c.AT]
    if len(inner) != 1 or inner[0][0] not in (c.BRANCH, c.SUBPATTERN):
        return [items]
    kind, value = inner[0]
    at = items.index(inner[0])
    ways = value[1] if kind is c.BRANCH else [value[3]]
    return [way for some in ways for way in _alternatives([*items[:at], *some, *items[at + 1 :]])]


def _needed(items: list[Any], pattern: str) -> Sets:
    part = _sequence(items, parted=True)
    shapes = (*part.needs, part.shapes)
    sets: set[frozenset[str]] = set()
    for some in shapes:
        found = _telling(some)
        if found:
            sets.add(found)
            if _share(found) > _RARE_ENOUGH or len(found) <= _FEW:
                sets |= {_telling(some, more=rank) or found for rank in range(1, _MOST_OF_SHAPE)}
    best, *more = sorted(sets, key=_share_then_text) or [frozenset[str]()]
    if not best:
        unsure = min(([one for one in some if not _telling(frozenset({one}))] for some in shapes), key=len)
        raise ValueError(
            f"no word of {unsure[:3]} (* is anything) stands whole between spaces or \\b in each match: this pattern"
            f" would have to be tried in every text. Write out its ends, or spaces that are not optional: “{pattern}”"
        )
    return (best, *(some for some in more[: _MOST_SETS - 1] if _share(some) < _TOO_COMMON))


def _sequence(items: Iterable[Any], *, parted: bool = False) -> _Part:
    """Return what is known of parts that follow one another; `parted` makes a set of what comes before anything."""
    parts = [_part(kind, value, parted=parted) for kind, value in items]
    shapes, needs = _ONE, list[frozenset[str]]()
    for at, part in enumerate(parts):
        needs += part.needs
        is_cut = parted and any("*" in shape for shape in part.shapes)
        most = _MOST_ENDINGS if _ends_words(shapes, part.shapes) else _MOST_SHAPES
        if is_cut or len(shapes) * len(part.shapes) > most:
            needs.append(
                frozenset(_joined(shape + more) for shape in shapes for more in _following(parts[at:]))
            )
            begin = _common_begin(shapes) + "*"
            ends = frozenset(begin + _last_word(shape) for shape in shapes)
            is_cut = is_cut or len(ends) * len(part.shapes) > _MOST_SHAPES
            shapes = frozenset({begin + _common_edge(shapes)}) if is_cut else ends
        shapes = frozenset(_joined(before + after) for before in shapes for after in part.shapes)
    return _Part(shapes, tuple(needs))


def _ends_words(shapes: frozenset[str], following: frozenset[str]) -> bool:
    """Tell whether what follows are the endings of the words before, which mean little when they are cut off."""
    return any(shape[-1:].isalnum() for shape in shapes) and any(shape[:1].isalnum() for shape in following)


def _part(kind: Any, value: Any, *, parted: bool) -> _Part:
    return _sequence(value[3], parted=parted) if kind is c.SUBPATTERN else _PARTS.get(kind, _anything)(value)


def _following(parts: Sequence[_Part]) -> tuple[str, ...]:
    """Return how parts may begin: at the edge of a word, inside of one, or, where all may be left out, not at all."""
    for part in parts:
        if not all(shape[:1] in {"", *_EDGES} for shape in part.shapes):
            return ("*",)
        if "" not in part.shapes:
            return (" *",)
    return (" *", "")


def _last_word(shape: str) -> str:
    found = re.search(r"[ |]?[^ |*]*[ |]?$", shape)
    return found.group() if found else ""


def _common_begin(shapes: frozenset[str]) -> str:
    """Return the edge of a word that all shapes begin with, if they do."""
    return " " if all(shape[:1] and shape[0] in _EDGES for shape in shapes) else ""


def _common_edge(shapes: frozenset[str]) -> str:
    """Return the edge of a word that all shapes end with, if they do."""
    return " " if all(shape[-1:] and shape[-1] in _EDGES for shape in shapes) else ""


def _joined(shape: str) -> str:
    """Return a shape with each row of signs and edges as one."""
    shape = re.sub(r"\*[ |*]*\*", "*", shape)
    return re.sub(r"[ |]{2,}", lambda found: " " if " " in found.group() else "|", shape)


def _telling(shapes: frozenset[str], *, more: int = 0) -> frozenset[str] | None:
    """Return the most telling word or pair of each shape, or None where a shape has none for sure.

    With `more` it is what tells most beside that: "of you" where "because of" tells most of "because of you".
    """
    found: set[str] = set()
    for shape in shapes:
        known = {one for stretch in shape.replace("|", " ").split("*") for one in _whole(stretch)}
        if not known:
            return None
        best = min(known, key=_often_then_text)
        for _ in range(more):
            known -= {best, *best.split(" ")}
            best = min(known, key=_often_then_text, default=best)
        found.add(best)
    return frozenset(found)


def _whole(stretch: str) -> set[str]:
    """Return the words that stand whole in a stretch of letters and spaces, and the pairs of them."""
    return words_and_pairs(stretch.split(" ")[1:-1])


def _often(one: str) -> float:
    """Return which share of words a word is, or of pairs of words a pair."""
    if one in _OFTEN:
        return _OFTEN[one]
    first, _, second = one.partition(" ")
    often = _OFTEN.get(first, _SELDOM)
    if not second or second in _SHORTENED:
        return often
    other = _OFTEN.get(second, _SELDOM)
    return min(often, other, often * other * _SIDE_BY_SIDE)


def _often_then_text(one: str) -> tuple[float, str]:
    return _often(one), one


def _share(some: frozenset[str]) -> float:
    return fsum(map(_often, some))  # to the last bit the same in whatever order a set comes


def _share_then_text(some: frozenset[str]) -> tuple[float, list[str]]:
    return _share(some), sorted(some)


def _literal(value: int) -> _Part:
    sign = chr(value).lower()
    if sign.isascii() and sign.isalnum():
        return _Part(frozenset({sign}))
    return _Part(frozenset({" "})) if sign in _SIGNS else _Part(_ANYTHING)


def _one_of(value: list[Any]) -> _Part:
    """Return the part for signs in square brackets."""
    if all(kind is c.LITERAL for kind, _ in value) and len(value) <= _MOST_SIGNS:
        return _Part(frozenset().union(*(_literal(sign).shapes for _, sign in value)))
    apart = all(
        (kind is c.LITERAL and chr(of) in _SIGNS) or (kind is c.CATEGORY and of is c.CATEGORY_SPACE)
        for kind, of in value
    )
    return _Part(frozenset({" "})) if apart else _Part(_ANYTHING)


def _choice(value: tuple[Any, list[Any]]) -> _Part:
    return _Part(frozenset[str]().union(*(_read_alone(_sequence(branch)) for branch in value[1])))


def _read_alone(part: _Part) -> frozenset[str]:
    """Return the most telling shapes of a part; each set that it needs holds for the whole of it."""
    if not part.needs:
        return part.shapes
    known = [(telling, some) for some in (*part.needs, part.shapes) if (telling := _telling(_apart(some)))]
    return min(known, key=lambda pair: _share_then_text(pair[0]))[1] if known else part.shapes


def _apart(shapes: frozenset[str]) -> frozenset[str]:
    return frozenset(f" {shape} " for shape in shapes)


def _repeated(value: tuple[Any, Any, Any]) -> _Part:
    least, most, items = value
    once = _sequence(items)
    if most == 1 or once.shapes <= {" ", "|"}:
        return once if least else _Part(_read_alone(once) | _ONE)
    again = frozenset({_joined(_common_begin(once.shapes) + "*" + _common_edge(once.shapes))})
    if not least:
        return _Part(again | _ONE)
    return _Part(frozenset(_joined(first + more) for first in _read_alone(once) for more in again | _ONE))


def _edge(value: Any) -> _Part:
    return _Part(_ONE if value is c.AT_NON_BOUNDARY else frozenset({"|"}))


def _anything(_: Any) -> _Part:
    return _Part(_ANYTHING)


_PARTS: Final[dict[Any, Callable[[Any], _Part]]] = {
    c.LITERAL: _literal,
    c.IN: _one_of,
    c.AT: _edge,
    c.BRANCH: _choice,
    c.MAX_REPEAT: _repeated,
    c.MIN_REPEAT: _repeated,
}
