"""Reading checked values out of TOML tables: dataclasses name the keys and their types, everything else is refused.

In every text a single line break counts as a space and a blank line separates paragraphs, so that a file can be
wrapped as its editors like.
"""

import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")

_PARAGRAPH = re.compile(r"\n\s*\n")
_KIND_WORDS: dict[object, str] = {str: "a text in quotes", int: "a whole number", bool: "true or false"}


class ShapeError(ValueError):
    """A table that does not fit: `path` is the entry (`walk.questions[3].text`), the message says what to do."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def read_table(kind: type[Kind], table: object, path: str = "") -> Kind:
    """Return the dataclass `kind` made of a parsed TOML table; its tuples are lists there, and never empty.

    Raises ShapeError for an unknown or missing key, a wrong type or an empty list.
    """
    return cast("Kind", _table(kind, table, path))


def _table(kind: type[object], node: object, path: str) -> object:
    if not isinstance(node, dict):
        raise ShapeError(path, "this has to be a table of keys and values.")
    table = cast("dict[str, object]", node)
    prefix = f"{path}." if path else ""
    shape, needed = _shape(kind)
    if unknown := next((key for key in table if key not in shape), None):
        known = ", ".join(shape)
        raise ShapeError(prefix + unknown, f"this key is not known here. Remove it, or use one of: {known}.")
    if missing := next((key for key in needed if key not in table), None):
        raise ShapeError(prefix + missing, "this key is missing. Add it here.")
    values = {key: _value(shape[key], item, prefix + key) for key, item in table.items()}
    return cast("Callable[..., object]", kind)(**values)


def _value(hint: object, node: object, path: str) -> object:
    if hint is str and type(node) is str:
        return _folded(node) if "\n" in node else node
    if hint in _KIND_WORDS:
        if type(node) is not hint:  # `type`, because True would pass as a whole number
            raise ShapeError(path, f"this has to be {_KIND_WORDS[hint]}.")
        return node
    if get_origin(hint) is tuple:
        if not isinstance(node, list):
            raise ShapeError(path, "this has to be a list in square brackets.")
        if not node:
            raise ShapeError(path, "this list is empty. Give it at least one entry.")
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
    declared = fields(cast("Any", kind))
    return (
        {field.name: hints[field.name] for field in declared},
        tuple(field.name for field in declared if field.default is MISSING),
    )
