"""Quasi-identifiers in the words about a person: gender, tenure, place, leave, rota, rare roles and quotations."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from fairlead.core.deidentify.accents import plain_letters
from fairlead.core.deidentify.declared import FEW, Declared
from fairlead.core.deidentify.phrases import phrases
from fairlead.core.deidentify.spot import Spot
from fairlead.core.deidentify.words import phrase_list
from fairlead.core.intake.zones import ABBREVIATIONS

# "he or she", "his/her" and "(s)he" say nothing; they are passed over whole.
_PRONOUN: Final = re.compile(
    r"(?P<both>(?<![\w'’])(?:s/he|he/she|she/he|he or she|she or he|his/her|her/his|his or her|him/her"
    r"|him or her|his or hers|\(s\)he|he/him|she/her)(?:/\w{2,4})?(?!\w))"
    r"|(?<![\w./@#-])(?P<one>he|she|him|his|hers|her|himself|herself)(?P<short>['’](?:s|d|ll|re"
    r"|ve))?(?![\w@-]|\.\w)",
    re.IGNORECASE,
)
_NEUTRAL: Final = {
    "he": "they",
    "she": "they",
    "him": "them",
    "his": "their",
    "her": "their",
    "hers": "theirs",
    "himself": "themself",
    "herself": "themself",
}
_OBJECT_AFTER: Final = re.compile(
    r"[ \t\n]{0,3}(?:[.,;:!?)\]\"”]|\Z|(?:to|and|or|about|for|in|on|at|that|if|when|why|what|how|with"
    r"|from|by|as|while|because|before|after|again|back|out|up|off|down|directly|later|today|then|the"
    r"|a|an)\b)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+")
_ZONE_AFTER_CLOCK: Final = re.compile(
    r"\d:\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?\s?\(?(?P<zone>"
    + "|".join(sorted(ABBREVIATIONS, key=len, reverse=True))
    + r")\b"
)
_EVERYWHERE: Final = frozenset({"UTC", "GMT", "Z"})
_THEIR_TIME: Final = re.compile(
    r"\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4}T)?(?:\sin the (?:morning|evening|night"
    r"|afternoon))?,? (?P<whose>(?:his|her|their|my) (?:own |local )?time)\b",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"(?<![\w.,;:!?)\"”=])[\"“](?=\S)(?P<words>[^\"“”\n]{20,400})(?<=\S)[\"”](?!\w)")
_MY_WORDS: Final = re.compile(r"(?<![\w'’])(?:I|I['’]m|I['’]ll|I['’]ve|I['’]d|my|me)(?!\w)", re.IGNORECASE)
_SAID: Final = re.compile(
    r"(?<!error )(?<!log )(?<!message )(?<!page )(?<!alert )(?<!output )(?<!runbook )\b(?:said|says"
    r"|saying|wrote|writes|writing|asked|asks|replied|replies|posted|posts|commented|typed|tweeted"
    r"|answered|told|messaged"
    r"|titled|commit message|remarked|noted)\b[^\n\"“]{0,30}\Z",
    re.IGNORECASE,
)
_SAID_AFTER: Final = re.compile(
    r"[ ,.]{1,3}(?:[\w ]{0,30}\b)?(?:said|says|wrote|asked|replied|commented|posted)\b", re.IGNORECASE
)
_BACK: Final = 60
_FEWEST_WORDS: Final = 5
_REPLY: Final = re.compile(r"(?m)^[ \t]{0,3}>[ \t>]{0,4}(?P<words>[^\n>][^\n]{20,400})$")


def circumstances(text: str, lowered: str, declared: Declared, zone: str) -> Iterator[Spot]:
    """Yield what narrows down who somebody was by what is told of them.

    `lowered` is `text` in lower case; `zone` is the incident's IANA zone, or empty when it is not known.
    """
    yield from _genders(text)
    for start, end, kind in phrases(text):
        yield Spot(start, end, kind)
    yield from _roles(text, declared)
    yield from (Spot(m.start("whose"), m.end("whose"), "place") for m in _THEIR_TIME.finditer(text))
    yield from _zones(text, zone)
    yield from _quotes(text, lowered)


def _genders(text: str) -> Iterator[Spot]:
    for found in _PRONOUN.finditer(text):
        if found["one"]:
            yield Spot(found.start(), found.end("one"), "gender", _neutral(text, found))


def _neutral(text: str, found: re.Match[str]) -> str:
    """Return the neutral pronoun; "her" is "them" before a mark or a small word, and "their" before anything else."""
    word = found["one"].lower()
    neutral = _NEUTRAL[word]
    if word == "her" and _OBJECT_AFTER.match(text, found.end()):
        neutral = "them"
    return neutral.capitalize() if found["one"][0].isupper() else neutral


@cache
def _few(roles: tuple[tuple[str, int], ...]) -> frozenset[str]:
    """Return the roles that few hold: the packaged ones and the declared ones, less those with enough holders."""
    counted = {plain_letters(role).lower(): holders for role, holders in roles}
    few = {role for role, holders in counted.items() if holders < FEW}
    return frozenset(few | {role for role in phrase_list("rare_roles") if counted.get(role, 0) < FEW})


@cache
def _by_first_word(few: frozenset[str]) -> dict[str, tuple[re.Pattern[str], ...]]:
    table: defaultdict[str, list[re.Pattern[str]]] = defaultdict(list)
    for role in sorted(few, key=lambda role: (-len(role), role)):
        pattern = r"[ \t]{0,2}\n?[ \t>]{1,4}".join(map(re.escape, role.split()))
        table[_WORD.findall(role)[0]].append(re.compile(pattern + r"(?!\w)", re.IGNORECASE))
    return {word: tuple(patterns) for word, patterns in table.items()}


def _roles(text: str, declared: Declared) -> Iterator[Spot]:
    table = _by_first_word(_few(declared.roles))
    plain = plain_letters(text)
    for word in _WORD.finditer(plain):
        for pattern in table.get(word.group().lower(), ()):
            found = pattern.match(plain, word.start())
            if found is not None:
                yield Spot(found.start(), found.end(), "role")
                break


@cache
def _names_of(zone: str) -> frozenset[str]:
    """Return what the clocks of a zone are called, in winter and in summer."""
    place = ZoneInfo(zone)
    names = {datetime(2026, month, 1, tzinfo=UTC).astimezone(place).tzname() for month in (1, 7)}
    called = {name for name, meaning in ABBREVIATIONS.items() if meaning.zone == zone}
    return frozenset({name for name in names if name} | called | _EVERYWHERE)


def _zones(text: str, zone: str) -> Iterator[Spot]:
    if zone:
        ours = _names_of(zone)
        for found in _ZONE_AFTER_CLOCK.finditer(text):
            if found["zone"] not in ours:
                yield Spot(found.start("zone"), found.end("zone"), "place", "the incident's own time zone")


def _quotes(text: str, lowered: str) -> Iterator[Spot]:
    for found in _QUOTED.finditer(text):
        mine = _MY_WORDS.search(found["words"]) is not None
        said = _SAID.search(text, max(0, found.start() - _BACK), found.start()) or _SAID_AFTER.match(
            text, found.end()
        )
        if (mine or said) and len(found["words"].split()) >= _FEWEST_WORDS:
            yield Spot(found.start(), found.end(), "quote")
    if "wrote:" in lowered or "said:" in lowered:
        for found in _REPLY.finditer(text):
            if len(found["words"].split()) >= _FEWEST_WORDS:
                yield Spot(found.start("words"), found.end("words"), "quote")
