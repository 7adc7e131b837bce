"""`fairlead reindex`: read every text of the commons again, so that it can be found."""

import argparse
import sys

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def run(args: argparse.Namespace) -> int:
    """Index everything again; the server may go on serving meanwhile."""
    data_directory(args.data)

    def work() -> int:
        from fairlead.site import operate  # noqa: PLC0415 - brings Django with it

        done = 0
        for done, whole in operate.reindex():
            if sys.stderr.isatty():
                print(f"\r{done} of {whole} incidents", end="", file=sys.stderr, flush=True)
        if sys.stderr.isatty():
            print(file=sys.stderr)
        print(f'{{"incidents": {done}}}' if args.json else f"{done} incidents can be found by their words.")
        return exits.DONE

    return with_server(work)
