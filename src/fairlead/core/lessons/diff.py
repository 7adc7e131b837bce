"""Reading a unified diff into a change: of git, of `diff -u`, or bare lines that begin with + and -.

Large diffs are cut, never read on end; binary files are named and not looked into.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from fairlead.core.lessons.blocks import Blocks
from fairlead.core.lessons.change import Change, FileChange, Line

MOST_CHARACTERS: Final = 4_000_000  # of changed lines and what stands around them
LONGEST_LINE: Final = 2_000
MOST_FILES: Final = 20_000

_HUNK: Final = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)")
_GIT: Final = re.compile(r'diff --git (?:"?a/(.+?)"?) (?:"?b/(.+?)"?)$')
_OCTAL: Final = re.compile(r"\\([0-7]{3})")
_NOWHERE: Final = "/dev/null"


@dataclass
class _File:
    path: str = ""
    old_path: str = ""
    added: list[Line] = field(default_factory=list[Line])
    removed: list[Line] = field(default_factory=list[Line])
    headings: list[str] = field(default_factory=list[str])
    is_binary: bool = False

    def done(self) -> FileChange:
        renamed = self.old_path if self.old_path not in {"", self.path} else ""
        return FileChange(
            self.path or self.old_path,
            renamed if self.path else "",
            tuple(self.added),
            tuple(self.removed),
            tuple(dict.fromkeys(self.headings)),
            self.is_binary,
        )


def read_diff(
    lines: Iterable[str], *, words: str = "", services: tuple[str, ...] = (), roles: tuple[str, ...] = ()
) -> Change:
    """Return the change that a diff describes. Lines may end with a line break; nothing in them is an error.

    What is no diff gives a change without files. `words`, `services` and `roles` are what else is known of it.
    """
    reader = _Reader()
    for line in lines:
        if not reader.take(line.rstrip("\r\n")[:LONGEST_LINE]):
            break
    return Change(tuple(one.done() for one in reader.files), words, services, roles, reader.is_cut)


class _Reader:
    def __init__(self) -> None:
        self.files: list[_File] = []
        self.is_cut = False
        self._left = MOST_CHARACTERS
        self._old = self._new = 0  # lines of the present part that are still to come
        self._at_old = self._at_new = 0
        self._blocks_old, self._blocks_new = Blocks(), Blocks()
        self._is_bare = True  # until a header was seen

    def take(self, line: str) -> bool:
        """Read one line; return whether to go on."""
        self._left -= len(line) + 1
        if self._left < 0 or len(self.files) > MOST_FILES:
            self.is_cut = True
            return False
        if self._old > 0 or self._new > 0:
            self._inside(line)
        else:
            self._between(line)
        return True

    def _file(self) -> _File:
        if not self.files:
            self.files.append(_File())
        return self.files[-1]

    def _between(self, line: str) -> None:
        """Read a line outside of the parts of a diff: whose they are, and where the next one begins."""
        if found := _GIT.match(line):
            self._is_bare = False
            self.files.append(_File(_unquoted(found[2]), _unquoted(found[1])))
        elif line.startswith("--- ") and not self._is_rule(line):
            self._is_bare = False
            self._begin_old(_path(line[4:]))
        elif line.startswith("+++ "):
            self._is_bare = False
            path = _path(line[4:])
            self._file().path = "" if path == _NOWHERE else path
        elif line.startswith(("rename from ", "copy from ")):
            self._file().old_path = _unquoted(line.partition(" from ")[2])
        elif line.startswith(("rename to ", "copy to ")):
            self._file().path = _unquoted(line.partition(" to ")[2])
        elif line.startswith("Binary files ") or line == "GIT binary patch":
            self._file().is_binary = True
        elif found := _HUNK.match(line):
            self._is_bare = False
            self._begin_part(found)
        elif self._is_bare and line[:1] in {"+", "-"} and not self._is_rule(line):
            self._bare(line)
        elif self._is_bare:
            self._blocks_old.enter(line)
            self._blocks_new.enter(line)

    @staticmethod
    def _is_rule(line: str) -> bool:
        """Tell a line of dashes from the name of a file."""
        return not line.strip("- ")

    def _begin_old(self, path: str) -> None:
        # git has named the file already; `diff -u` names it here.
        if not self.files or self.files[-1].added or self.files[-1].removed or not self.files[-1].path:
            self.files.append(_File())
        if path != _NOWHERE:
            self.files[-1].old_path = path

    def _begin_part(self, found: re.Match[str]) -> None:
        self._old, self._new = int(found[2] or 1), int(found[4] or 1)
        self._at_old, self._at_new = int(found[1]), int(found[3])
        self._blocks_old, self._blocks_new = Blocks(found[5]), Blocks(found[5])
        if found[5].strip():
            self._file().headings.append(found[5].strip())

    def _inside(self, line: str) -> None:
        mark, text = line[:1], line[1:]
        if mark == "+":
            self._file().added.append(Line(self._at_new, text, self._blocks_new.enter(text)))
            self._at_new, self._new = self._at_new + 1, self._new - 1
        elif mark == "-":
            self._file().removed.append(Line(self._at_old, text, self._blocks_old.enter(text)))
            self._at_old, self._old = self._at_old + 1, self._old - 1
        elif mark != "\\":  # "\ No newline at end of file" is no line
            self._blocks_old.enter(text)
            self._blocks_new.enter(text)
            self._at_old, self._old = self._at_old + 1, self._old - 1
            self._at_new, self._new = self._at_new + 1, self._new - 1

    def _bare(self, line: str) -> None:
        """Read a line of what a router or a ticket shows as a difference, without any numbers."""
        text = line[1:]
        if line[0] == "+":
            self._at_new += 1
            self._file().added.append(Line(self._at_new, text, self._blocks_new.enter(text)))
        else:
            self._at_old += 1
            self._file().removed.append(Line(self._at_old, text, self._blocks_old.enter(text)))


def _path(written: str) -> str:
    name = _unquoted(written.partition("\t")[0].strip())
    return name[2:] if name[:2] in {"a/", "b/"} else name


def _unquoted(written: str) -> str:
    """Return a path that git has quoted, with its bytes in octal, in its own letters."""
    name = written.strip().strip('"')
    if "\\" not in name:
        return name
    raw = _OCTAL.sub(lambda found: chr(int(found[1], 8)), name)
    try:
        return raw.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return raw
