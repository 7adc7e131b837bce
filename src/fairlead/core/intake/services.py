"""Names of services in a text: a line that lists them, else what stands before "service", "cluster", "API"."""

import re
from collections import Counter
from typing import Final

from fairlead.core.intake.values import Found, Span

MOST: Final = 5
_LISTED: Final = re.compile(
    r"^[\s>*_|#-]{0,8}(?:affected |impacted )?(?:services?|components?|systems?)(?: affected| impacted)?"
    r"[*_]{0,2}\s?[:|][*_\s]{0,4}(?P<list>[^\n|]{2,200})",
    re.IGNORECASE | re.MULTILINE,
)
_BESIDE: Final = re.compile(
    r"`(?P<code>[A-Za-z][\w.-]{1,30})`\s(?:service|cluster|API|database|gateway|queue|server)\b"
    r"|\b(?P<name>(?:[A-Z][\w.-]{1,30}|[a-z]+(?:-[a-z]+){1,3}))\s(?:service|cluster|API|database|gateway)\b"
)
_ORDINARY: Final = frozenset(
    [
        "the",
        "this",
        "that",
        "our",
        "a",
        "an",
        "any",
        "all",
        "each",
        "new",
        "old",
        "in",
        "on",
        "its",
        "their",
        "when",
        "if",
        "for",
        "no",
        "some",
    ]
)


def services(text: str) -> tuple[Found[str], ...]:
    """Return up to five names of services, those of a list first, else the most frequent."""
    listed = _LISTED.search(text)
    if listed is not None:
        span = Span(*listed.span())
        names = [name.strip(" *_`.") for name in re.split(r"[,;]|\sand\s", listed["list"])]
        return tuple(Found(name, span, "a line lists the services") for name in names if name)[:MOST]
    first: dict[str, Span] = {}
    seen: Counter[str] = Counter()
    for found in _BESIDE.finditer(text):
        name = found["code"] or found["name"]
        if name.lower() not in _ORDINARY:
            seen[name] += 1
            first.setdefault(name, Span(*found.span()))
    return tuple(
        Found(name, first[name], "it stands before a word for a service")
        for name, _ in seen.most_common(MOST)
    )
