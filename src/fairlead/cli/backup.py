"""`fairlead backup`: a sealed copy of everything but the key file."""

import argparse

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument("path", help="the file to write; nothing may be there yet")
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    parser.add_argument(
        "--passphrase-file", help="seal with the passphrase in this file, not with the key file"
    )


def run(args: argparse.Namespace) -> int:
    """Make the backup and open it again."""
    data_directory(args.data)

    def work() -> int:
        from fairlead.site import operate  # noqa: PLC0415

        print(operate.backup(args.path, args.passphrase_file))
        return exits.DONE

    return with_server(work)
