"""Reading a playbook: TOML in, a checked `Playbook` out.

In every text a single line break counts as a space and a blank line separates paragraphs, so that the
file can be wrapped as its editors like. What is checked beyond the shape is in `guards.py`.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from importlib import resources
from typing import cast, get_args, get_origin, get_type_hints

from fairlead.core.playbook.guards import Problem, first_problem
from fairlead.core.playbook.position import nearest_line
from fairlead.core.playbook.schema import Playbook

_PARAGRAPH = re.compile(r"\n\s*\n")
_KIND_WORDS: Mapping[object, str] = {str: "a text in quotes", int: "a whole number", bool: "true or false"}


class PlaybookError(ValueError):
    """A playbook that cannot be used. The message names the place and says what to do.

    `path` is the entry (`walk.questions[3].text`, "" for the file itself), `line` the nearest line of the
    text that was read (from 1) or None.
    """

    def __init__(self, problem: Problem, line: int | None) -> None:
        self.path = problem.path
        self.line = line
        place = problem.path or "The playbook"
        near = "" if line is None else f" (near line {line})"
        super().__init__(f"{place}{near}: {problem.message}")


def read(text: str) -> Playbook:
    """The playbook written in `text` (TOML).

    Raises `PlaybookError` for broken TOML, an unknown or missing key, a wrong type, a duplicate, a
    placeholder that is not allowed, or a guarded part that was dropped.
    """
    try:
        raw = cast("dict[str, object]", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        message = f"this is not readable as TOML: {error}. Check quotes and brackets there."
        raise PlaybookError(Problem("", message), None) from error
    try:
        playbook = cast("Playbook", _table(Playbook, _with_intents_listed(raw), ""))
    except _ShapeError as error:
        raise PlaybookError(error.problem, nearest_line(text, error.problem.path)) from None
    if problem := first_problem(playbook):
        raise PlaybookError(problem, nearest_line(text, problem.path))
    return playbook


@cache
def load_default() -> Playbook:
    """The playbook we ship. Read once for the life of the process."""
    return read(default_text())


def default_text() -> str:
    """The TOML text of the playbook we ship: what an organisation copies and adapts."""
    folder = resources.files("fairlead.core.playbook") / "default"
    parts = sorted(
        (part for part in folder.iterdir() if part.name.endswith(".toml")), key=lambda part: part.name
    )
    return "".join(part.read_text(encoding="utf-8") for part in parts)


class _ShapeError(Exception):
    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(path, message)


def _with_intents_listed(raw: dict[str, object]) -> dict[str, object]:
    """In the file the intents are a table (intent = lines); as values they are a list like all others."""
    intents = raw.get("intents")
    if not isinstance(intents, dict):
        return raw
    listed = [{"key": key, "lines": lines} for key, lines in cast("dict[str, object]", intents).items()]
    return {**raw, "intents": listed}


def _table(kind: type[object], node: object, path: str) -> object:
    if not isinstance(node, dict):
        raise _ShapeError(path, "this has to be a table of keys and values.")
    table = cast("dict[str, object]", node)
    prefix = f"{path}." if path else ""
    shape, needed = _shape(kind)
    if unknown := next((key for key in table if key not in shape), None):
        known = ", ".join(shape)
        raise _ShapeError(prefix + unknown, f"this key is not known here. Remove it, or use one of: {known}.")
    if missing := next((key for key in needed if key not in table), None):
        raise _ShapeError(prefix + missing, "this key is missing. Add it here.")
    values = {key: _value(shape[key], item, prefix + key) for key, item in table.items()}
    return cast("Callable[..., object]", kind)(**values)


def _value(hint: object, node: object, path: str) -> object:
    if hint is str and type(node) is str:
        return _folded(node) if "\n" in node else node
    if hint in _KIND_WORDS:
        if type(node) is not hint:  # `type`, because True would pass as a whole number
            raise _ShapeError(path, f"this has to be {_KIND_WORDS[hint]}.")
        return node
    if get_origin(hint) is tuple:
        if not isinstance(node, list):
            raise _ShapeError(path, "this has to be a list in square brackets.")
        if not node:
            raise _ShapeError(path, "this list is empty. Give it at least one entry.")
        inner = cast("object", get_args(hint)[0])
        items = cast("list[object]", node)
        return tuple(_value(inner, item, f"{path}[{index}]") for index, item in enumerate(items))
    return _table(cast("type[object]", hint), node, path)


def _folded(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in _PARAGRAPH.split(text.strip()))


@cache
def _shape(kind: type[object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """The fields of a class with their types, and those that must be given."""
    hints = cast("dict[str, object]", get_type_hints(kind))
    declared = fields(cast("type[Playbook]", kind))
    return (
        {field.name: hints[field.name] for field in declared},
        tuple(field.name for field in declared if field.default is MISSING),
    )
