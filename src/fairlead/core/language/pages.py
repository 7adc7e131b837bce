"""A rule told to people: What, Why, Example, Instead, and sentences it marks and leaves alone."""

from collections.abc import Mapping, Sequence
from typing import Any


def page(rule: Mapping[str, Any]) -> str:
    """Return the page of one rule in Markdown."""
    audience = " and ".join(rule.get("audience", ("commons", "private")))
    lines = [
        f"# {rule['id']} {rule['name']}",
        "",
        f"Category: {rule['category']}. Level: {rule['level']}. Audience: {audience}.",
        "",
        f"**{rule['message']}**",
        "",
    ]
    for title, key in (("What", "what"), ("Why", "why"), ("Example", "example"), ("Instead", "instead")):
        lines += [f"## {title}", "", rule[key], ""]
    for title, key in (("It marks", "matches"), ("It leaves alone", "passes")):
        if rule[key]:
            lines += [f"## {title}", "", *(f"- {sentence}" for sentence in rule[key]), ""]
    return "\n".join(lines)


def overview(rules: Sequence[Mapping[str, Any]]) -> str:
    """Return the list of all rules in Markdown."""
    lines = [
        "# The rules of the coach",
        "",
        "Made from `src/fairlead/core/language/rules/*.toml` by `make rules`. `fairlead rule FL201` prints one.",
        "",
        "| rule | category | level | what it marks |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| [{rule['id']}]({rule['id']}.md) {rule['name']} | {rule['category']} | {rule['level']} | {rule['what']} |"
        for rule in rules
    ]
    return "\n".join([*lines, ""])
