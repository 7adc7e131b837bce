"""Markdown read once for all papers and pages: no HTML, no pictures, links to the web and to mailboxes only."""

from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

SCHEMES: Final = ("http", "https", "mailto")


def _is_safe(url: str) -> bool:
    return url.lower().startswith(tuple(f"{scheme}:" for scheme in SCHEMES))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    parser.validateLink = _is_safe  # what is no link stays as the text that was written
    return parser


PARSER: Final = _parser()


def tokens_of(text: str) -> Sequence[Token]:
    """Return the tokens of a text. A picture stays as the words that describe it."""
    tokens = PARSER.parse(text)
    for token in tokens:
        if token.children:
            token.children = [_as_words(child) for child in token.children]
    return tokens


def tree_of(text: str) -> SyntaxTreeNode:
    """Return the text as a tree of blocks and inline parts."""
    return SyntaxTreeNode(tokens_of(text))


def _as_words(token: Token) -> Token:
    return Token("text", "", 0, content=token.content) if token.type == "image" else token
