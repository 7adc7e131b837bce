"""The rules as the engine uses them, read from the index that `make rules` writes."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from fairlead.core.language.finding import AUDIENCES, Audience, Level

INDEX: Final = "index.json"


class Rule(NamedTuple):
    """One rule: when it applies, and what it says. The patterns are numbered apart, in `Rules`."""

    id: str
    name: str
    category: str
    level: Level
    levels: dict[str, Level]
    audience: tuple[Audience, ...]
    subject: frozenset[str]
    not_subject: frozenset[str]
    soft: frozenset[str]
    softer: str
    not_when: str
    plain: bool
    plain_negation: bool
    finder: str
    cased: bool
    once: bool
    fixes: dict[str, str]
    message: str
    why: str
    rewrites: tuple[str, ...]
    unless: str


class RulePattern(NamedTuple):
    """A pattern, the sets of words it needs, and the subjects it asks for where they differ from its rule's."""

    rule: Rule
    pattern: str
    needed: tuple[tuple[str, ...], ...]
    subject: frozenset[str]


class Rules(NamedTuple):
    """All rules and all their patterns in one order."""

    rules: tuple[Rule, ...]
    patterns: tuple[RulePattern, ...]


@cache
def packaged() -> Rules:
    """Return the packaged rules."""
    text = Path(__file__).with_name("rules").joinpath(INDEX).read_text("utf-8")
    return from_index(json.loads(text))


def from_index(index: list[dict[str, Any]]) -> Rules:
    """Return the rules of an index as `building.build_index` makes it."""
    rules: list[Rule] = []
    patterns: list[RulePattern] = []
    for entry in index:
        rule = _rule(entry)
        rules.append(rule)
        for pattern, needed, subject in entry["patterns"]:
            sets = tuple(tuple[str, ...](some) for some in needed)
            patterns.append(RulePattern(rule, pattern, sets, frozenset(subject) or rule.subject))
    return Rules(tuple(rules), tuple(patterns))


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        id=entry["id"],
        name=entry["name"],
        category=entry["category"],
        level=entry["level"],
        levels=entry.get("levels", {}),
        audience=tuple(entry.get("audience", AUDIENCES)),
        subject=frozenset(entry.get("subject", ())),
        not_subject=frozenset(entry.get("not_subject", ())),
        soft=frozenset(entry.get("soft", ())),
        softer=entry.get("softer", ""),
        not_when=entry.get("not_when", ""),
        plain=entry.get("plain", False),
        plain_negation=entry.get("plain_negation", False),
        finder=entry.get("finder", ""),
        cased=entry.get("cased", False),
        once=entry.get("once", False),
        fixes=entry.get("fixes", {}),
        message=entry["message"],
        why=entry["why"],
        rewrites=tuple(entry["rewrites"]),
        unless=entry.get("unless", ""),
    )
