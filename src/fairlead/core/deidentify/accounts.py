"""Accounts that are made of a name or called one, wherever they stand: "jlindqvist", "jonas.lindqvist", "login=jl"."""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.reading import (
    BEFORE_NAMES,
    GIVEN,
    PLAIN,
    SURNAMES,
    Vocabulary,
    Word,
    is_doing,
    phrase_words,
)
from fairlead.core.deidentify.spot import Spot
from fairlead.core.deidentify.words import word_list

_DOTTED: Final = re.compile(
    r"(?<![\w.@/:%=-])(?P<first>[a-z]{1,20})[._](?P<last>[a-z]{2,20})(?![\w@/(:=-]|\.\w)(?!\.\()"
)
# "login by zmwangi", "account: zmwangi", "session opened for user zmwangi".
_CALLED: Final = re.compile(
    r"\b(?:(?:for|by|of) (?:user|account)|(?:login|logged in|log-in|sign-in|signed in|ran|run|executed) (?:by|as)"
    r"|(?:user|username|login|account|author|committer|assignee|reporter|reviewer|sudo) ?[:=])[ ]?[\"'`]?"
    r"(?P<who>[a-z][a-z0-9_-]{3,20})(?![\w./@:=(-])",
    re.IGNORECASE,
)
_DOES: Final = phrase_words("phrases_of_people") | word_list("verbs_of_people")
_NO_PARTS: Final = word_list("file_endings")
_TASKS: Final = word_list("harmless_accounts") | word_list("mailboxes")
_SHORTEST: Final = 7
_LONGEST: Final = 20
_SHORTEST_PART: Final = 3
_LONGEST_PHRASE: Final = 4


def accounts(readable: str, words: list[Word], known: Vocabulary) -> Iterator[Spot]:
    """Yield the words in small letters that are an initial and a surname, two names with a dot, or named as one."""
    for word in words:
        if (
            _SHORTEST <= len(word.written) <= _LONGEST
            and word.written[1:] in SURNAMES
            and word.low not in PLAIN  # "browser" is no B. Rowser
            and not known.is_thing(word.low)
        ):
            yield Spot(word.start, word.end, "handle")
    at = {word.start: number for number, word in enumerate(words)}
    for found in _DOTTED.finditer(readable):
        if _is_of_names(found, known) or _is_spoken_to(found, at.get(found.start()), words, known):
            yield Spot(found.start(), found.end(), "handle")
    for found in _CALLED.finditer(readable):
        who = found["who"]
        if who.islower() and who not in _TASKS and not known.is_thing(who) and who not in _CALLED_SO:
            yield Spot(found.start("who"), found.end("who"), "handle")


_CALLED_SO: Final = frozenset({"root", "none", "null", "true", "false", "unknown", "anonymous", "required"})


def _is_of_names(found: re.Match[str], known: Vocabulary) -> bool:
    first, last = found["first"], found["last"]
    if known.is_listed_given(first):
        return last in SURNAMES or known.is_listed_given(last)
    return (first in GIVEN or len(first) == 1) and last in SURNAMES


def _is_spoken_to(found: re.Match[str], number: int | None, words: list[Word], known: Vocabulary) -> bool:
    """Tell whether two unknown words with a dot stand where somebody stands: "ping a.b", "a.b forgot to"."""
    parts = (found["first"], found["last"])
    if number is None or found["last"] in _NO_PARTS:
        return False
    if any(len(part) < _SHORTEST_PART or known.is_thing(part) for part in parts):
        return False
    before = [word.low for word in words[max(0, number - _LONGEST_PHRASE) : number]]
    called = any(" ".join(before[start:]) in BEFORE_NAMES for start in range(len(before)))
    following = number + (2 if "." in found.group() else 1)
    after = [word.low for word in words[following : following + _LONGEST_PHRASE]]
    return called or is_doing(after, _DOES)
