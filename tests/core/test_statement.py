"""The impact statement leaves out what is not known and does not call one figure a range."""

from fairlead.core.impact_scale import Step
from fairlead.core.playbook.reader import load_default
from fairlead.core.statement import StatementFacts, statement_sentences

STATEMENT = load_default().statement


def said(**facts):
    return " ".join(statement_sentences(STATEMENT, StatementFacts(**facts)))


def test_with_nothing_known_it_still_says_that_it_was_serious():
    assert said().endswith("It was serious, and I want to say that plainly.")
    assert "{" not in said()


def test_every_known_step_has_its_sentence_and_none_is_left_unsaid():
    words = said(support=Step.HEAVY, teams=Step.NONE, reputation=Step.SMALL)
    assert "Support was flooded." in words
    assert "A few customers will remember it." in words
    assert "team" not in words


def test_a_range_is_said_once_with_its_two_ends():
    words = said(money=(13_000_000, 18_000_000, 20_000_000), currency="USD")
    assert "about USD 180,000" in words
    assert "as little as USD 130,000 or as much as USD 200,000" in words


def test_one_figure_has_no_ends():
    words = said(money=(18_000_000,) * 3, currency="USD")
    assert "about USD 180,000" in words
    assert "as little as" not in words
