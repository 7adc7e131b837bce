"""`fairlead routing-loop`: does any address go in a circle, in these routing tables?"""

import argparse
import sys
from pathlib import Path
from typing import Final

from fairlead.cli import exits

EXAMPLES: Final = """\
examples:
  fairlead routing-loop snapshots/after-the-change
  fairlead routing-loop snapshots/after-the-change --format json

The directory holds DEVICE/show_ip_route.json for each device (as FRR prints it, or as ntc-templates read it), or one
routes.csv; interfaces.json says where next hops lead, externals.json what is outside. See docs/routing-loop.md.

exit codes: 0 ACCEPT, no loop · 1 REFUSE, a loop · 2 ERROR, something could not be read or followed"""
_EXIT: Final = {"ACCEPT": exits.DONE, "REFUSE": exits.REFUSED, "ERROR": exits.USAGE}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.epilog = EXAMPLES
    parser.add_argument("directory", metavar="SNAPSHOT_DIR", type=Path, help="the tables after the change")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print the answer")
    parser.add_argument(
        "--reader", metavar="NAME", default="", help="read the directory with an installed reader"
    )


def run(args: argparse.Namespace) -> int:
    """Check the snapshot and print the answer."""
    from fairlead.guard import snapshot  # noqa: PLC0415 - brings NumPy with it

    answer = snapshot.check(args.directory, args.reader)
    print(snapshot.words.as_json(answer) if args.format == "json" else snapshot.words.as_text(answer))
    sys.stdout.flush()
    return _EXIT[answer.verdict.value]
