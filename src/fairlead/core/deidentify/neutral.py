"""A text in neutral words: what was found is replaced by what to write instead.

Only what can be put in its place as it stands is replaced. Where the words around it would have to change as well
("was on leave"), or where a hint is all there is ("what the machine is for"), a person rewrites the sentence.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from fairlead.core.deidentify.finding import KINDS, Finding
from fairlead.core.deidentify.words import phrase_list

_AS_IT_STANDS: Final = frozenset(
    {kind for kind in KINDS if KINDS[kind].level == "direct"}
    | {"perhaps a name", "commit", "change link", "ticket", "message link", "branch", "home path", "address"}
    | {"gender"}
)
_PEOPLE: Final = frozenset({"name", "initials", "handle", "mention"})
_ANOTHER: Final = "a colleague"
_BEGINS: Final = re.compile(r"(?:\A|[.!?]\s|\n)[\s>*_#\-–•|(\[\"“]*\Z")
_VERB_AFTER: Final = re.compile(r"(?P<gap>[ \t]{1,3})(?P<verb>is|was|has|does|isn't|wasn't|hasn't|doesn't)\b")
_PLURAL: Final = {"is": "are", "was": "were", "has": "have", "does": "do"}
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_BEFORE: Final = re.compile(r"(?P<word>[\w-]+)(?P<gap>[ \t]{1,3})\Z")
_ROLES: Final = phrase_list("persons") | {"engineer", "developer", "dba", "manager", "operator", "colleague"}
_SAID_TWICE: Final = re.compile(
    r"(?:\bthe )?\b(?:commit|revision|change|branch|ticket|issue)[ \t]{1,3}\Z", re.IGNORECASE
)
_BACK: Final = 60


class Edit(NamedTuple):
    """Neutral words for a finding, and from where to where they replace the text."""

    finding: Finding
    start: int
    end: int
    words: str


def replaces(finding: Finding) -> bool:
    """Tell whether the neutral wording of a finding can stand where it was found, as it is."""
    return finding.kind in _AS_IT_STANDS


def in_neutral_words(text: str, findings: Iterable[Finding]) -> str:
    """Return `text` with each finding replaced by its neutral wording; findings that a person must rewrite stay.

    The findings are those of this text, in its order. The first person becomes "the engineer", others "a colleague",
    so that two people do not melt into one; a role before a name is enough by itself. Capitals at the beginning of a
    sentence, a closing 's, and the verb after "they" are kept right.
    """
    pieces: list[str] = []
    at = 0
    for edit in neutral_edits(text, findings):
        pieces += (text[at : edit.start], edit.words)
        at = edit.end
    return "".join([*pieces, text[at:]])


def neutral_edits(text: str, findings: Iterable[Finding]) -> Iterator[Edit]:
    """Yield what `in_neutral_words` changes, in the order of the text."""
    people: list[frozenset[str]] = []
    at = 0
    for one in findings:
        if not replaces(one) or one.start < at:
            continue
        begin, at, last = one.start, one.end, at
        if text[last:begin].endswith("`") and text.startswith("`", at):  # neutral words are no code
            begin, at = begin - 1, at + 1
        words = one.instead
        if one.kind in _PEOPLE:
            words = _person(one, people)
            if _has_role_before(text, one.start):
                begin = last + len(text[last:begin].rstrip(" \t"))
                yield Edit(one, begin, at, "'s" if _is_possessive(one.shown) else "")
                continue
        elif one.instead.startswith("the "):
            begin = last + len(_SAID_TWICE.sub("", text[last:begin]))
        if _BEGINS.search(text[max(0, one.start - _BACK) : one.start]):
            words = words[:1].upper() + words[1:]
        verb = _VERB_AFTER.match(text, at) if words.lower() == "they" else None
        if verb is not None:
            words += verb["gap"] + _plural(verb["verb"])
            at = verb.end()
        yield Edit(one, begin, at, words)


def _person(one: Finding, people: list[frozenset[str]]) -> str:
    """Return what to call this person, who may have been met before under a part of the name."""
    called = frozenset(word.lower() for word in _WORD.findall(one.shown)) or frozenset({one.shown.lower()})
    number = next((n for n, known in enumerate(people) if known & called), len(people))
    if number == len(people):
        people.append(called)
    else:
        people[number] |= called
    ending = "'s" if _is_possessive(one.shown) else ""
    return (one.instead if number == 0 else _ANOTHER) + ending


def _is_possessive(shown: str) -> bool:
    return shown.endswith(("'s", "’s"))


def _has_role_before(text: str, start: int) -> bool:
    before = _BEFORE.search(text, max(0, start - _BACK), start)
    return before is not None and before["word"].lower() in _ROLES


def _plural(verb: str) -> str:
    base = verb.removesuffix("n't")
    return _PLURAL[base] + verb.removeprefix(base)
