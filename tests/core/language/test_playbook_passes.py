"""What our own playbook gives people to say passes the coach: fair is not soft."""

import tomllib
from importlib.resources import files

import pytest

from fairlead.core.language import lint

FIRM = (
    "Thank you for coming. Today was hard. How are you?",
    "I can see that. Let us go through it together.",
    "It was serious, and I am not going to pretend otherwise.",
    "A mistake is not who you are. I still trust your ability.",
    "Besides more care, what would have prevented this?",
    "You followed the process. It was a gap in our testing, not in your work.",
    "Help me understand why that step was skipped, and what the pressure was.",
    "I need the full process even when time is short, and I move the date.",
    "This is the third time. What stops the agreed change?",
    "The rule exists for exactly this. Help me understand.",
    "Come to me before you skip a step. Help us build the better test.",
    "We make people choose between right and fast, and that makes incidents.",
    "This is the same kind of mistake, after support. It cannot go on. Next time HR joins the talk.",
    "I consider it closed. You have my full confidence.",
)


def said(node):
    if isinstance(node, dict):
        if "id" in node and isinstance(node.get("text"), str):
            yield node["text"]
        for value in node.values():
            yield from said(value)
    elif isinstance(node, list):
        for value in node:
            yield from said(value)


def playbook_lines():
    folder = files("fairlead.core.playbook.default")
    for entry in folder.iterdir():
        if entry.name.endswith(".toml"):
            yield from said(tomllib.loads(entry.read_text("utf-8")))


LINES = sorted(set(playbook_lines()))


def test_the_playbook_has_lines_to_say():
    assert len(LINES) > 100


@pytest.mark.parametrize("line", [*FIRM, *LINES])
def test_a_line_that_is_meant_to_be_said_is_clean(line):
    assert [(found.rule, line[found.start : found.end]) for found in lint(line, audience="private")] == []
