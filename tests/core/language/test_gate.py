"""What is never tried could never have matched: the gate and the stretches leave out nothing."""

import random
import re
import sys
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.language import Options, OwnRule, engine, gate, lint
from fairlead.core.language.gate import Gate, Stretches, only_words, words_and_pairs, words_of
from fairlead.core.language.index import packaged
from fairlead.core.language.mask import ascii_letters
from fairlead.core.language.needing import c, needed, parser
from tests.core.language.labelled import part, people

SENTENCES = [sentence.words for sentence in part("train")]
PIECES = (
    "\n", "\n\n", "\r\n\r\n", " ", "- ", "  - ", "1. ", "# ", "> ", "```\n", "`", "``", "~~~\n", "<!-- ", " -->\n",
    "<b>", "</b>", "**", "_", "~~", "[", "](https://x.example/a_b)", "][1]", " https://x.example/failed", "|",
    "xhttps://x.example ", "| a | b |\n|---|---|\n", "---\n", "===\n", "<pre>\n", "</pre>\n", "caf\u00e9 ", "\u2014",
    "14:27 RM: ", "@rmenon ", "\t", "    ", "\U0001f389",
)  # fmt: skip


def some_match(pattern: str, seed: random.Random) -> str:
    """Return a text that a pattern matches, where its edges allow it."""
    return _some(parser.parse(pattern), seed)


def _some(items, seed):
    made = ""
    for kind, value in items:
        if kind is c.LITERAL:
            made += chr(value)
        elif kind is c.BRANCH:
            made += _some(seed.choice(value[1]), seed)
        elif kind is c.SUBPATTERN:
            made += _some(value[3], seed)
        elif kind in (c.MAX_REPEAT, c.MIN_REPEAT):
            times = seed.randint(value[0], min(value[1], value[0] + 2))
            made += "".join(_some(value[2], seed) for _ in range(times))
        elif kind is c.IN:
            made += _one_of(value, seed)
        elif kind is not c.AT:
            made += "x"
    return made


def _one_of(value, seed):
    kind, of = seed.choice([one for one in value if one[0] is not c.NEGATE])
    if value[0][0] is c.NEGATE:
        return seed.choice("aq7")
    if kind is c.RANGE:
        return chr(seed.randint(*of))
    return chr(of) if kind is c.LITERAL else {c.CATEGORY_DIGIT: "4", c.CATEGORY_SPACE: " "}.get(of, "w")


def test_every_match_is_behind_the_gate():
    seed = random.Random(20)  # noqa: S311 - the same texts each time
    matched = 0
    for number, one in enumerate(packaged().patterns):
        searched = re.compile(one.pattern)
        for _ in range(20):
            text = (
                seed.choice(SENTENCES)
                + " "
                + some_match(one.pattern, seed)
                + seed.choice(["", ".", " now", ", so"])
            )
            if searched.search(text if one.rule.cased else text.lower()):
                matched += 1
                assert number in packaged().gate.patterns(words_of(only_words(ascii_letters(text)))), text
    assert matched > 10 * len(packaged().patterns)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bfail(?:ed|s)? +to\b", "it failed to"),
        (r"\b(?:did +not|didn'?t) +(?:[a-z]+ly +)*check\b", "didn't really check"),
        (r"\bgood +job\b|\bwell +done\b", "well done"),
        (r"\bmis-?used? +(?:the|an?) +[a-z]+s?\b", "misused an api"),
        (r"\b(?:sys *admins?|on-?calls?)(?: +(?:team|shift))?(?:[.,]|$)", "the oncall"),
        (r"\b(?:not +)+again(?: +(?:[a-z]+ +)*ever)?\b", "not not again"),
        (r"\bso +what#+\B", "so what##"),
    ],
)
def test_a_text_that_matches_has_a_word_or_pair_of_each_set(pattern, text):
    assert re.search(pattern, text)
    there = words_and_pairs(words_of(only_words(text)))
    assert any(all(some & there for some in way) for way in needed(pattern))


def test_a_pair_says_more_than_its_words():
    assert needed(r"\bfailed +to\b")[0][0] == {"failed to"}
    assert {"of you"} in needed(r"\bbecause +of +you\b")[0]


@pytest.mark.parametrize("pattern", ["[a-z]+ed", r"(?:due +to)? *careless", r"\b(?:good|certif[a-z]+)\b"])
def test_a_pattern_without_a_sure_word_is_refused(pattern):
    with pytest.raises(ValueError, match="Write out its ends"):
        needed(pattern)


def with_everything_tried(text, monkeypatch, **more):
    """Return what the coach finds when every stretch is read and every pattern tried in every paragraph."""
    everything = Mock(return_value=list(range(len(packaged().patterns))))
    with monkeypatch.context() as slow:
        slow.setattr(Gate, "patterns", everything)
        slow.setattr(Stretches, "patterns", Mock(return_value=None))
        for quick in ("may_have_initials", "may_have_contacts", "may_have_given_names"):
            slow.setattr(engine, quick, Mock(return_value=True))
        return lint(text, **more)


@pytest.mark.parametrize("audience", ["commons", "private"])
def test_the_labelled_sentences_are_found_as_if_everything_were_tried(audience, monkeypatch):
    for at in range(0, len(SENTENCES), 40):
        text = "\n\n".join(SENTENCES[at : at + 40])
        slow = with_everything_tried(text, monkeypatch, audience=audience, roster=people())
        assert lint(text, audience=audience, roster=people()) == slow


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(SENTENCES)), max_size=20))
def test_any_text_is_found_as_if_everything_were_tried(pieces):
    text = "".join(pieces)
    with pytest.MonkeyPatch.context() as monkeypatch:
        slow = with_everything_tried(text, monkeypatch)
    assert lint(text) == slow


@pytest.mark.parametrize(
    "text",
    [
        "The operator failed [to](https://x.example/a) check it.",
        "The operator failed <b>to</b> check it.",
        "It was operator errorhttps://x.example/a today.",
        "The operator **failed** _to_ check it.",
        "See `x` the operator failed to check it, `a`failed to.",
        "- It was `x`operator error.\n  - So it was.",
    ],
)
def test_marks_between_words_hide_nothing(text, monkeypatch):
    assert lint(text)
    assert lint(text) == with_everything_tried(text, monkeypatch)


@pytest.fixture
def without_re2(monkeypatch):
    """Take google-re2 away, as where it has no wheel, and forget what it compiled."""
    monkeypatch.setitem(sys.modules, "re2", None)
    for remembered in (gate.fast_engine, gate.compiled):
        remembered.cache_clear()
    yield
    for remembered in (gate.fast_engine, gate.compiled):
        remembered.cache_clear()


WITH_RE2 = lint("\n\n".join(SENTENCES[:120]))


@pytest.mark.usefixtures("without_re2")
def test_both_engines_find_the_same():
    assert lint("\n\n".join(SENTENCES[:120])) == WITH_RE2


@pytest.mark.usefixtures("without_re2")
def test_rules_of_ones_own_need_re2():
    with pytest.raises(ValueError, match="need google-re2"):
        lint("text", options=Options(own=(OwnRule("ACME1", "a", "No a"),)))
