"""Which change a command of lessons is about, from its flags."""

import argparse
import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from fairlead.cli.lessons import LineError
from fairlead.core.lessons.change import Change
from fairlead.core.lessons.diff import MOST_CHARACTERS, read_diff
from fairlead.core.lessons.match import matches
from fairlead.core.lessons.rank import shown
from fairlead.core.lessons.words import words_of
from fairlead.guard.lessons.printing import Outcome
from fairlead.guard.lessons.repository import of_range, staged, whole_lines
from fairlead.guard.lessons.snapshot import candidates


def looked_up(snapshot: Path, change: Change) -> Outcome:
    """Return which lessons fire on a change. Raises SnapshotError."""
    asked = candidates(snapshot, words_of(change))
    found = matches(asked.lessons, change)
    return Outcome(shown(found, change), found, asked.about, change.is_cut)


def change_of(args: argparse.Namespace) -> Change:
    """Return the change that the flags name. Raises LineError, RepositoryError and OSError."""
    about = {"services": tuple(args.service), "roles": tuple(args.role)}
    if (args.before is None) != (args.after is None):
        raise LineError("--before and --after go together: a configuration as it is, and as it will be.")
    if args.ticket:
        with _opened(args.ticket) as ticket:
            words = ticket.read(MOST_CHARACTERS)
            return Change(words=words, is_cut=bool(ticket.read(1)), **about)
    if args.before:
        lines, is_cut = _between(args.before, args.after)
        change = read_diff(lines, **about)
        return replace(change, is_cut=is_cut or change.is_cut)
    if args.staged or args.range:
        return replace(staged(Path()) if args.staged else of_range(Path(), args.range), **about)
    if not args.diff:
        raise LineError(
            "Say which change: --staged, --range A...B, a file with a diff, or - for standard input."
        )
    with _opened(args.diff) as lines:
        return read_diff(whole_lines(lines), **about)


def _between(before: Path, after: Path) -> tuple[list[str], bool]:
    """Return the difference of two configurations, and whether they were longer than what is read of them."""
    from difflib import unified_diff  # noqa: PLC0415 - only two configurations need it

    texts, is_cut = [], False
    for path in (before, after):
        with _opened(str(path)) as file:
            texts.append(file.read(MOST_CHARACTERS).splitlines())
            is_cut |= bool(file.read(1))
    old, new = texts
    whole = max(len(old), len(new))  # every line around a change, so that no block is out of sight
    return list(unified_diff(old, new, str(before), str(after), lineterm="", n=whole)), is_cut


def _opened(name: str) -> TextIO:
    if name == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    return Path(name).open(encoding="utf-8", errors="replace")
