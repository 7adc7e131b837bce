"""Does a lesson fire on a change, and why: every kind that is given has to be seen, any of its values will do."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Final, Protocol, cast

from fairlead.core.lessons.change import Change, FileChange
from fairlead.core.lessons.lesson import Lesson, Triggers

_WORD: Final = re.compile(r"[\w./:-]+")
_LONGEST_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Reason:
    """What was seen: the kind of trigger, its value, and where: a path, and a line of the new or old side (0: none).

    `shown` is the text that was seen there.
    """

    kind: str
    value: str
    path: str
    line: int
    shown: str

    @property
    def words(self) -> str:
        """The reason as a sentence."""
        where = f"{self.path}:{self.line}" if self.path and self.line else self.path
        return f"{_SAID[self.kind].format(value=self.value)}" + (f" ({where})" if where else "")


_SAID: Final = {
    "paths": "changes a file under {value}",
    "sections": "changes something under “{value}”",
    "added": "adds a line that matches {value}",
    "removed": "removes a line that matches {value}",
    "symbols": "touches {value}",
    "services": "is about {value}",
    "roles": "is about a {value}",
}


class TriggerError(ValueError):
    """A pattern that cannot be read; the message says which and why."""


class _Pattern(Protocol):
    def search(self, text: str) -> object: ...


def fires(triggers: Triggers, change: Change) -> tuple[Reason, ...]:
    """Return why the triggers fire on a change, a reason for each kind that is given; empty when they do not.

    In a change with files, what concerns lines has to be seen in one and the same file. Raises TriggerError for a
    pattern that is none.
    """
    given = triggers.given()
    about = tuple(one for one in given if one[0] in _ABOUT)
    inside = tuple(one for one in given if one[0] not in _ABOUT)
    if not given:
        return ()
    reasons = _all_of(about, lambda kind, value: _about(kind, value, change))
    if reasons is None:
        return ()
    if not inside:
        return tuple(reasons)
    for file in change.files:
        seen = _all_of(inside, lambda kind, value, file=file: _in_file(kind, value, file))
        if seen is not None:
            return (*reasons, *seen)
    if not change.files and change.words:
        seen = _all_of(inside, lambda kind, value: _in_words(kind, value, change.words))
        if seen is not None:
            return (*reasons, *seen)
    return ()


_ABOUT: Final = frozenset({"services", "roles"})


def _all_of(
    kinds: tuple[tuple[str, tuple[str, ...]], ...], look: Callable[[str, str], Reason | None]
) -> list[Reason] | None:
    found: list[Reason] = []
    for kind, values in kinds:
        seen = next((reason for value in values if (reason := look(kind, value)) is not None), None)
        if seen is None:
            return None
        found.append(seen)
    return found


def _about(kind: str, value: str, change: Change) -> Reason | None:
    named = change.services if kind == "services" else change.roles
    if value.lower() in {one.lower() for one in named} or _phrase(value).search(change.words):
        return Reason(kind, value, "", 0, value)
    return None


def _in_file(kind: str, value: str, file: FileChange) -> Reason | None:
    if kind == "paths":
        path = next((path for path in file.paths if glob(value).fullmatch(path)), None)
        return None if path is None else Reason(kind, value, path, 0, path)
    return next(_seen_in(kind, value, file), None)


def _seen_in(kind: str, value: str, file: FileChange) -> Iterator[Reason]:
    if kind == "sections":
        for line in file.lines:
            header = next((one for one in (*line.within, line.text) if starts_with(one, value)), None)
            if header is not None:
                yield Reason(kind, value, file.path, line.number, _shown(header))
        return
    lines = file.lines if kind == "symbols" else file.added if kind == "added" else file.removed
    pattern = _phrase(value) if kind == "symbols" else compiled(value)
    for line in lines:
        if pattern.search(line.text):
            yield Reason(kind, value, file.path, line.number, _shown(line.text))
    if kind == "symbols":
        for heading in file.headings:
            if pattern.search(heading):
                yield Reason(kind, value, file.path, 0, _shown(heading))


def _in_words(kind: str, value: str, words: str) -> Reason | None:
    """Look at a ticket's text: paths it names, and lines of it as if they were added."""
    if kind == "paths":
        path = next((one for one in _WORD.findall(words) if "/" in one and glob(value).fullmatch(one)), None)
        return None if path is None else Reason(kind, value, path, 0, path)
    pattern = compiled(value) if kind in {"added", "removed"} else _phrase(value)
    if kind == "removed":
        return None
    line = next((one for one in words.splitlines() if pattern.search(one)), None)
    return None if line is None else Reason(kind, value, "", 0, _shown(line))


def starts_with(line: str, words: str) -> bool:
    """Tell whether a line begins with these words, whatever its spaces, its letter case and a leading "no"."""
    have, want = line.lower().split(), words.lower().split()
    return bool(want) and (
        have[: len(want)] == want or (have[:1] == ["no"] and have[1 : 1 + len(want)] == want)
    )


@lru_cache(maxsize=4096)
def glob(pattern: str) -> re.Pattern[str]:
    """Return a glob as a pattern for whole paths: `**` crosses folders, `*` and `?` do not.

    One without a slash is about the name of a file, in whatever folder.
    """
    parts = [] if "/" in pattern else ["(?:.*/)?"]
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            parts.append("(?:[^/]*/)*")
            at += 3
        elif pattern.startswith("**", at):
            parts.append(".*")
            at += 2
        else:
            character = pattern[at]
            parts.append(
                "[^/]*" if character == "*" else "[^/]" if character == "?" else re.escape(character)
            )
            at += 1
    return re.compile("".join(parts))


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> _Pattern:
    """Return a pattern in the RE2 dialect, which reads any line in a time that grows with its length alone.

    Raises TriggerError.
    """
    re2 = cast(
        "Any", import_module("re2")
    )  # late: most changes meet no pattern, and loading it is what costs most
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    try:
        return cast("_Pattern", re2.compile(pattern, options))
    except re2.error as error:
        raise TriggerError(f"The pattern “{pattern[:60]}” cannot be read: {error}.") from None


@lru_cache(maxsize=4096)
def _phrase(value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(value)}(?![\w-])", re.IGNORECASE)


def _shown(text: str) -> str:
    return text.strip()[:_LONGEST_SHOWN]


@dataclass(frozen=True, slots=True)
class Match:
    """A lesson that fires on a change, and why."""

    lesson: Lesson
    reasons: tuple[Reason, ...]


def matches(lessons: tuple[Lesson, ...], change: Change) -> tuple[Match, ...]:
    """Return the lessons that fire on a change, in their order. A lesson whose pattern cannot be read does not fire."""
    found: list[Match] = []
    for lesson in lessons:
        try:
            reasons = fires(lesson.triggers, change)
        except TriggerError:
            continue
        if reasons:
            found.append(Match(lesson, reasons))
    return tuple(found)
