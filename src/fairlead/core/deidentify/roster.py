"""Names, handles and e-mail addresses of people in the app, found in a text meant for the commons.

Only what the roster knows is found here: a full name, a part of a name written with a capital, a handle, an e-mail
address or its local part after an at sign. A part of a name that is also an English word ("Will", "Mark", "Grace")
counts only in front of or after another part of the same name, because a capital at the start of a sentence says
nothing.
"""

import re
from dataclasses import dataclass
from importlib.resources import files

_SHORTEST_PART = 2
COMMON_WORDS = frozenset(files(__package__).joinpath("common_words.txt").read_text("utf-8").split())


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


_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def _name_patterns(person: Person) -> list[tuple[str, str]]:
    parts = [part for part in _WORD.findall(person.name) if len(part) >= _SHORTEST_PART]
    patterns: list[tuple[str, str]] = []
    if len(parts) > 1:
        patterns.append(("name", r"(?i:" + r"[\s.,_-]{1,3}".join(map(re.escape, parts)) + ")"))
        patterns.append(("name", r"(?i:" + r"[\s.,_-]{1,3}".join(map(re.escape, reversed(parts))) + ")"))
    for part in parts:
        if part.lower() in COMMON_WORDS:
            continue
        shapes = {part, part.upper()} if len(part) > _SHORTEST_PART else {part}
        patterns.append(("name", "(?:" + "|".join(map(re.escape, sorted(shapes))) + ")(?:['’]s)?"))
    return patterns


def _patterns(person: Person) -> list[tuple[str, str]]:
    patterns = _name_patterns(person)
    handles = {handle.lstrip("@") for handle in person.handles if handle.strip("@ ")}
    local_part = person.email.partition("@")[0]
    for handle in sorted(handles):
        loose = "@?" if handle.lower() not in COMMON_WORDS else "@"
        patterns.append(("handle", rf"(?i:{loose}{re.escape(handle)})"))
    if local_part:
        patterns.append(("handle", rf"(?i:@{re.escape(local_part)})"))
    return patterns


def find_people(text: str, roster: tuple[Person, ...]) -> tuple[Found, ...]:
    """Return every place where `text` names somebody of the roster or shows a personal e-mail address.

    Overlapping finds are reported once, the longest first; the order is that of the text.
    """
    if not text:
        return ()
    found = [Found(m.start(), m.end(), "e-mail", m.group()) for m in _EMAIL.finditer(text)]
    for person in roster:
        for kind, pattern in _patterns(person):
            bounded = rf"(?<![\w@]){pattern}(?!\w)"
            found += [Found(m.start(), m.end(), kind, m.group()) for m in re.finditer(bounded, text)]
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda f: f.start))
