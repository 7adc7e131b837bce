"""`fairlead restore`: a backup brought back into an empty place."""

import argparse
from pathlib import Path

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, say_problem, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument("path", help="the backup")
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    parser.add_argument("--passphrase-file", help="the passphrase it was sealed with")
    parser.add_argument(
        "--erased", help="the log of what was erased since (default: erased.log in the data directory)"
    )
    parser.add_argument(
        "--nothing-erased", action="store_true", help="there is no such log, and nothing was erased since"
    )


def run(args: argparse.Namespace) -> int:
    """Restore, erase again, check, and say what was found."""
    data_directory(args.data)

    def work() -> int:
        from fairlead.site import operate  # noqa: PLC0415

        erased = args.erased or operate.erased_log_here()
        if erased and not Path(erased).exists():
            return say_problem(f"{erased} is not there. Nothing was restored.")
        if not erased and not args.nothing_erased:
            return say_problem(
                "the log of what was erased since the backup is missing, so people could stand here again who were "
                "erased. Put erased.log into the data directory, name it with --erased, or say --nothing-erased."
            )
        for line in operate.restore(args.path, erased, args.passphrase_file):
            print(line)
        return exits.DONE

    return with_server(work)
