"""The mask keeps the length and shows the same prose that a Markdown library sees."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fairlead.core.language.letters import ascii_letters
from fairlead.core.language.mask import Scanner, mask

PIECES = (
    "alpha beta\n", "gamma\n", "\n", "\n\n", "# delta\n", "- epsilon\n", "1. zeta\n", "  - eta\n", "> theta\n",
    "```\n", "~~~\n", "    iota\n", "`kappa` lambda\n", "``mu ` nu`` xi\n", "[omicron](https://x.example/pi)\n",
    "<!-- rho -->\n", "**sigma** _tau_\n", "---\n", "upsilon\n===\n", "\\`phi\n", "![chi](u.png)\n", "\tpsi\n",
    "   ```\n", "> ```\n", ">\n", "2) omega\n", "\n| a1 | b1 |\n|---|---|\n| c1 | d1 |\n",
)  # fmt: skip
LIBRARY = MarkdownIt("commonmark").enable("table")


def prose_of_library(text):
    """Return the words outside code, quotes and comments, and the words of code."""
    prose, code, depth = [], [], 0
    for token in LIBRARY.parse(text):
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type in {"fence", "code_block"}:
            code += re.findall(r"[a-z]+\d?", token.content)
        for child in token.children or ():
            if child.type == "code_inline":
                code += re.findall(r"[a-z]+", child.content)
            elif (child.type == "text" and not depth) or (child.type == "image" and not depth):
                prose += re.findall(r"[a-z]+\d?", child.content)
    return prose, code


@pytest.mark.slow
@settings(max_examples=3000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=7))
def test_the_library_sees_the_same_prose(pieces):
    text = "x1\n\n" + "".join(pieces)
    read = mask(text)
    assert len(read.prose) == len(text)
    shown = [word for p in read.paragraphs for word in re.findall(r"[a-z]+\d?", read.prose[p.start : p.end])]
    assert shown == prose_of_library(text)[0]


@pytest.mark.slow
@settings(max_examples=3000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_stretches_read_alone_show_what_the_whole_text_shows(pieces):
    assert_stretches_are_like_the_whole("".join(pieces))


@pytest.mark.parametrize(
    "text",
    [
        "alpha\n\nbeta\r\ngamma \r\n\r\ndelta",
        "- alpha\n- beta\n\n  gamma\n\ndelta\n# epsilon\nzeta\n* eta\n",
        "- ```\n  alpha\n\n  beta\n- gamma\n\ndelta\n",
        "```\nalpha\n\nbeta\n\n```\ngamma\n\ndelta\n",
        "<!-- alpha\n\nbeta\n\ngamma --> delta\n\nepsilon\n",
        "<pre>\nalpha\n\nbeta\n</pre>\n\ngamma\n",
        "---\nalpha: 1\n\nbeta: 2\n---\ngamma\n\ndelta\n",
        "> alpha\nbeta\n- gamma\n\nalpha https://x.example/a\n\nbeta\n===\n",
        "alpha\rbeta\n\ngamma",
        "",
    ],
)
def test_a_stretch_that_is_read_alone_shows_what_the_whole_text_shows(text):
    assert_stretches_are_like_the_whole(text)


def assert_stretches_are_like_the_whole(text):
    whole = mask(text)
    for left_out in (0, 1):  # every second stretch is left out, where that is allowed
        scanner = Scanner(ascii_letters(text))
        for number, (start, end) in enumerate(scanner.stretches()):
            expected = [p for p in whole.paragraphs if start <= p.start < end]
            if number % 2 == left_out or scanner.leaves_open(start, end):
                assert scanner.read(start, end) == expected
                assert [scanner.prose(p) for p in expected] == [
                    whole.prose[p.start : p.end] for p in expected
                ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a `b c` d", "a ##### d"),
        ("see [the page](https://x.example/a_(b)) now", "see  the page" + " " * 26 + " now"),
        ("https://x.example/failed now", "#" * 24 + " now"),
        ("caf\u00e9 \u2014 \u201cso\u201d it\u2019s", 'cafe - "so" it\'s'),
        ("one\ntwo\r\nthree", "one two  three"),
        ("<b>bold</b> text", "   bold     text"),
    ],
)
def test_marks_are_filled_up_at_the_same_length(text, shown):
    assert mask(text).prose == shown


def test_an_unclosed_comment_hides_what_it_hides_in_markdown():
    assert mask("<!-- open\nfailed to\n").paragraphs == ()


def test_front_matter_ends_and_the_text_begins():
    read = mask("\ufeff---\ntitle: x\n---\nwords\n")
    assert [read.prose[p.start : p.end] for p in read.paragraphs] == ["words"]


def test_paragraphs_know_what_they_are():
    read = mask("# Next steps\n\n- one\n- two\n\n14:00 a\n14:05 b\n")
    assert [p.kind for p in read.paragraphs] == ["heading", "item", "item", "text", "text"]


@pytest.mark.parametrize(
    "text", ["`" * 20_000, "[" * 20_000, "<!--" * 5_000, "> " * 10_000 + "a", "- " * 3_000, "<a " * 7_000]
)
def test_rows_of_marks_are_read(text):
    assert len(mask(text).prose) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "> ```\n> failed to\n> ````\n\nwords\n",
        "> ~~~\n> failed to\n\nwords\n",
        "> quoted ``` failed to\n> on\n\nwords\n",
        "<pre>\nfailed to\n\nfailed to\n</pre>\nwords\n",
        "> failed\nto go on\n\nwords\n",
        "---\n\nwords\n",
        "[x]: https://a.example/failed\nwords\n",
    ],
)
def test_what_is_nested_in_quotes_and_raw_blocks_is_not_prose(text):
    read = mask(text)
    assert [read.prose[p.start : p.end] for p in read.paragraphs] == ["words"]


def test_a_table_may_stand_below_lines_of_a_paragraph():
    read = mask("before\na | b\n--- | ---\nc | d\n")
    assert [read.prose[p.start : p.end].strip() for p in read.paragraphs] == ["before", "a", "b", "c", "d"]


@pytest.mark.parametrize("begins", ["שלום.", "Привет,", "漢字漢字。", "👩👩👩👩"])
def test_a_line_that_begins_in_another_script_hides_nothing(begins):
    assert "you were careless" in mask(f"{begins} you were careless\nand so on\n").prose
