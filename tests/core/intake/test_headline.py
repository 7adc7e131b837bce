"""The title and the sentence about what customers saw are found where people put them."""

import pytest

from fairlead.core.intake.headline import (
    LONGEST_CLAUSE,
    LONGEST_TITLE,
    first_sentence,
    headings,
    plain,
    title_of,
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Checkout unavailable\n\ntext", "Checkout unavailable"),
        ("# Post-mortem: Checkout unavailable (2026-03-19)\n", "Checkout unavailable"),
        ("# 2026-03-19, Checkout unavailable\n", "Checkout unavailable"),
        ("# DNS outage on 2026-03-19\n", "DNS outage"),
        ("# Incident report\n\nThe shop was down. Then it was not.", "The shop was down"),
        ('---\ntitle: "Search down"\ndate: 2026-03-19\n---\n\n# Other\n', "Search down"),
        ('+++\ntitle = "Search down"\n+++\nText.', "Search down"),
        ("+++\nteam = 'a'\n+++\nSearch is down. Sorry.", "Search is down"),
        ("Subject: Re: Fwd: Search is down\n\nHello,\n", "Search is down"),
        ("Title: \n\n## Search is down\n\nHello", "Search is down"),
        ("routing loop at 14:27, back at 15:32", "Routing loop"),
        ("14:27 UTC routing loop in all regions.\n15:32 back", "Routing loop in all regions"),
        ("- first item said\n- second", "First item said"),
        ("[The shop](https://example.org/x) was `down`", "The shop was down"),
        ("```\ncode\n```\n# Notes on the outage: disk (full)\n", "Notes on the outage: disk (full)"),
        ("We saw e.g. errors. Then none", "We saw e.g. errors"),
        ("All times in CET\n14:27 routing loop in all regions\n15:32 back", "Routing loop in all regions"),
        ("Note: all times are in UTC.\n\nThe shop was down.", "The shop was down"),
        ("Times in UTC are wrong on every page", "Times in UTC are wrong on every page"),
        ("On 17. November it broke. Then not", "It broke"),
    ],
)
def test_a_title_is_found(text, title):
    found = title_of(text)
    assert found is not None
    assert found.value == (title)


@pytest.mark.parametrize("text", ["", "\n\n", "12345", "# \n", "| a | b |", "```\nx\n```", "Timeline:"])
def test_a_text_without_words_has_no_title(text):
    assert title_of(text) is None


def test_a_title_that_is_only_a_date_is_no_title():
    assert title_of("# 2026-03-19\n") is None


def test_a_long_title_is_cut_at_a_word():
    found = title_of("word " * 100)
    assert found is not None
    assert found.value.endswith("word…")
    assert len(found.value) <= LONGEST_TITLE + 1


def test_a_long_word_is_cut_anywhere():
    found = title_of("a " + "x" * 400)
    assert found is not None
    assert len(found.value) == LONGEST_CLAUSE + 1


def test_headings_inside_code_are_not_headings():
    assert [heading.words for heading in headings("# A\n```\n# not\n```\n## B #\n")] == ["A", "B"]


def test_the_first_sentence_skips_what_is_not_prose():
    text = "# T\n\n![picture](x.png)\n12:30\nAs follows:\n\n[^note]\n\n**Bold** start of it! Next."
    found = first_sentence(text, 0)
    assert found is not None
    assert found.value == "Bold start of it"


def test_markdown_is_made_plain():
    assert plain("**a** _b_ `c` [d](e) [f][g] [h] snake_case [^1] <br>") == "a b c d f h snake_case"
