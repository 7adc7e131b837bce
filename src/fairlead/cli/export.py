"""`fairlead export`: everything an organisation has in the commons, as files that other programs read."""

import argparse
from pathlib import Path
from typing import Final

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, with_server

EXAMPLES: Final = """\
examples:
  fairlead export commons-2026-11          a new folder with everything
  fairlead export /srv/out --data /srv/fairlead

The folder holds incidents.json (each incident with everything that belongs to it), lessons.json, and tables
as CSV: incidents, timeline, factors, improvements. Nothing of a talk and no source is in it. Only a whole
export stands under its name: what is stopped half way leaves nothing."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.epilog = EXAMPLES
    parser.add_argument("folder", type=Path, help="the folder to make; nothing may be there yet")
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    parser.add_argument(
        "--json", action="store_true", help="print the names of the files and their sizes as JSON"
    )


def run(args: argparse.Namespace) -> int:
    """Write the folder and say what is in it."""
    data_directory(args.data)

    def work() -> int:
        from fairlead.site import exporting  # noqa: PLC0415

        sizes = exporting.export_commons(args.folder)
        if args.json:
            import json  # noqa: PLC0415

            print(json.dumps(sizes))
        else:
            for name, size in sizes.items():
                print(f"{size:>14,}  {args.folder / name}")
        return exits.DONE

    return with_server(work)
