"""Walking through a playbook, for checks and look-ups that concern every text or every line of it."""

from dataclasses import fields
from functools import cache
from typing import Any, cast

from fairlead.core.playbook.schema import Line, Playbook

Entry = tuple[str, object]


def entries(playbook: Playbook) -> tuple[Entry, ...]:
    """Everything inside a playbook, depth first, each with its path (`movements[2].opening[0].text`).

    Paths are written as a reader of the TOML file would count: lists from 0.
    """
    found: list[Entry] = []
    _collect(playbook, "", found)
    return tuple(found)


def all_lines(playbook: Playbook) -> dict[str, Line]:
    """Every sayable line of the playbook by its id, in the order of the file."""
    return {entry.id: entry for _, entry in entries(playbook) if isinstance(entry, Line)}


def _collect(value: object, path: str, found: list[Entry]) -> None:
    # A list that is appended to rather than nested generators: reading a playbook is on the way to the
    # first question of `fairlead now`, and this is three times as fast.
    found.append((path, value))
    if isinstance(value, tuple):
        for index, item in enumerate(cast("tuple[object, ...]", value)):
            _collect(item, f"{path}[{index}]", found)
    elif not isinstance(value, (str, int)):
        for name in _names(type(value)):
            _collect(getattr(value, name), f"{path}.{name}" if path else name, found)


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
