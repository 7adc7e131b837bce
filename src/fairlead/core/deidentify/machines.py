"""Names and addresses of single machines, unless the organisation has declared them harmless."""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.declared import Declared
from fairlead.core.deidentify.spot import Spot
from fairlead.core.deidentify.words import word_list

_DOTTED: Final = re.compile(
    r"(?<![\w@./:%-])[A-Za-z0-9][\w-]{0,62}(?:\.[A-Za-z0-9][\w-]{0,62}){1,8}(?![\w@/-]|\.\w)"
)
_INSIDE: Final = re.compile(
    r"\.(?:local|internal|corp|lan|intra|intranet|home|localdomain|arpa)\Z", re.IGNORECASE
)
_SHORT: Final = re.compile(
    r"(?<![\w./@%=:-])[A-Za-z][A-Za-z0-9]{0,20}(?:-[A-Za-z0-9]{1,20}){1,7}(?![\w/@-]|\.\w)"
)
_OWNED: Final = re.compile(
    r"(?<![\w./-])[a-z0-9]{2,20}-(?:mbp|macbook(?:-pro|-air)?|laptop|thinkpad|imac|workstation"
    r"|xps)(?:-?\d{1,3})?(?:\.[a-z]{2,10}){0,3}(?![\w/-])",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"\b(?:ssh|telnet|ping|traceroute|host|hostname|server|machine|router|switch|node|box|laptop"
    r"|jump host)[ :]{1,2}[`\"]?(?:\w{1,32}@)?"
    r"(?P<host>[A-Za-z]{2,20}\d{1,4}(?:[.-][A-Za-z0-9-]{1,30}){0,6})(?![\w/-])"
)
_NUMBER: Final = re.compile(r"\A(?=[a-z0-9]*\d)[a-z0-9]{1,20}\Z", re.IGNORECASE)
_V4: Final = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
_V6: Final = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE)
_MAC: Final = re.compile(r"(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])", re.IGNORECASE)
_VERSION: Final = re.compile(
    r"(?:\bv|version|release|build|firmware|image|chart|[=<>~^]=?)\s{0,2}\Z", re.IGNORECASE
)
_BACK: Final = 12
_PARTS: Final = 3
_CLOUD: Final = frozenset({"aks", "eks", "gke", "ip"})  # machines that a cloud named itself
_CLOUD_PARTS: Final = 4
_HOSTS: Final = word_list("hosts")


def machines(text: str, declared: Declared) -> Iterator[Spot]:
    """Yield names of machines and their addresses. What `declared` covers is left alone."""
    for start, end in _named(text):
        if not declared.covers_host(text[start:end]):
            yield Spot(start, end, "host")
    for pattern in (_V4, _V6):
        for found in pattern.finditer(text):
            if _VERSION.search(text, max(0, found.start() - _BACK), found.start()) is None:
                yield from _address(found, declared)
    yield from (Spot(m.start(), m.end(), "address") for m in _MAC.finditer(text))


def _address(found: re.Match[str], declared: Declared) -> Iterator[Spot]:
    try:
        harmless = declared.covers_address(found.group())
    except ValueError:
        return  # a clock time or a number of a version
    if not harmless:
        yield Spot(found.start(), found.end(), "address")


def _named(text: str) -> Iterator[tuple[int, int]]:
    if "." in text:
        for found in _DOTTED.finditer(text):
            if _is_dotted_host(found.group()):
                yield found.span()
    if "-" in text:
        for found in _SHORT.finditer(text):
            if _is_short_host(found.group().lower()):
                yield found.span()
        yield from (found.span() for found in _OWNED.finditer(text))
    yield from (found.span("host") for found in _SAID.finditer(text))


def _is_dotted_host(name: str) -> bool:
    """Tell whether a dotted name is one machine: inside a network, or numbered below a domain."""
    if _INSIDE.search(name):
        return True
    labels = name.lower().split(".")
    return len(labels) >= _PARTS and labels[-1].isalpha() and _is_short_host(labels[0])


def _is_short_host(name: str) -> bool:
    """Tell whether a name such as "fra1-edge-07" has a part for a kind of machine, and a number at its end."""
    parts = name.split("-")
    if parts[0] in _CLOUD and len(parts) >= _CLOUD_PARTS:
        return True
    kinds = {part.rstrip("0123456789") for part in parts} & _HOSTS
    return bool(kinds) and bool(_NUMBER.match(parts[-1]))
