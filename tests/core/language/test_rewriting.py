"""A rewrite that is done with one click leaves a text that reads as one."""

import pytest

from fairlead.core.language import lint
from fairlead.core.language.rewriting import rewrites_in


def rewritten(text, audience="private"):
    """The text after the first rewrite of each finding, from the end to the beginning, and what has none."""
    left = []
    for one in reversed(lint(text, audience=audience)):
        rewrites = rewrites_in(text, one)
        if rewrites:
            text = text[: rewrites[0].start] + rewrites[0].words + text[rewrites[0].end :]
        else:
            left.append(one.rule)
    return text, left


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Come in. It is no big deal. Sit down.",
            "Come in. It was serious, and we will get through it. Sit down.",
        ),
        ("What were you thinking?", "Walk me through what you saw."),
        ("- it is no big deal\n- more", "- It was serious, and we will get through it\n- more"),
        ("1. it is no big deal!\n2. more", "1. It was serious, and we will get through it.\n2. more"),
        (
            "Hello.\n\nIt is no\nbig deal!\n\nBye.",
            "Hello.\n\nIt was serious, and we will get through it.\n\nBye.",
        ),
        ("* 🙂 What were you thinking?", "* 🙂 Walk me through what you saw."),
    ],
)
def test_a_sentence_takes_the_place_of_a_sentence(before, after):
    text, _ = rewritten(before)
    assert text == after


def test_a_question_ends_as_a_question():
    text, _ = rewritten("Didn’t you know that?")
    assert text == "What did you know at that point?"


def test_what_stands_around_is_never_thrown_away():
    before = "Customers could not pay for an hour, support had two hundred calls, and it is no big deal."
    assert rewritten(before) == (before, ["FL301"])


def test_a_finding_without_other_words_has_no_rewrite():
    assert rewritten("You were careless.") == ("You were careless.", ["FL103"])


def test_a_neutral_word_takes_the_place_of_the_name_alone():
    text, _ = rewritten("At 14:40 he ran it after a long look at the dashboards of the pair.", "commons")
    assert text == "At 14:40 they ran it after a long look at the dashboards of the pair."
