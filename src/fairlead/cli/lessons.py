"""`fairlead lessons`: what to know before this change goes out. Works offline, from a snapshot of the lessons."""

import argparse
import importlib
import sys
from pathlib import Path
from typing import Final

from fairlead.cli import exits
from fairlead.guard.lessons.repository import RepositoryError
from fairlead.guard.lessons.snapshot import SnapshotError

SNAPSHOT: Final = Path(".fairlead") / "lessons.sqlite3"
FORMATS: Final = ("text", "json", "sarif", "github")
EXAMPLES: Final = """\
examples:
  fairlead lessons sync https://fairlead.example  fetch them; the token stands in FAIRLEAD_TOKEN
  fairlead lessons check --staged                 what is about to be committed
  fairlead lessons check --range main...HEAD      what a pull request would bring
  git diff | fairlead lessons check -             any diff
  fairlead lessons check --before old.cfg --after new.cfg
  fairlead lessons check --ticket change-4711.txt --service shop
  fairlead lessons check --range main...HEAD --prove
  fairlead lessons comment --range origin/main...HEAD
  fairlead lessons prove lesson.toml --diff incident.diff

exit codes:
  0  looked; lessons are told, they never stop anybody
  1  check --prove: a safeguard refuses this · prove: the triggers are not proved · sync: the old lessons stay
  2  a wrong command line, or an error"""


class LineError(Exception):
    """A command line that does not fit together."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Fill in the commands."""
    parser.epilog = EXAMPLES
    actions = parser.add_subparsers(title="commands", metavar="ACTION", dest="action", required=True)
    sync = actions.add_parser("sync", help="fetch the lessons from the server")
    sync.add_argument(
        "url", nargs="?", default="", help="the server (default: the one they came from before)"
    )
    _snapshot(sync)
    check = actions.add_parser("check", help="say which lessons fire on a change, at most three, and why")
    _change(check)
    check.add_argument("--format", choices=FORMATS, default="text", help="how to print them")
    check.add_argument(
        "--prove", action="store_true", help="run their safeguards on this repository; only a refusal blocks"
    )
    check.add_argument(
        "--warn", action="store_true", help="for hooks: what goes wrong is said and stops nobody"
    )
    comment = actions.add_parser("comment", help="keep one comment of a pull request up to date")
    _change(comment)
    comment.add_argument("--repository", help="owner/name (default: GITHUB_REPOSITORY)")
    comment.add_argument("--number", type=int, help="of the pull request (default: from GITHUB_EVENT_PATH)")
    _proving(
        actions.add_parser("prove", help="try the triggers of a lesson on its own change and on the latest")
    )


def _snapshot(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--snapshot", type=Path, default=SNAPSHOT, help=f"the lessons ({SNAPSHOT})")


def _change(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("diff", nargs="?", help="a file with a diff, or - for standard input")
    what.add_argument("--staged", action="store_true", help="what is staged in this repository")
    what.add_argument("--range", metavar="A...B", help="what changed in a range of revisions")
    what.add_argument("--before", type=Path, metavar="FILE", help="with --after: a configuration as it is")
    what.add_argument("--ticket", metavar="FILE", help="the text of a change ticket, or - for standard input")
    parser.add_argument("--after", type=Path, metavar="FILE", help="with --before: it as it will be")
    for name, thing in (("service", "a service"), ("role", "a device role")):
        parser.add_argument(
            f"--{name}", action="append", default=[], help=f"{thing} it is about; may be given again"
        )
    _snapshot(parser)


def _proving(prove: argparse.ArgumentParser) -> None:
    prove.add_argument("lesson", help="the lesson as a TOML file, or its id in the snapshot")
    prove.add_argument("--diff", type=Path, help="the change that broke things")
    prove.add_argument(
        "--repository", type=Path, default=Path(), help="where ordinary changes are taken from (here)"
    )
    prove.add_argument("--last", type=int, default=1000, metavar="N", help="how many of them (1000)")
    prove.add_argument("--json", action="store_true", help="print the proof as JSON")
    prove.add_argument(
        "--push", action="store_true", help="report both numbers to the server; nothing of a change is sent"
    )
    _snapshot(prove)


def run(args: argparse.Namespace) -> int:
    """Do one of them, and say what cannot be done in one sentence."""
    module = importlib.import_module(f"fairlead.cli.lessons_{args.action}")
    try:
        return int(module.run(args))
    except (RepositoryError, SnapshotError, LineError) as error:
        words = str(error)
    except OSError as error:
        words = f"{error.filename or 'A file'} cannot be read: {error.strerror}."
    print(f"fairlead lessons: {words}", file=sys.stderr)
    return exits.DONE if getattr(args, "warn", False) else exits.USAGE
