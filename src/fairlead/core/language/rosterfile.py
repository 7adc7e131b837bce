"""Rosters as teams have them: a file with a name or handle a line, CODEOWNERS, the authors that git knows."""

import re
from typing import Final

from fairlead.core.deidentify.roster import Person

_EMAIL: Final = re.compile(r"<?([\w.+-]+@[\w.-]+\.\w+)>?")
_HANDLE: Final = re.compile(r"(?<![\w/@])@([A-Za-z0-9][\w.-]*)(?![\w/])")
_LETTER: Final = re.compile(r"[^\W\d_]")


def read_roster(text: str) -> tuple[Person, ...]:
    """Return the people of a roster file: each line has a name, a handle, an address, or some of them; # is a comment.

    A single word in small letters is a handle. Initials are derived from names where they are looked for.
    """
    people: list[Person] = []
    for line in text.removeprefix("\ufeff").splitlines():
        written = line.partition("#")[0].strip().strip(",;-* \t")
        if written:
            people.append(_person(written))
    return tuple(people)


def _person(written: str) -> Person:
    email = _EMAIL.search(written)
    rest = _EMAIL.sub(" ", written)
    handles = _HANDLE.findall(rest)
    name = re.sub(r"[(),;|]", " ", _HANDLE.sub(" ", rest))
    name = " ".join(word for word in name.split() if _LETTER.search(word))
    if name and " " not in name and not name[0].isupper():
        handles, name = [*handles, name], ""
    if email and not name:
        name = ""
    return Person(name, email[1] if email else "", tuple(handles))


def read_codeowners(text: str) -> tuple[Person, ...]:
    """Return the people of a CODEOWNERS file. A team ("@org/team") is nobody."""
    handles: set[str] = set()
    emails: set[str] = set()
    for line in text.splitlines():
        owners = line.partition("#")[0].split()[1:]
        handles.update(owner[1:] for owner in owners if owner.startswith("@") and "/" not in owner)
        emails.update(owner for owner in owners if _EMAIL.fullmatch(owner))
    people = [Person("", "", (handle,)) for handle in sorted(handles)]
    return tuple(people + [Person("", email, (email.partition("@")[0],)) for email in sorted(emails)])


def read_authors(lines: str) -> tuple[Person, ...]:
    """Return the people of lines "Name<TAB>address", as git prints its authors. Bots are left out."""
    people: dict[str, Person] = {}
    for line in lines.splitlines():
        name, _, email = line.partition("\t")
        if name.strip() and "[bot]" not in name and not name.lower().endswith("bot"):
            people.setdefault(name.strip(), Person(name.strip(), email.strip()))
    return tuple(people.values())
