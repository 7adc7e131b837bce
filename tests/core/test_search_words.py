"""What somebody types into a search box, and why a text was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core import search_words
from fairlead.core.search_words import (
    LONGEST_WORD,
    MOST_TERMS,
    Query,
    Term,
    marked,
    parse,
    snippet,
    words_of,
)


def shown(parts):
    return "".join(f"[{part.text}]" if part.found else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Routing loops in BGP-4", ["routing", "loop", "in", "bgp", "4"]),
        ("Málaga, Łódź and STRASSE", ["malaga", "lodz", "and", "strasse"]),
        ("the class of a bus is this", ["the", "class", "of", "a", "bus", "is", "this"]),
        ("retries for queries", ["retry", "for", "query"]),
        ("snake_case and 10.0.0.1", ["snake", "case", "and", "10", "0", "0", "1"]),
        ("🙂 — …", []),
        ("x" * 200, ["x" * LONGEST_WORD]),
    ],
)
def test_the_words_of_a_text(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", ()),
        ("   ", ()),
        ("🙂", ()),
        ("*", ()),
        ('"', ()),
        ('""', ()),
        ("loop", (Term(("loop",), prefix=True),)),
        ("lo", (Term(("lo",)),)),
        ("环路", (Term(("环路",), prefix=True),)),
        ("routing loop", (Term(("routing",)), Term(("loop",), prefix=True))),
        ("loop AND NOT loop", (Term(("loop",)), Term(("and",)), Term(("not",)))),
        ('"routing loops"', (Term(("routing", "loop")),)),
        ("“routing loop” bor", (Term(("routing", "loop")), Term(("bor",), prefix=True))),
        ('"open quote', (Term(("open",)), Term(("quote",), prefix=True))),
        ("title:loop*", (Term(("title",)), Term(("loop",), prefix=True))),
        ("bgp) OR 1=1 --", (Term(("bgp",)), Term(("or",)), Term(("1",)))),
        ('"a" "a" a', (Term(("a",)),)),
    ],
)
def test_what_was_typed_becomes_terms(typed, terms):
    assert parse(typed) == Query(terms)


def test_a_query_of_nothing_is_false_and_any_other_is_true():
    assert not parse("🙂*")
    assert parse("a")


@given(st.text(max_size=800))
def test_whatever_is_typed_becomes_a_small_query_of_plain_words(typed):
    query = parse(typed)
    assert len(query.terms) <= MOST_TERMS
    assert len(set(query.terms)) == len(query.terms)
    for term in query.terms:
        assert term.words
        for word in term.words:
            assert word
            assert word.replace("_", "").isalnum() or not word.isascii()
            assert not set(word) & set("\"'*:()^-+&|!<>\\ ")
    assert all(not term.prefix for term in query.terms[:-1])


@given(st.text(max_size=300), st.text(max_size=60))
def test_a_marked_text_is_the_text(text, typed):
    assert "".join(part.text for part in marked(text, parse(typed))) == text


@given(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=8))
def test_every_word_of_a_text_finds_it(words):
    text = " ".join(words)
    for word in words:
        assert any(part.found for part in marked(text, parse(word)))


@given(st.text(max_size=2000), st.text(max_size=60), st.integers(30, 300))
def test_a_snippet_is_short_and_stands_in_the_text(text, typed, around):
    parts = snippet(text, parse(typed), around=around)
    flat = " ".join(text.split())
    inner = shown(parts).replace("[", "").replace("]", "")
    if "[" in text or "]" in text or "…" in text:
        return
    assert inner.removeprefix("… ").removesuffix(" …") in flat
    assert len(inner) <= around + 4 + len(typed)


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("A routing loop formed", "loops", "A routing [loop] formed"),
        ("A routing loop formed", "rout", "A [routing] loop formed"),
        ("A loop of routing, a routing loop", '"routing loop"', "A loop of routing, a [routing loop]"),
        ("Traffic in Málaga", "malaga", "Traffic in [Málaga]"),
        ("Nothing of it", "zebra", "Nothing of it"),
        ("<b>loop</b>", "loop", "<b>[loop]</b>"),
        ("ends with routing", '"routing loop"', "ends with routing"),
    ],
)
def test_what_was_found_is_told_apart(text, typed, found):
    assert shown(marked(text, parse(typed))) == found


def test_a_snippet_shows_the_place_and_says_what_is_left_out():
    text = "word " * 100 + "the routing loop " + "word " * 100
    got = shown(snippet(text, parse("routing"), around=60))
    assert got.startswith("… ")
    assert got.endswith(" …")
    assert "[routing]" in got
    assert len(got) < 80


def test_a_snippet_of_a_short_text_is_the_text():
    assert shown(snippet("One\nline", parse("zebra"))) == "One line"


def test_a_snippet_of_one_endless_word_is_cut():
    assert len(shown(snippet("x" * 5000, parse("zebra"), around=100))) == 102


def test_a_snippet_reads_a_long_text_no_further_than_it_shows(monkeypatch):
    read = []
    folded = search_words._folded
    monkeypatch.setattr(search_words, "_folded", lambda word: read.append(word) or folded(word))
    query = parse('"in production" outage')
    read.clear()
    shown = snippet("It was tried in production once. " + "Nothing more. " * 5_000, query)
    assert [part.text for part in shown if part.found] == ["in production"]
    assert len(read) < 100
