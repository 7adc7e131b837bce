"""`fairlead token`: letting programs in, and shutting them out."""

import argparse
import json

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    what = parser.add_subparsers(dest="what", required=True, metavar="add | list | revoke")
    add = what.add_parser("add", help="make a token that acts for somebody; it is printed once")
    add.add_argument("email", help="whose rights it has")
    add.add_argument("name", help="what the program is")
    add.add_argument("--scope", action="append", default=[], help="such as incidents:read; may be repeated")
    add.add_argument("--days", type=int, default=90)
    listed = what.add_parser("list", help="list the tokens in use")
    listed.add_argument("--json", action="store_true")
    revoke = what.add_parser("revoke", help="revoke the token that begins so")
    revoke.add_argument("prefix")


_COLUMNS = ("prefix", "owner", "name", "scopes", "last_day", "last_used_on")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    data_directory(args.data)

    def work() -> int:
        from fairlead.site import operate  # noqa: PLC0415

        if args.what == "add":
            print(operate.token_add(email=args.email, name=args.name, scopes=args.scope, days=args.days))
        elif args.what == "revoke":
            print(f"“{operate.token_revoke(args.prefix)}” has no access any more.")
        elif args.json:
            rows = [dict(zip(_COLUMNS, row, strict=True)) for row in operate.token_list()]
            print(json.dumps(rows, indent=2, ensure_ascii=False))
        else:
            for row in operate.token_list():
                print("\t".join(row))
        return exits.DONE

    return with_server(work)
