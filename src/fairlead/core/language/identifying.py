"""Finds of people that no pattern of words makes: of the roster, by their own form, by initials in a timeline."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from fairlead.core.deidentify.accents import plain_letters
from fairlead.core.deidentify.words import word_list
from fairlead.core.language.finding import Roster
from fairlead.core.language.wordsets import words

if TYPE_CHECKING:
    from fairlead.core.deidentify.roster import Person

Span = tuple[int, int]

_INITIALS: Final = re.compile(
    r"\b\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?"
    r"(?: ?(?:UTC|CET|CEST|GMT|BST|IST|EST|EDT|PST|PDT|Z)\b)?[\])]?[ ,:|*-]{1,6}"
    r"(?P<who>[A-Z]{2,3})(?=(?: ?: | - | (?:[a-z]+(?:ed|s)|ran|took|saw|began|told|found|put|set|shut|sent)\b))"
)
_TIME: Final = re.compile(r":\d\d")
_CAPITALS: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,3}(?![A-Za-z0-9])")
_FURTHEST: Final = 24  # characters from a time to the end of initials, as the pattern above has them
_CONTACT: Final = re.compile(r"[\w.+-]@[\w-]|(?<![\w@/.:`=&?%-])@[^\W_]|<@[UW]")
_NO_INITIALS: Final = words(
    """
    UTC CET CST MST AEST JST WIB IPS GMT BST IST EST EDT PST PDT DNS CPU RAM API SRE DBA NOC BGP TLS
    SSL SSH CDN VPN VPC AWS GCP SQL DB OK PR CI CD UI IP AS LB NAT ACL IAM URL URI TCP UDP HTTP RPC
    VM OS IO MTU SLA SLO ETA RCA AM PM QA HR IT PM TL IC EU US UK QPS TTL OOM PDU UPS POP AZ MQ ES
    PG K8S RDS ELB ALB EC2 S3 CEO CTO CIO CSO SEV IRC ALL BOT ISP WAF SIP PBX EMR ETL TPS LAN WAN
    GPU SSD HDD NFS NTP MX CA CRL JVM GC WAL TSO DC DR HA CVE SSO MFA CSV JSON XML PSA FYI EOD NOTE
    NB RE NO IN ON AT
    """
)
_SHORT: Final = 2
_CAPITALISED: Final = re.compile(r"\b[A-Z][a-z]{2,}\b")


def people_in(text: str, readable: str, roster: Roster) -> Iterator[Span]:
    """Yield where a text names somebody of the roster, also by initials in a timeline.

    `readable` is the prose of `text`: what is code or a link is not looked at.
    """
    from fairlead.core.deidentify.roster import find_people  # noqa: PLC0415 - it reads word lists

    for found in find_people(text, roster):
        if found.kind != "e-mail" and "#" not in readable[found.start : found.end]:
            yield found.start, found.end
    known = {initials for person in roster if (initials := _initials_of(person))}
    for found in _INITIALS.finditer(readable):
        if found["who"] in known:
            yield found.span("who")


def _initials_of(person: "Person") -> str:
    parts = re.findall(r"[^\W\d_]+", plain_letters(person.name))
    return "".join(part[0].upper() for part in parts) if len(parts) >= _SHORT else ""


def may_have_initials(plain: str) -> bool:
    """Tell whether a text has capitals shortly after a time; every text is asked, and few are read for initials."""
    return any(
        word not in _NO_INITIALS
        for time in _TIME.finditer(plain)
        for word in _CAPITALS.findall(plain, time.end(), time.end() + _FURTHEST)
    )


def initials_in(readable: str) -> Iterator[Span]:
    """Yield capitals in a timeline that speak or act as somebody's initials do."""
    found = [one for one in _INITIALS.finditer(readable) if one["who"] not in _NO_INITIALS]
    acting: dict[str, int] = {}
    for one in found:
        acting[one["who"]] = acting.get(one["who"], 0) + 1
    for who, times in acting.items():
        if len(re.findall(rf"\b{who}\b", readable)) == times:  # what the text also says elsewhere is a thing
            yield from (one.span("who") for one in found if one["who"] == who)


def may_have_contacts(text: str) -> bool:
    """Tell whether a text has something like an address or a mention."""
    return "@" in text and _CONTACT.search(text) is not None


def contacts_in(text: str, readable: str) -> Iterator[Span]:
    """Yield personal addresses and mentions, where they stand in prose."""
    from fairlead.core.deidentify.contact import contacts  # noqa: PLC0415 - read only where there is an at sign

    for spot in contacts(text, text.lower()):
        if spot.kind in {"e-mail", "mention"} and "#" not in readable[spot.start : spot.end]:
            yield spot.start, spot.end


def words_of_names(roster: Roster) -> frozenset[str]:
    """Return the words of the names and the handles of a roster in small letters, to know a person as a subject."""
    parts = {
        word.lower() for person in roster for word in re.findall(r"[^\W\d_]{2,}", plain_letters(person.name))
    }
    return frozenset(parts | {handle.lower().lstrip("@") for person in roster for handle in person.handles})


@cache
def _given_names() -> frozenset[str]:
    """Return the given names that are not also a product, a month or a word of the trade."""
    return word_list("given_names") - word_list("not_names")


def may_have_given_names(low: str) -> bool:
    """Tell whether words in small letters may be given names."""
    return not _given_names().isdisjoint(re.findall(r"[a-z]{3,}", low))


def given_names_in(text: str) -> frozenset[str]:
    """Return the given names written with a capital in a text, in small letters: "Dave should have tested it".

    What is also a product, a month or a word of the trade is left out; with such a name only a roster helps.
    """
    return _given_names() & {found.lower() for found in _CAPITALISED.findall(text)}
