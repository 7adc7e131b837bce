"""The whole check of a text meant for everybody: who is named, and what narrows down who it was.

Direct identifiers: names (of the roster, and of people nobody told us about), initials, handles, e-mail addresses,
mentions, avatars. Quasi-identifiers: what leads to an author (commits, changes, tickets, messages, branches), machines
and home folders, the on-call rota, gender, tenure, place, leave, rare roles, and quotations that can be searched for.
The list is that of the privacy design; every kind has its reason and a neutral wording in `finding.py`.
"""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.accents import plain_letters
from fairlead.core.deidentify.accounts import accounts
from fairlead.core.deidentify.circumstances import circumstances
from fairlead.core.deidentify.contact import contacts
from fairlead.core.deidentify.declared import Declared
from fairlead.core.deidentify.finding import KINDS, Finding, finding
from fairlead.core.deidentify.initials import initials
from fairlead.core.deidentify.links import links
from fairlead.core.deidentify.machines import machines
from fairlead.core.deidentify.numbers import numbers
from fairlead.core.deidentify.people import Reader, titled
from fairlead.core.deidentify.reading import Vocabulary, prose, vocabulary, words_of
from fairlead.core.deidentify.roster import Person, accounts_of, ambiguous_names, initials_of, people_at
from fairlead.core.deidentify.small import SmallReader
from fairlead.core.deidentify.speakers import Lines
from fairlead.core.deidentify.spot import Spot
from fairlead.core.deidentify.traces import traces

# Marks that are drawn with the letter before them, or not drawn at all: "José" may come as "Jose" and an accent.
_UNSEEN: Final = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
_ORDER: Final = {kind: number for number, kind in enumerate(KINDS)}
_SHORTEST_ACCOUNT: Final = 4
_NOTHING: Final = Declared()


def examine(
    text: str, *, roster: tuple[Person, ...] = (), declared: Declared = _NOTHING, zone: str = ""
) -> tuple[Finding, ...]:
    """Return everything in `text` that tells or helps to tell who somebody is, in the order of the text.

    `roster` are the people of the organisation; `declared` is what it has declared harmless, and its roles. `zone` is
    the incident's IANA zone: with it, a clock of another zone counts as a place. Findings do not overlap; where several
    kinds meet, the direct one stands, then the longest. Nothing declared hides a person of the roster. Offsets are
    those of `text`, in characters. Raises ZoneInfoNotFoundError for a zone that does not exist.
    """
    seen, where = _as_seen(text)
    spots = set(_spots(seen, roster, declared, zone))
    if where:
        # An unseen mark may also part two words, so the text as it stands is asked for the roster as well.
        spots = {Spot(where[s.start], where[s.end - 1] + 1, s.kind, s.instead) for s in spots}
        spots.update(Spot(start, end, kind) for start, end, kind in people_at(text, roster))
    taken = bytearray(len(text))
    kept: list[Spot] = []
    for spot in sorted(spots, key=_precedence):
        if taken.find(1, spot.start, spot.end) < 0:
            taken[spot.start : spot.end] = b"\x01" * (spot.end - spot.start)
            kept.append(spot)
    return tuple(finding(text, spot) for spot in sorted(kept, key=lambda spot: spot.start))


def _precedence(spot: Spot) -> tuple[bool, int, int, int]:
    """Return a key that puts direct findings first, then long ones, then early ones."""
    return KINDS[spot.kind].level != "direct", spot.start - spot.end, spot.start, _ORDER[spot.kind]


def _as_seen(text: str) -> tuple[str, list[int]]:
    """Return the text without unseen marks, and where each character of it stood; no offsets when nothing went."""
    if text.isascii() or _UNSEEN.search(text) is None:
        return text, []
    where = [offset for offset, character in enumerate(text) if _UNSEEN.match(character) is None]
    return _UNSEEN.sub("", text), where


def _spots(text: str, roster: tuple[Person, ...], declared: Declared, zone: str) -> Iterator[Spot]:
    lowered = text.lower()
    yield from (Spot(start, end, kind) for start, end, kind in people_at(text, roster))
    yield from contacts(text, lowered, declared)
    yield from numbers(text)
    yield from links(text, declared)
    yield from _strangers(text, declared, roster)
    yield from traces(text, lowered)
    yield from machines(text, declared)
    yield from circumstances(text, lowered, declared, zone)


def _strangers(text: str, declared: Declared, roster: tuple[Person, ...]) -> Iterator[Spot]:
    """Yield people whom no roster knows. Who is found once by name is found everywhere in the text."""
    plain = plain_letters(text)
    readable = prose(text)
    words = words_of(readable)
    known = vocabulary(words, declared.plain_words(), ambiguous_names(roster), initials_of(roster))
    small = list(SmallReader(readable, words, known).spots())
    known = known.with_people(frozenset(plain[spot.start : spot.end] for spot in small))
    reader = Reader(readable, words, known)
    spots = small + [Spot(words[first].start, words[last - 1].end, "name") for first, last in reader.names()]
    yield from (Spot(words[at].start, words[at].end, "perhaps a name") for at in reader.doubtful())
    spots += [Spot(start, end, "name") for start, end in titled(readable, known)]
    spots += Lines(plain, known).spots()
    spots += initials(plain, known)
    spots += accounts(readable, words, known)
    yield from spots
    yield from _again(plain, [*spots, *contacts(text, text.lower(), declared)], known)


def _again(plain: str, spots: list[Spot], known: Vocabulary) -> Iterator[Spot]:
    """Yield every other place of what was found: words of names, initials, and accounts, also those made of a name."""
    names: dict[str, str] = {}
    found = {(spot.kind, plain[spot.start : spot.end]) for spot in spots}
    for kind, written in sorted(found, key=lambda one: (_ORDER[one[0]], one[1])):
        for word, meaning in _words_to_find(kind, written, known):
            names.setdefault(word, meaning)
    if names:
        yield from (
            Spot(word.start, word.end, names[word.written])
            for word in words_of(plain)
            if word.written in names
        )


def _words_to_find(kind: str, written: str, known: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield each word that stands for the same person elsewhere, with its kind there."""
    words = words_of(written)
    if kind in {"e-mail", "mention"}:
        account = written.strip("@<>").partition("@")[0]
        if len(account) >= _SHORTEST_ACCOUNT and not known.is_thing(account.lower()):
            yield account, "handle"
    elif kind in {"initials", "handle"}:
        yield from ((word.written, kind) for word in words)
    elif kind == "name":
        yield from (
            (word.written, kind) for word in words if len(word.written) > 1 and not known.is_thing(word.low)
        )
        if len(words) > 1:
            yield from ((account, "handle") for account in accounts_of(words[0].low, words[-1].low))
