"""Reading a large JSON document piece by piece: members of one object, or items of one list.

A full table printed by FRR takes half a gigabyte. Only one member of it is in memory at a time.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from fairlead.core.routing.values import SnapshotError

_LARGEST_MEMBER: Final = 16 * 1024 * 1024
_GAP = re.compile(r"[ \t\r\n]*")
_decode = json.JSONDecoder().raw_decode


class _Window:
    """The part of the document that is in memory, and where reading has come to."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self._chunks = iter(chunks)
        self.text = ""
        self.at = 0

    def grow(self) -> bool:
        """Forget what has been read and append the next chunk; False at the end of the document."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        if len(self.text) - self.at > _LARGEST_MEMBER:
            raise SnapshotError("one entry is larger than 16 MB.")
        self.text = self.text[self.at :] + chunk
        self.at = 0
        return True

    def peek(self) -> str:
        """Return the next character that is not a gap, and stand on it; empty at the end of the document."""
        while True:
            match = _GAP.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.grow():
                return ""

    def value(self) -> object:
        """Read one string, list or object."""
        while True:
            try:
                value, self.at = _decode(self.text, self.at)
            except RecursionError:
                raise SnapshotError("it is nested too deeply to be a routing table.") from None
            except ValueError as error:
                if not self.grow():
                    raise _broken(error) from None
            else:
                return value


def _broken(error: ValueError) -> SnapshotError:
    said = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return SnapshotError(f"it is broken JSON, or was cut off ({said}).")


def members(chunks: Iterable[str]) -> Iterator[tuple[str, object]]:
    """Yield the members of the object, or the items of the list under an empty name. Raises SnapshotError."""
    window = _Window(chunks)
    opened = window.peek()
    if opened not in {"{", "["}:
        raise SnapshotError("it is empty." if not opened else "it is neither a JSON object nor a list.")
    closing = "}" if opened == "{" else "]"
    window.at += 1
    if window.peek() != closing:
        while True:
            yield _member(window, opened == "{")
            separator = window.peek()
            if separator == closing:
                break
            if separator != ",":
                raise SnapshotError("it is broken JSON, or was cut off (a comma is missing).")
            window.at += 1
    window.at += 1
    if window.peek():
        raise SnapshotError("something follows after its end.")


def is_list(first: str) -> bool:
    """Say whether a document that begins like this is a list."""
    return first.lstrip(" \t\r\n").startswith("[")


def _member(window: _Window, is_named: bool) -> tuple[str, object]:  # noqa: FBT001 - private, and read at one place
    name = ""
    if is_named:
        if window.peek() != '"':
            raise SnapshotError("it is broken JSON, or was cut off (a name is missing).")
        name = str(window.value())
        if window.peek() != ":":
            raise SnapshotError("it is broken JSON, or was cut off (a colon is missing).")
        window.at += 1
    if window.peek() not in {"{", "["}:
        raise SnapshotError(
            f"{f'“{name}”' if is_named else 'an entry'} is not a list or an object, or was cut off."
        )
    return name, window.value()
