"""Sets of words, written as text."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text that are parted by spaces or lines."""
    return frozenset(text.split())
