"""`fairlead keys`: changing the key that wraps the others."""

import argparse

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    what = parser.add_subparsers(dest="what", required=True, metavar="rotate")
    what.add_parser(
        "rotate", help="make a new wrapping key and wrap every other key with it; safe to stop and repeat"
    )


def run(args: argparse.Namespace) -> int:
    """Rotate."""
    data = data_directory(args.data)

    def work() -> int:
        from fairlead.site import operate  # noqa: PLC0415

        version, wrapped = operate.keys_rotate()
        print(f"Key {version} wraps everything now; {wrapped} keys were wrapped anew.")
        print(
            f"Back the key file of {data} up again, apart from the database. Keep the older copy for older backups."
        )
        return exits.DONE

    return with_server(work)
