"""What git knows: which lines changed, who owns files, who wrote here."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from fairlead.core.deidentify.roster import Person
from fairlead.core.language.rosterfile import read_authors, read_codeowners

_GIT: Final = shutil.which("git") or "git"
_HUNK: Final = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_PLACES: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
Changed = dict[str, set[int]]


class GitError(Exception):
    """Git could not answer; the text is what it said."""


def git(*arguments: str) -> str:
    """Return what a git command prints. Raises GitError."""
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are ours, and no shell reads them
            [_GIT, *arguments],
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise GitError(error.strerror or "git cannot be started") from None
    if done.returncode:
        raise GitError(done.stderr.decode("utf-8", "replace").strip().partition("\n")[0])
    return done.stdout.decode("utf-8", "replace")


def changed_lines(diff: str) -> Changed:
    """Return the numbers of the lines that a unified diff adds or changes, by path in the new version."""
    changed: Changed = {}
    lines: set[int] = set()
    at = left = 0
    for line in diff.splitlines():
        hunk = _HUNK.match(line)
        if hunk:
            at, left = int(hunk[1]), int(hunk[2] or 1)
        elif left and line.startswith("+"):
            lines.add(at)
            at, left = at + 1, left - 1
        elif left and not line.startswith(("-", "\\")):
            at, left = at + 1, left - 1
        elif not left and line.startswith("+++ "):
            path = line[4:].partition("\t")[0].strip('"')
            lines = set() if path == "/dev/null" else changed.setdefault(path.removeprefix("b/"), set())
    return changed


def changed_here() -> Changed:
    """Return the lines changed in the working tree since the last commit, with paths from here. Raises GitError."""
    return changed_lines(git("diff", "--unified=0", "--no-color", "--no-ext-diff", "--relative", "HEAD"))


def codeowners() -> tuple[Person, ...]:
    """Return the people of the repository's CODEOWNERS file, if it has one. Raises GitError."""
    top = Path(git("rev-parse", "--show-toplevel").strip())
    found = next((top / place for place in _PLACES if (top / place).is_file()), None)
    return () if found is None else read_codeowners(found.read_text("utf-8", "replace"))


def authors() -> tuple[Person, ...]:
    """Return everybody who wrote in this repository. Raises GitError."""
    return read_authors(git("log", "--format=%an%x09%ae"))
