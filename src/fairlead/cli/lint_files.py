"""The files that `fairlead lint` reads: found below folders, decoded, refused where they are not text."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Final, NamedTuple

ENDINGS: Final = frozenset({".md", ".markdown", ".mdown", ".mdx", ".txt", ".text", ".rst", ".adoc"})
_LEFT_OUT: Final = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
STDIN: Final = "<stdin>"
LARGEST: Final = 16 << 20
_LOOKED_AT: Final = 8192
_OPEN_ALREADY: Final = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")  # what a shell hands over as a file


class UnreadableError(Exception):
    """A file that cannot be read; the text says why, without its content."""


class Source(NamedTuple):
    """One text to read: the path as it is shown, and its words. `mark` is the byte order mark it began with."""

    path: str
    text: str
    mark: bytes = b""


def paths_below(
    given: Sequence[str], exclude: Sequence[str], unread: list[tuple[str, UnreadableError]]
) -> Iterator[str]:
    """Yield the files given, and those below the folders given, in order. Links below a folder are not followed.

    Folders that cannot be looked into are added to `unread`.
    """
    for path in given:
        if path != "-" and os.path.isdir(path):  # noqa: PTH112 - hundreds of files are asked, and a Path costs more
            yield from _walk(path, exclude, unread)
        elif not _is_excluded(path, exclude):
            yield path


def _walk(folder: str, exclude: Sequence[str], unread: list[tuple[str, UnreadableError]]) -> Iterator[str]:
    def cannot_be_entered(error: OSError) -> None:
        unread.append((str(error.filename), _unreadable(error)))

    for here, folders, names in os.walk(folder, onerror=cannot_be_entered):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _LEFT_OUT)
        for name in sorted(names):
            path = Path(here, name)
            if (
                path.suffix.lower() in ENDINGS
                and not path.is_symlink()
                and not _is_excluded(str(path), exclude)
            ):
                yield str(path)


def _is_excluded(path: str, exclude: Sequence[str]) -> bool:
    return any(fnmatch(path, pattern) or fnmatch(path, f"*/{pattern}") for pattern in exclude)


def read(path: str) -> Source:
    """Return the text of a file, or of standard input for "-". Raises UnreadableError."""
    if path == "-":
        return decoded(STDIN, sys.stdin.buffer.read(LARGEST + 1))
    try:
        if not stat.S_ISREG(os.stat(path).st_mode) and not path.startswith(_OPEN_ALREADY):  # noqa: PTH116 - likewise
            raise UnreadableError("it is no file with a text. What comes through a pipe is read from -")
        with open(path, "rb") as file:  # noqa: PTH123 - likewise
            return decoded(path, file.read(LARGEST + 1))
    except OSError as error:
        raise _unreadable(error) from None


def _unreadable(error: OSError) -> UnreadableError:
    if isinstance(error, FileNotFoundError):
        return UnreadableError("there is no such file, or it went away while we looked")
    if isinstance(error, PermissionError):
        return UnreadableError("you are not allowed to read it")
    return UnreadableError(error.strerror or "it cannot be read")


def decoded(path: str, content: bytes) -> Source:
    """Return content as text. What is no UTF-8 is read as a replacement character. Raises UnreadableError."""
    if len(content) > LARGEST:
        raise UnreadableError(f"it is larger than {LARGEST >> 20} MB, which no review is")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Source(path, content.decode("utf-16", "replace"), content[:2])
    if b"\0" in content[:_LOOKED_AT]:
        raise UnreadableError("it is not text")
    if content.startswith(b"\xef\xbb\xbf"):
        return Source(path, content[3:].decode("utf-8", "replace"), content[:3])
    return Source(path, content.decode("utf-8", "replace"))
