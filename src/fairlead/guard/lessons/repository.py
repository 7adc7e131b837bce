"""Changes out of a git repository: what is staged, a range, the latest ones. Everything is streamed and bounded."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO, cast

from fairlead.core.lessons.change import Change
from fairlead.core.lessons.diff import LONGEST_LINE, read_diff

_CONTEXT: Final = 12  # lines around a change, so that the block it stands in is seen
_DIFF: Final = ("--no-color", "--no-ext-diff", "--find-renames", f"--unified={_CONTEXT}")
_PIECE: Final = 1 << 16
_MARK: Final = "\x01commit "


class RepositoryError(Exception):
    """git is not there, or did not do what it was asked; the message says what it said."""


def staged(folder: Path) -> Change:
    """Return what is staged in the repository of `folder`. Raises RepositoryError."""
    return read_diff(_lines(folder, ("diff", "--cached", *_DIFF)))


def of_range(folder: Path, revisions: str) -> Change:
    """Return what changed in a range such as "main...HEAD". Raises RepositoryError."""
    if revisions.startswith("-"):
        raise RepositoryError(f"“{revisions[:60]}” is no range of revisions. Write it like main...HEAD.")
    return read_diff(_lines(folder, ("diff", *_DIFF, revisions, "--")))


def latest(folder: Path, *, most: int) -> Iterator[Change]:
    """Yield the latest changes without merges, newest first, at most `most`. Raises RepositoryError."""
    command = ("log", "--no-merges", f"--max-count={most}", f"--format={_MARK}%h", "--patch", *_DIFF)
    lines: list[str] = []
    for line in _lines(folder, command):
        if line.startswith(_MARK):
            if lines:
                yield read_diff(lines)
            lines = []
        else:
            lines.append(line)
    if lines:
        yield read_diff(lines)


def whole_lines(text: TextIO) -> Iterator[str]:
    """Yield the lines of a text, each cut where it is longer than anybody reads, so that none fills the memory."""
    while line := text.readline(LONGEST_LINE + 1):
        ends = line.endswith("\n")
        yield line
        while not ends and (rest := text.readline(_PIECE)):
            ends = rest.endswith("\n")


def _lines(folder: Path, command: Sequence[str]) -> Iterator[str]:
    import subprocess  # noqa: PLC0415 - a diff that is given needs no git, and starting has to be quick

    try:
        process = subprocess.Popen(  # noqa: S603 - git, with arguments of our own and a range that is no flag
            ["git", "-C", str(folder), "-c", "core.quotePath=true", *command],  # noqa: S607 - found on the user's path
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError:
        raise RepositoryError(
            "git is not installed here. Give the diff itself: fairlead lessons check -"
        ) from None
    with process:
        stdout, stderr = process.stdout, process.stderr
        if stdout is None or stderr is None:  # pragma: no cover - both were asked for
            raise RepositoryError("git gave nothing to read.")
        finished = False
        try:
            yield from whole_lines(cast("TextIO", stdout))
            finished = True
        finally:
            if not finished:  # the reader has enough
                process.kill()
        said = stderr.read().strip()
    if process.returncode:
        raise RepositoryError(f"git said: {said.splitlines()[0] if said else 'nothing'}")
