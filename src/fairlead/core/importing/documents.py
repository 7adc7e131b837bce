"""JSON one record at a time, so that what stands before a break is kept, and typed looks into what was read."""

import json
import re
from collections.abc import Generator, Iterator, Sequence
from typing import Final, cast

_SPACE: Final = re.compile(r"[\s\x1e]*")
_COMMA: Final = re.compile(r"\s*,\s*")
_DECODER: Final = json.JSONDecoder()
EMPTY: Final = "It is empty."

Record = dict[str, object]


class BrokenError(ValueError):
    """The text stops being JSON here; the message says where, and the records before it were given."""


def documents(text: str, *, lists: Sequence[str] = ()) -> Iterator[object]:
    """Yield every JSON value of a text: one document, one a line, or the items of one list.

    Only one record is held at a time. Raises BrokenError where the text is cut or broken. Of a broken
    object whose list stands under one of the keys `lists`, the whole items are yielded first, each as an
    object of its own: {key: [item]}.
    """
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        at = yield from _items(text, at + 1)
        at = _skip(text, at)
    while at < len(text):
        try:
            value, end = _value(text, at)
        except BrokenError:
            yield from _whole_items(text, at, lists)
            raise
        yield value
        at = _skip(text, end)


def _whole_items(text: str, at: int, lists: Sequence[str]) -> Iterator[object]:
    names = "|".join(re.escape(name) for name in lists)
    opened = re.compile(rf'"({names})"\s*:\s*\[').search(text, at) if names else None
    if opened is not None:
        try:
            for item in _items(text, opened.end()):
                yield {opened[1]: [item]}
        except BrokenError:
            return  # the caller says where the whole of it broke


def _items(text: str, at: int) -> Generator[object, None, int]:
    """Yield the items of a list whose bracket stands before `at`; return where the list ends."""
    at = _skip(text, at)
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        value, at = _value(text, at)
        yield value
        comma = _COMMA.match(text, at)
        if comma is None:
            break
        at = comma.end()
    at = _skip(text, at)
    if text[at : at + 1] != "]":
        raise BrokenError(_where(text, at))
    return at + 1


def _value(text: str, at: int) -> tuple[object, int]:
    try:
        return cast("tuple[object, int]", _DECODER.raw_decode(text, at))
    except (ValueError, RecursionError) as error:
        # A string that is not closed is reported where it begins, and is open to the end of the text.
        is_open = str(error).startswith("Unterminated string")
        raise BrokenError(_where(text, len(text) if is_open else getattr(error, "pos", at))) from None


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def _where(text: str, at: int) -> str:
    if at >= len(text.rstrip()):
        return "It ends in the middle. Perhaps the export was cut; what stands before was read."
    return f"Line {text.count(chr(10), 0, at) + 1} is not JSON, and nothing after it was read."


def record_of(value: object) -> Record:
    """Return a JSON object, or an empty one for anything else."""
    return cast("Record", value) if isinstance(value, dict) else {}


def inside(record: Record, *keys: str) -> Record:
    """Return the object found by following the keys, or an empty one."""
    for key in keys:
        record = record_of(record.get(key))
    return record


def many(record: Record, key: str) -> list[Record]:
    """Return the objects of the list under this key, leaving out anything else."""
    value = record.get(key)
    if not isinstance(value, list):
        return []
    return [cast("Record", item) for item in cast("list[object]", value) if isinstance(item, dict)]


def size(record: Record, key: str) -> int | None:
    """Return how long the list under this key is, or None when there is no list."""
    value = record.get(key)
    return len(cast("list[object]", value)) if isinstance(value, list) else None


def words(record: Record, *keys: str) -> str:
    """Return the first of these that is text with something in it, or a whole number as text, else ""."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""
