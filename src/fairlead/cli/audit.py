"""`fairlead audit`: checking the audit trail, and keeping its end in a second place."""

import argparse
import json
from pathlib import Path

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, say_problem, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    what = parser.add_subparsers(dest="what", required=True, metavar="verify | head")
    verify = what.add_parser("verify", help="check the whole trail")
    verify.add_argument(
        "--heads", help="a file that `fairlead audit head --to` wrote: a cut tail shows against it"
    )
    head = what.add_parser("head", help="print the end of the trail")
    head.add_argument("--to", help="add it to this file instead, best on another machine")


def run(args: argparse.Namespace) -> int:
    """Check the trail, or print its end."""
    data_directory(args.data)

    def work() -> int:
        from fairlead.site import operate  # noqa: PLC0415

        if args.what == "head":
            line = json.dumps(operate.audit_head())
            if not args.to:
                print(line)
                return exits.DONE
            with Path(args.to).open("a", encoding="utf-8") as file:
                file.write(line + "\n")
            return exits.DONE
        try:
            heads = (
                [json.loads(line) for line in Path(args.heads).read_text("utf-8").splitlines()]
                if args.heads
                else []
            )
            whole, words = operate.audit_verify(heads)
        except (OSError, ValueError, KeyError, TypeError):
            return say_problem(f"{args.heads} is not a file that `fairlead audit head --to` wrote.")
        print(words)
        return exits.DONE if whole else exits.REFUSED

    return with_server(work)
