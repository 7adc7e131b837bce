"""Every setting and every command is documented, and nothing is documented that is not there."""

import argparse
import importlib.util
import re
from pathlib import Path

import pytest

from fairlead.cli import COMMANDS, build_parser
from fairlead.site.settings import KNOWN_SETTINGS

DOCS = Path(__file__).parents[2] / "docs"


def test_every_setting_has_a_row_and_every_row_is_a_setting():
    rows = re.findall(r"^\| `(FAIRLEAD_\w+)` \|", (DOCS / "settings.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(KNOWN_SETTINGS)


def sections() -> dict[str, str]:
    text = (DOCS / "cli.md").read_text("utf-8")
    parts = re.split(r"^## `fairlead ([\w-]+)`$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def flags_of(parser: argparse.ArgumentParser) -> set[str]:
    found = set()
    for action in parser._actions:
        found |= {option for option in action.option_strings if option.startswith("--")}
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                found |= flags_of(below)
    return found - {"--help"}


def test_every_command_has_a_section_and_every_section_is_a_command():
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_flag_stands_in_its_commands_section_and_no_other_does(command):
    if importlib.util.find_spec(COMMANDS[command].module) is None:
        pytest.fail(f"fairlead {command} is offered and not there")
    documented = set(re.findall(r"`(--[\w-]+)`", sections()[command]))
    parsers = next(a for a in build_parser(command)._actions if isinstance(a, argparse._SubParsersAction))
    assert documented == flags_of(parsers.choices[command])
