"""The packaged word lists, read once. Lines that begin with # are comments and say what a list is for."""

from functools import cache
from pathlib import Path
from typing import Final

from fairlead.core.deidentify.accents import plain_letters


def _lines(name: str) -> list[str]:
    text = Path(__file__).with_name(f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of a packaged list, which are parted by spaces. Raises FileNotFoundError for no such list."""
    return frozenset(word for line in _lines(name) for word in line.split())


_HEAD: Final = 3


class Book:
    """A long list of words, kept as the few hundred kilobytes it is; a set of as many words takes ten times that.

    Each line of its file begins with three letters, and goes on with the rest of every word that begins so.
    """

    __slots__ = ("_pages",)

    def __init__(self, lines: list[str]) -> None:
        """Take the lines of a packaged book."""
        self._pages = {line[:_HEAD]: f"{line[_HEAD:]} " for line in lines}

    def __contains__(self, word: str) -> bool:
        """Tell whether a word, in small letters, is one of the book."""
        return f" {word[_HEAD:] or '.'} " in self._pages.get(word[:_HEAD], "")


@cache
def book(name: str) -> Book:
    """Return a packaged book, read at the first call. Raises FileNotFoundError for no such book."""
    return Book(_lines(name))


@cache
def phrase_list(name: str) -> frozenset[str]:
    """Return the phrases of a packaged list, which are parted by bars. Raises FileNotFoundError for no such list."""
    return frozenset(plain_letters(phrase.strip()) for line in _lines(name) for phrase in line.split("|"))


@cache
def kind_lines(name: str) -> tuple[tuple[str, str], ...]:
    """Return the lines "kind: phrase" of a packaged list in their order. Raises FileNotFoundError for no such list."""
    parted = (line.partition(":") for line in _lines(name))
    return tuple((kind.strip(), phrase.strip()) for kind, _, phrase in parted)
