"""People of the roster, found in a text: the same places as when each pattern is searched for by itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.deidentify.roster import COMMON_WORDS, Person, accounts_of, ambiguous_names, find_people
from fairlead.core.deidentify.words import book

ROSTER = (
    Person("Priya Nair", "priya.nair@acme.example", ("@pnair",)),
    Person("Mark Lindqvist", "", ("mark", "_ml_")),
    Person("Łukasz O'Neil-Wójcik", "lukasz@acme.example"),
    Person("Bo", ""),
    Person("王伟", ""),
    Person("", "", ("@", "--")),
)


def shown(text: str) -> list[tuple[str, str]]:
    return [(found.kind, found.shown) for found in find_people(text, ROSTER)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Priya Nair restarted it", [("name", "Priya Nair")]),
        ("NAIR, PRIYA", [("name", "NAIR, PRIYA")]),
        ("nair_priya", [("name", "nair_priya")]),
        ("Priya's change, Nair’s fix", [("name", "Priya's"), ("name", "Nair’s")]),
        ("PRIYA", [("name", "PRIYA")]),
        ("priya", [("name", "priya")]),
        ("Priyanka", []),
        ("Mark the page", []),
        ("ask @mark or mark lindqvist", [("handle", "@mark"), ("name", "mark lindqvist")]),
        ("pnair and @PNAIR", [("handle", "pnair"), ("handle", "@PNAIR")]),
        ("x@pnair", []),
        ("_ml_ said", [("handle", "_ml_")]),
        ("cc @lukasz", [("handle", "@lukasz")]),
        ("Lukasz and Łukasz", [("name", "Lukasz"), ("name", "Łukasz")]),
        ("Bo, BO", [("name", "Bo")]),
        ("write to priya.nair@acme.example", [("e-mail", "priya.nair@acme.example")]),
        ("今天王伟重启了路由器，王伟", [("name", "王伟"), ("name", "王伟")]),
        ("", []),
        ("nobody", []),
    ],
)
def test_people_of_the_roster_are_found(text, found):
    assert shown(text) == found


def test_every_kind_says_what_to_write_instead():
    found = find_people("Priya, pnair, a@b.example", ROSTER)
    assert [one.kind for one in found] == ["name", "handle", "e-mail"]
    assert all(one.shown in one.reason and one.reason.endswith(".") for one in found)


def test_names_that_are_words_are_known_apart_from_small_words():
    assert ambiguous_names((*ROSTER, Person("Grace van Dean"))) == {"mark", "grace", "dean"}


def _one_by_one(text: str, roster: tuple[Person, ...]) -> list[tuple[int, int]]:
    """Search for every pattern by itself, as slowly as it is simple."""
    spans = {m.span() for m in re.finditer(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", text)}
    for person in roster:
        parts = person.name.split()
        patterns = [r"(?i:" + r"[\s.,_-]{1,3}".join(order) + ")" for order in (parts, parts[::-1])]
        patterns += [
            f"(?:{part}|{part.upper()})(?:['’]s)?" for part in parts if part.lower() not in COMMON_WORDS
        ]
        patterns += [f"(?i:@?{handle})" for handle in person.handles]
        first, last = (part.lower() for part in parts)
        small = [one for one in (first, last, *accounts_of(first, last)) if one not in book("plain_words")]
        for one in small:
            spans.update(m.span() for m in re.finditer(rf"(?<![^\W_])(?<!@){one}[0-9]*(?![^\W_]|-)", text))
        for pattern in patterns:
            spans.update(m.span() for m in re.finditer(rf"(?<![\w@]){pattern}(?!\w)", text))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda one: (one[0] - one[1], one[0])):
        if all(end <= other[0] or start >= other[1] for other in kept):
            kept.append((start, end))
    return sorted(kept)


PIECES = [
    "Anna",
    "anna",
    "ANNA",
    "Will",
    "Sorensen",
    "asoren",
    "@asoren",
    " ",
    "  ",
    ".",
    ",",
    "-",
    "_",
    "'s",
    "@",
    "x",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_reading_once_finds_what_searching_for_each_finds(text):
    roster = (Person("Anna Sorensen", "", ("asoren",)), Person("Will Anna", ""))
    assert [(one.start, one.end) for one in find_people(text, roster)] == _one_by_one(text, roster)
