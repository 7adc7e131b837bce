"""How it may have come about: at most two mechanisms of the playbook, each with the words of the text that led to it.

A guess is a question for the person who confirms; nothing is ever decided by it.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

MOST: Final = 2
_SCANNED: Final = 262_144  # characters, as in the rest of the reading
_WIDEST: Final = 80


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mechanism that the text may speak of: its key in the playbook, and the words that led to it."""

    key: str
    words: tuple[str, ...]


@cache
def _cues() -> Mapping[str, re.Pattern[str]]:
    """Return one pattern for each mechanism, from the data beside this file."""
    written: dict[str, list[str]] = tomllib.loads(
        files("fairlead.core.intake").joinpath("mechanisms.toml").read_text("utf-8")
    )
    return {
        key: re.compile("|".join(rf"(?<!\w)(?:{cue})" for cue in cues), re.IGNORECASE)
        for key, cues in written.items()
    }


def mechanism_candidates(text: str) -> tuple[Candidate, ...]:
    """Return at most two mechanisms, the one with most different words for it first; often there is none."""
    scanned = " ".join(text[:_SCANNED].split())
    found: list[Candidate] = []
    for key, cues in _cues().items():
        words = dict.fromkeys(match[0].lower() for match in cues.finditer(scanned))
        if words:
            found.append(Candidate(key, tuple(one[:_WIDEST] for one in words)[:3]))
    return tuple(sorted(found, key=lambda one: -len(one.words))[:MOST])
