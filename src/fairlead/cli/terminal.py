"""Colour and weight for a terminal, and for nothing else."""

import os
from typing import TextIO

_CODES = {"bold": "1", "dim": "2", "accent": "36"}


def is_styled(stream: TextIO) -> bool:
    """Say whether `stream` is a terminal whose owner has not asked for plain text (`NO_COLOR`)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str, stream: TextIO) -> str:
    """Return `text` in "bold", "dim" or "accent" where `stream` shows it, otherwise unchanged."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if is_styled(stream) else text
