"""The packaged word lists, read once. Lines that begin with # are comments and say what a list is for."""

from functools import cache
from pathlib import Path

from fairlead.core.deidentify.accents import plain_letters


def _lines(name: str) -> list[str]:
    text = Path(__file__).with_name(f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of a packaged list, which are parted by spaces. Raises FileNotFoundError for no such list."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def phrase_list(name: str) -> frozenset[str]:
    """Return the phrases of a packaged list, which are parted by bars. Raises FileNotFoundError for no such list."""
    return frozenset(plain_letters(phrase.strip()) for line in _lines(name) for phrase in line.split("|"))


@cache
def kind_lines(name: str) -> tuple[tuple[str, str], ...]:
    """Return the lines "kind: phrase" of a packaged list in their order. Raises FileNotFoundError for no such list."""
    parted = (line.partition(":") for line in _lines(name))
    return tuple((kind.strip(), phrase.strip()) for kind, _, phrase in parted)
