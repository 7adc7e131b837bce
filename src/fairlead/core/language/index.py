"""The rules as the engine uses them, read from the index that `make rules` writes."""

import json
import os
from functools import cache
from typing import Any, Final, NamedTuple

from fairlead.core.language.finding import AUDIENCES, Audience, Level
from fairlead.core.language.gate import Gate, GateIndex

INDEX: Final = "index.json"
GATE: Final = "gate.json"


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
    """A pattern, and the subjects it asks for where they differ from its rule's."""

    rule: Rule
    pattern: str
    subject: frozenset[str]


class Rules(NamedTuple):
    """All rules, all their patterns in one order, and the gate before the patterns."""

    rules: tuple[Rule, ...]
    patterns: tuple[RulePattern, ...]
    gate: Gate


@cache
def packaged() -> Rules:
    """Return the packaged rules."""
    return from_index(_packaged(INDEX), _packaged(GATE))


def _packaged(name: str) -> Any:
    with open(os.path.join(os.path.dirname(__file__), "rules", name), encoding="utf-8") as file:  # noqa: PTH118, PTH120, PTH123 - before a Path is made, half of a small file is linted
        return json.load(file)


def from_index(index: list[dict[str, Any]], gate: GateIndex) -> Rules:
    """Return the rules of an index and a gate as `building` makes them."""
    rules = tuple(map(_rule, index))
    patterns = tuple(
        RulePattern(rule, pattern, frozenset(subject) or rule.subject)
        for rule, entry in zip(rules, index, strict=True)
        for pattern, subject in entry["patterns"]
    )
    return Rules(rules, patterns, Gate(gate))


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
