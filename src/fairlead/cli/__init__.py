"""The door: parses the command line and imports the rest only when it is needed.

A command is one module beside this file with `add_arguments(parser)` and `run(args) -> int`, and one row
in `COMMANDS`. Nothing else is imported at start, so that `fairlead now` asks its first question at once.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from fairlead.cli import exits

if TYPE_CHECKING:
    import argparse


class Command(NamedTuple):
    """A row of the table: the words `fairlead --help` shows, and the module that does the work."""

    help: str
    module: str


COMMANDS: Final[dict[str, Command]] = {
    "now": Command("prepare the talk you are about to have; needs no server", "fairlead.cli.now"),
    "import": Command("put incidents on record from text and other tools", "fairlead.cli.import_"),
    "export": Command("take everything in the commons away, as JSON and CSV", "fairlead.cli.export"),
    "lessons": Command("say what to know before a change goes out; works offline", "fairlead.cli.lessons"),
    "mcp": Command("let a coding agent ask for lessons; works offline", "fairlead.cli.mcp"),
    "prove": Command("replay the bad change against the safeguard it left behind", "fairlead.cli.prove"),
    "routing-loop": Command("find circles in the routing tables of a snapshot", "fairlead.cli.routing_loop"),
    "lint": Command("say where words in a text may do harm; needs no server", "fairlead.cli.lint"),
    "rule": Command("explain one rule of the coach", "fairlead.cli.rule"),
    "demo": Command("start with the story loaded, to look around", "fairlead.cli.demo"),
    "init": Command("set up a new organisation", "fairlead.cli.init"),
    "serve": Command("start the web pages and the background work", "fairlead.cli.serve"),
    "work": Command("do the background work alone, beside `fairlead serve`", "fairlead.cli.work"),
    "backup": Command("make a sealed backup while everybody works", "fairlead.cli.backup"),
    "restore": Command("restore a backup into an empty place", "fairlead.cli.restore"),
    "keys": Command("change the key that wraps the others", "fairlead.cli.keys"),
    "audit": Command("check the audit trail, and keep its end in a second place", "fairlead.cli.audit"),
    "doctor": Command("say what is wrong, and how to mend it", "fairlead.cli.doctor"),
    "reindex": Command("make everything in the commons findable again", "fairlead.cli.reindex"),
    "user": Command("add people and let them in", "fairlead.cli.user"),
    "token": Command("let programs in, and shut them out", "fairlead.cli.token"),
}

DESCRIPTION: Final = """\
Fairlead guides a manager, an engineer and their team through the hour and the
ninety days after a costly mistake. Someone is waiting outside your door?
Start with: fairlead now"""

EPILOG: Final = """\
examples:
  fairlead now                         five questions, then a folder with everything for the talk
  fairlead now outage.md --yes         the same from a file, without questions
  fairlead now "routing loop at 14:27, back at 15:32" --zone Europe/Berlin
  fairlead demo                        look around with the story loaded

exit codes:
  0  done
  1  a finding, or something Fairlead refuses to do
  2  a wrong command line, or an error
  130  stopped with Ctrl+C

Colour appears only on a terminal, and never when NO_COLOR is set."""


def build_parser(chosen: str | None = None) -> "argparse.ArgumentParser":
    """Return the parser with every command named and only the `chosen` one imported and filled in."""
    import argparse  # noqa: PLC0415 - a linter run before every commit should not wait for it
    import importlib  # noqa: PLC0415

    from fairlead.cli.version import Version  # noqa: PLC0415

    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="fairlead", description=DESCRIPTION, epilog=EPILOG, formatter_class=formatter, allow_abbrev=False
    )
    parser.add_argument("--version", action=Version)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for name, command in COMMANDS.items():
        row = commands.add_parser(
            name, help=command.help, description=command.help, formatter_class=formatter, allow_abbrev=False
        )
        if name == chosen:
            module = importlib.import_module(command.module)
            module.add_arguments(row)
            row.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run `fairlead` with `argv` (the process's own arguments if None) and return its exit code."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    try:
        plain = _plain_lint(arguments, is_whole_process=argv is None)
        return _run(arguments) if plain is None else plain
    except SystemExit as leaving:  # argparse leaves this way, for --help and for a wrong line alike
        return leaving.code if isinstance(leaving.code, int) else exits.USAGE
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return exits.STOPPED
    except BrokenPipeError:  # whoever read along has left; what Python still holds back has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.USAGE
    except Exception:  # noqa: BLE001 - Python would end with 1, and 1 is an answer of many commands
        import traceback  # noqa: PLC0415 - only where there is something to trace

        traceback.print_exc()
        return exits.USAGE


def _run(arguments: Sequence[str]) -> int:
    chosen = next((argument for argument in arguments if not argument.startswith("-")), None)
    parser = build_parser(chosen)
    parsed = parser.parse_args(arguments)
    if parsed.command is None:
        parser.print_help()
        return exits.DONE
    return int(parsed.run(parsed))


def _plain_lint(arguments: Sequence[str], *, is_whole_process: bool) -> int | None:
    """Run `fairlead lint` where its line is plain to read, without argparse; otherwise return None.

    Where nothing else is to be done in the process, it ends at once: taking apart piece by piece what was read and
    compiled would take 7% of the time. For the same reason nobody looks for circles in what a run makes.
    """
    if arguments[:1] != ["lint"]:
        return None
    from fairlead.cli.lint import run  # noqa: PLC0415 - only this command needs it
    from fairlead.cli.lint_line import read_line  # noqa: PLC0415

    line = read_line(list(arguments[1:]))
    if line is None:
        return None
    if not is_whole_process:
        return run(line)
    import gc  # noqa: PLC0415

    gc.disable()
    code = run(line)
    for stream in (sys.stdout, sys.stderr):
        if stream:  # there is none where it was closed before we began
            stream.flush()
    os._exit(code)
