"""`fairlead work`: the background work alone."""

import argparse

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, say_problem, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )


def run(args: argparse.Namespace) -> int:
    """Do the background work until interrupted."""
    data_directory(args.data)

    def work() -> int:
        from fairlead.site import operate, server  # noqa: PLC0415

        if not operate.organisation_name():
            return say_problem("there is no organisation here yet. Set one up with `fairlead init`.")
        server.work_alone(lambda: print("Doing the background work  (Ctrl+C stops it)", flush=True))
        print("Stopped. What was begun is done.")
        return exits.DONE

    return with_server(work)
