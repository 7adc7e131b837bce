"""Names, handles and e-mail addresses of people in the app, found in a text meant for the commons.

Only what the roster knows is found here: a full name, a part of a name written with a capital, a handle, an e-mail
address or its local part after an at sign. A part of a name that is also an English word ("Will", "Mark", "Grace")
counts only in front of or after another part of the same name, because a capital at the start of a sentence says
nothing. Accents do not matter on either side.

The text is read once, word by word; a word with which an entry begins decides which patterns are tried there. So the
time grows with the text, and hardly with the roster.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from fairlead.core.deidentify.accents import plain_letters
from fairlead.core.deidentify.words import book, word_list

_SHORTEST_PART: Final = 2
COMMON_WORDS: Final = frozenset(
    files("fairlead.core.deidentify").joinpath("common_words.txt").read_text("utf-8").split()
)


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of the roster."""

    name: str
    email: str = ""
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a text names somebody.

    `start` and `end` are offsets in characters; `kind` is `name`, `handle` or `e-mail`; `shown` is the text found.
    """

    start: int
    end: int
    kind: str
    shown: str

    @property
    def reason(self) -> str:
        """Say in one sentence what was found and what to write instead."""
        return {
            "name": f"“{self.shown}” is somebody's name. Write the role instead, such as “the person on call”.",
            "handle": f"“{self.shown}” is what somebody here is called in chat. Write the role instead.",
            "e-mail": f"“{self.shown}” is an e-mail address. Leave it out, or name the team's mailbox.",
        }[self.kind]


_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_RUN: Final = re.compile(r"[^\W_]+")
_DIGITS: Final = "0123456789"
_SHORTEST_SMALL: Final = 3
# Scripts that put no space between words; there a name is found anywhere, and its neighbours say nothing.
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A pattern, its kind, and the words as the roster has them, which say where in a text to try it."""

    kind: str
    words: str
    pattern: str


def _name_entries(name: str) -> Iterator[_Entry]:
    parts = [part for part in _WORD.findall(name) if len(part) >= _SHORTEST_PART]
    if len(parts) > 1:
        for order in (parts, parts[::-1]):
            joined = r"[\s.,_-]{1,3}".join(map(re.escape, order))
            yield _Entry("name", order[0], f"(?i:{joined})")
    for part in parts:
        if part.lower() not in COMMON_WORDS:
            shapes = {part}
            if len(part) > _SHORTEST_PART:
                shapes |= {part.upper(), part.lower() if "-" in part else part}
            yield _Entry("name", part, "(?:" + "|".join(map(re.escape, sorted(shapes))) + ")(?:'s)?")


def _entries(person: Person) -> Iterator[_Entry]:
    yield from _name_entries(plain_letters(person.name))
    handles = {plain_letters(handle).lstrip("@") for handle in person.handles if handle.strip("@ ")}
    for handle in sorted(handles):
        loose = "@?" if handle.lower() not in COMMON_WORDS else "@"
        yield _Entry("handle", handle, rf"(?i:{loose}{re.escape(handle)})")
    local_part = plain_letters(person.email).partition("@")[0]
    if local_part:
        yield _Entry("handle", local_part, rf"(?i:@{re.escape(local_part)})")


@dataclass(frozen=True, slots=True)
class _Trial:
    """What to try at a word: how many characters before it the pattern begins, and the pattern."""

    kind: str
    before: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Index:
    """The roster, made ready for reading texts."""

    trials: dict[str, tuple[_Trial, ...]]
    unspaced: tuple[str, ...]
    small: dict[str, str]


def _small_entries(name: str) -> Iterator[tuple[str, str]]:
    """Yield what a chat calls somebody in small letters, and its kind: parts of the name, and accounts made of it."""
    parts = [part.lower().replace("-", "").replace("'", "") for part in _WORD.findall(name)]
    if len(parts) > 1:
        yield from ((account, "handle") for account in accounts_of(parts[0], parts[-1]))
        yield from ((account, "handle") for account in accounts_of(parts[0], "".join(parts[1:])))
    yield from ((part, "name") for part in parts if len(part) >= _SHORTEST_SMALL)


def accounts_of(first: str, last: str) -> tuple[str, ...]:
    """Return what accounts are made of a first and a last name, in small letters: "jlindqvist", "jonasl"."""
    return first[0] + last, first + last[0], first + last, last + first[0]


def _key(run: str) -> str:
    """Return one key for all spellings that differ in letter case."""
    return run.casefold()


@lru_cache(maxsize=8)
def _index(roster: tuple[Person, ...]) -> _Index:
    """Return the index of a roster; it is kept, because a server asks for the same roster at every write."""
    trials: defaultdict[str, list[_Trial]] = defaultdict(list)
    small: dict[str, str] = {}
    unspaced: set[str] = set()
    for person in roster:
        words = _WORD.findall(plain_letters(person.name))
        unspaced.update(word for word in words if len(word) >= _SHORTEST_PART and _UNSPACED.search(word))
        small.update(_small_entries(plain_letters(person.name)))
        for entry in _entries(person):
            run = _RUN.search(entry.words)
            if run is not None:
                bounded = re.compile(rf"(?<![\w@]){entry.pattern}(?!\w)")
                trials[_key(run.group())].append(_Trial(entry.kind, run.start(), bounded))
    return _Index({key: tuple(some) for key, some in trials.items()}, tuple(sorted(unspaced)), small)


def _matches(plain: str, index: _Index) -> Iterator[tuple[int, int, str]]:
    for run in _RUN.finditer(plain):
        for trial in index.trials.get(_key(run.group()), ()):
            start = max(0, run.start() - trial.before)
            if plain[start - 1 : start] == "@":
                start -= 1
            found = trial.pattern.match(plain, start)
            if found is not None:
                yield found.start(), found.end(), trial.kind
        if run.group().islower():
            yield from _small_matches(plain, run, index)
    for name in index.unspaced:
        at = plain.find(name)
        while at >= 0:
            yield at, at + len(name), "name"
            at = plain.find(name, at + len(name))


def _small_matches(plain: str, run: re.Match[str], index: _Index) -> Iterator[tuple[int, int, str]]:
    """Yield a word in small letters that is somebody's name or account, and no word of the language or the trade."""
    written = run.group()
    kind = index.small.get(written.rstrip(_DIGITS))
    beside = plain[run.start() - 1 : run.start()] == "@" or plain.startswith("-", run.end())
    if kind and not beside and written not in book("plain_words"):
        yield run.start(), run.end(), kind


@lru_cache(maxsize=8)
def ambiguous_names(roster: tuple[Person, ...]) -> frozenset[str]:
    """Return the parts of names of the roster, in small letters, that are English words as well."""
    parts = {part for person in roster for part in _WORD.findall(plain_letters(person.name).lower())}
    words = book("plain_words")
    return frozenset(
        part for part in parts if part in COMMON_WORDS or (len(part) > _SHORTEST_PART and part in words)
    ) - word_list("small_common_words")


@lru_cache(maxsize=8)
def initials_of(roster: tuple[Person, ...]) -> frozenset[str]:
    """Return the initials, in capitals, of everybody with two names: of the first and last, and of all."""
    found: set[str] = set()
    for person in roster:
        letters = [part[0].upper() for part in _WORD.findall(plain_letters(person.name))]
        if len(letters) > 1:
            found |= {letters[0] + letters[-1], "".join(letters)}
    return frozenset(found)


def people_at(text: str, roster: tuple[Person, ...]) -> list[tuple[int, int, str]]:
    """Return start, end and kind (`name` or `handle`) of every place where `text` names somebody of the roster.

    Places may overlap, as "Jonas Lindqvist" and "Jonas" do.
    """
    return list(_matches(plain_letters(text), _index(roster)))


def find_people(text: str, roster: tuple[Person, ...]) -> tuple[Found, ...]:
    """Return every place where `text` names somebody of the roster or shows a personal e-mail address.

    Overlapping finds are reported once, the longest first; the order is that of the text.
    """
    found = [(m.start(), m.end(), "e-mail") for m in _EMAIL.finditer(text)]
    found += people_at(text, roster)
    taken = bytearray(len(text))
    kept: list[Found] = []
    for start, end, kind in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            kept.append(Found(start, end, kind, text[start:end]))
    return tuple(sorted(kept, key=lambda one: one.start))
