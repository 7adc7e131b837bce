"""Numbers that lead to somebody: a telephone, and the number an employer gives."""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.spot import Spot

_CALLED: Final = (
    r"(?:tel|telephone|phone|mobile|cell|handy|pager|fax|whatsapp|(?:call|called|dial|dialled|dialed|ring|rang|reachable)"
    r"(?: (?:me|us|them|back|him|her))?(?: on| at| under)?)"
)
# "+44 7700 900142", "(555) 010-0199", "555-010-0199", "020 7946 0123", and any number that is called a telephone's.
_PHONE: Final = re.compile(
    r"(?<![\w.:/#+-])(?P<plain>\+[1-9]\d{0,2}[ ./-]?\(?\d{1,5}\)?(?:[ ./-]?\d{2,5}){1,4}"
    r"|\(\d{3,5}\) ?\d{3,4}[ .-]?\d{3,6}|\d{3}-\d{3}-\d{4}|0[1-9]\d{1,4}[ /-]\d{3,4}[ -]\d{3,5})(?![\w:/-]|\.\d)"
    rf"|\b{_CALLED}\b[ \t]?[.:]{{0,2}}[ \t]?(?P<called>\+?\(?\d[\d ()/-]{{4,18}}\d)(?![\w:/%-]|\.\d)"
    r"|(?P<inside>\bext(?:ension)?\b[ \t]?[.:]?[ \t]?\d{3,6})(?![\w:/%-]|\.\d)",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
_SHORTEST_WITH_PLUS: Final = 9
_SHORTEST: Final = 6
# Lines that anybody may call and that nobody owns: free of charge, or a desk's.
_FREE: Final = re.compile(r"(?:\+?1[ .-]?)?\(?8(?:00|33|44|55|66|77|88)\b|0800|00800|\+?800\b")
_OF_A_DESK: Final = re.compile(
    r"(?:hotline|help ?desk|desk|switchboard|reception|support|emergency|noc|call cent(?:re|er)|conference"
    r"|bridge|dial-in|vendor)\b[^\n]{0,20}\Z",
    re.IGNORECASE,
)
_BACK: Final = 50
_UNITS_AFTER: Final = re.compile(
    r" ?(?:ms|s|sec|seconds|min|minutes|hours|times|requests|users|customers|errors|[KMG]i?B)\b"
)
_EMPLOYEE: Final = re.compile(
    r"\b(?:(?:employee|personnel|staff|payroll|badge|worker|associate|service)[ -]?(?:number|num|no\.?|nr\.?|id|#)"
    r"|employee|badge|emp[ -]?id|empno|personalnummer|matricule)[ \t]?[:#=]?[ \t]?"
    r"(?P<who>#?(?:[A-Z]{1,3}-?)?\d{3,10})(?![\w:/%-]|\.\d)",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[Spot]:
    """Yield telephone numbers of people, and the numbers of employees."""
    for found in _PHONE.finditer(text):
        group = found.lastgroup or ""
        if _is_somebodys(text, found, found[group]):
            yield Spot(found.start(group), found.end(group), "phone")
    yield from (Spot(m.start("who"), m.end("who"), "employee number") for m in _EMPLOYEE.finditer(text))


def _is_somebodys(text: str, found: re.Match[str], number: str) -> bool:
    """Tell whether a number is long enough, and is neither free to call nor a desk's."""
    shortest = _SHORTEST_WITH_PLUS if number.startswith("+") else 0 if found["inside"] else _SHORTEST
    before = text[max(0, found.start() - _BACK) : found.start()]
    return (
        len(_DIGIT.findall(number)) >= shortest
        and _FREE.match(number) is None
        and _OF_A_DESK.search(before) is None
        and _UNITS_AFTER.match(text, found.end()) is None
    )
