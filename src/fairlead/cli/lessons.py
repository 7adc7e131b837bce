"""`fairlead lessons`: what to know before this change goes out. Works offline, from a snapshot of the lessons."""

import argparse
import io
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final, TextIO

from fairlead.cli import exits
from fairlead.core.lessons.change import Change
from fairlead.core.lessons.diff import MOST_CHARACTERS, read_diff
from fairlead.core.lessons.match import TriggerError, matches
from fairlead.core.lessons.rank import shown
from fairlead.core.lessons.words import words_of
from fairlead.guard.lessons.printing import PRINTERS, Outcome
from fairlead.guard.lessons.repository import RepositoryError, latest, of_range, staged
from fairlead.guard.lessons.snapshot import SnapshotError, candidates

SNAPSHOT: Final = Path(".fairlead") / "lessons.sqlite3"
EXAMPLES: Final = """\
examples:
  fairlead lessons check --staged                 what is about to be committed
  fairlead lessons check --range main...HEAD      what a pull request would bring
  git diff | fairlead lessons check -             any diff
  fairlead lessons check --before old.cfg --after new.cfg
  fairlead lessons check --ticket change-4711.txt --service shop
  fairlead lessons prove lesson.toml --diff incident.diff

exit codes:
  0  looked; lessons are told, they never stop anybody
  1  prove: the triggers are not proved yet
  2  a wrong command line, or an error"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Fill in the two commands."""
    parser.epilog = EXAMPLES
    actions = parser.add_subparsers(title="commands", metavar="ACTION", dest="action", required=True)
    check = actions.add_parser("check", help="say which lessons fire on a change, at most three, and why")
    what = check.add_mutually_exclusive_group()
    what.add_argument("diff", nargs="?", help="a file with a diff, or - for standard input")
    what.add_argument("--staged", action="store_true", help="what is staged in this repository")
    what.add_argument("--range", metavar="A...B", help="what changed in a range of revisions")
    what.add_argument("--before", type=Path, metavar="FILE", help="with --after: a configuration as it is")
    what.add_argument("--ticket", metavar="FILE", help="the text of a change ticket, or - for standard input")
    check.add_argument(
        "--after", type=Path, metavar="FILE", help="with --before: the configuration as it will be"
    )
    check.add_argument(
        "--service", action="append", default=[], help="a service it is about; may be given again"
    )
    check.add_argument(
        "--role", action="append", default=[], help="a device role it is about; may be given again"
    )
    check.add_argument("--snapshot", type=Path, default=SNAPSHOT, help=f"the lessons ({SNAPSHOT})")
    check.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="how to print them"
    )
    prove = actions.add_parser(
        "prove", help="try the triggers of a lesson on its own change and on the latest ones"
    )
    prove.add_argument("lesson", type=Path, help="the lesson as TOML")
    prove.add_argument("--diff", type=Path, required=True, help="the change that broke things")
    prove.add_argument(
        "--repository", type=Path, default=Path(), help="where ordinary changes are taken from (here)"
    )
    prove.add_argument("--last", type=int, default=1000, metavar="N", help="how many of them (1000)")
    prove.add_argument("--json", action="store_true", help="print the proof as JSON")


def run(args: argparse.Namespace) -> int:
    """Do one of the two, and say what cannot be done in one sentence."""
    action: Callable[[argparse.Namespace], int] = {"check": _check, "prove": _prove}[args.action]
    try:
        return action(args)
    except (RepositoryError, SnapshotError, _LineError) as error:
        return _refused(str(error))
    except OSError as error:
        return _refused(f"{error.filename or 'A file'} cannot be read: {error.strerror}.")


class _LineError(Exception):
    """A command line that does not fit together."""


def _check(args: argparse.Namespace) -> int:
    change = _change(args)
    asked = candidates(args.snapshot, words_of(change))
    found = matches(asked.lessons, change)
    outcome = Outcome(shown(found, change), found, asked.of, asked.made_at, change.is_cut)
    print(PRINTERS[args.format](outcome), end="")
    return exits.DONE


def _change(args: argparse.Namespace) -> Change:
    about = {"services": tuple(args.service), "roles": tuple(args.role)}
    if (args.before is None) != (args.after is None):
        raise _LineError("--before and --after go together: a configuration as it is, and as it will be.")
    if args.ticket:
        with _opened(args.ticket) as ticket:
            return Change(words=ticket.read(MOST_CHARACTERS), **about)
    if args.before:
        return read_diff(_between(args.before, args.after), **about)
    if args.staged or args.range:
        return replace(staged(Path()) if args.staged else of_range(Path(), args.range), **about)
    if not args.diff:
        raise _LineError(
            "Say which change: --staged, --range A...B, a file with a diff, or - for standard input."
        )
    with _opened(args.diff) as lines:
        return read_diff(lines, **about)


def _between(before: Path, after: Path) -> list[str]:
    from difflib import unified_diff  # noqa: PLC0415 - only two configurations need it

    old, new = (path.read_text(encoding="utf-8", errors="replace").splitlines() for path in (before, after))
    whole = max(len(old), len(new))  # every line around a change, so that no block is out of sight
    return list(unified_diff(old, new, str(before), str(after), lineterm="", n=whole))


def _opened(name: str) -> TextIO:
    if name == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    return Path(name).open(encoding="utf-8", errors="replace")


def _prove(args: argparse.Namespace) -> int:
    from fairlead.core.lessons.proving import prove  # noqa: PLC0415 - only this needs them
    from fairlead.guard.lessons.authored import LessonError, read_lesson  # noqa: PLC0415

    try:
        lesson = read_lesson(args.lesson.read_text(encoding="utf-8"))
        own = read_diff(args.diff.read_text(encoding="utf-8", errors="replace").splitlines())
        proof = prove(lesson.triggers, own=own, others=latest(args.repository, most=max(1, args.last)))
    except (LessonError, TriggerError, UnicodeDecodeError) as error:
        raise _LineError(f"{args.lesson}: {error}") from None
    if args.json:
        print(json.dumps({**asdict(proof), "rate": proof.rate, "problems": proof.problems}))
    else:
        print(
            f"{lesson.title}: fires on {proof.fired} of the last {proof.looked_at} changes ({proof.rate:.1%})."
        )
        for reason in proof.on_own:
            print(f"  On its own change it {reason.words}.")
        for problem in proof.problems:
            print(f"  {problem}")
    return exits.REFUSED if proof.problems else exits.DONE


def _refused(words: str) -> int:
    print(f"fairlead lessons: {words}", file=sys.stderr)
    return exits.USAGE
