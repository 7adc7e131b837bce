"""A rule put off inside a text, with a reason: `<!-- fairlead off FL203: a customer's own words -->`."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_OFF: Final = re.compile(
    r"<!--[ \t]*fairlead[ \t]+off[ \t]+(?P<ids>FL\d[\d, FL]*)(?P<reason>:[^\n>]*?)?[ \t]*-->"
)
_ID: Final = re.compile(r"FL\d{1,3}")


class Ignore(NamedTuple):
    """From where to where which rules are put off. Without a reason it puts off nothing."""

    start: int
    end: int
    ids: tuple[str, ...]
    reason: str


def ignores(text: str) -> tuple[Ignore, ...]:
    """Return the marks of a text. A mark holds for its own line and the paragraph that begins after it."""
    if "fairlead" not in text:
        return ()
    found: list[Ignore] = []
    for mark in _OFF.finditer(text):
        begin = text.rfind("\n", 0, mark.start()) + 1
        paragraph = re.compile(r"\n[ \t\r]*\n").search(text, min(len(text), mark.end() + 2))
        end = paragraph.start() if paragraph else len(text)
        reason = (mark["reason"] or "").lstrip(":").strip()
        found.append(Ignore(begin, end, tuple(_ID.findall(mark["ids"])), reason))
    return tuple(found)


def is_ignored(marks: Sequence[Ignore], start: int, rule: str) -> bool:
    """Tell whether a finding of `rule` at `start` was put off with a reason."""
    return any(mark.reason and mark.start <= start < mark.end and rule.startswith(mark.ids) for mark in marks)
