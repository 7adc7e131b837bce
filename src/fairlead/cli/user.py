"""`fairlead user`: adding people and letting them in."""

import argparse

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, new_password, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    what = parser.add_subparsers(dest="what", required=True, metavar="add | password | team | list")
    add = what.add_parser("add", help="add somebody; asks for a first password, or takes FAIRLEAD_PASSWORD")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    add.add_argument("--zone", default="UTC")
    add.add_argument("--handle", action="append", default=[], help="what chat calls them; may be repeated")
    add.add_argument("--role", action="append", default=[], help="hr, director or operator; may be repeated")
    add.add_argument("--team", default="")
    add.add_argument("--manages", action="store_true", help="they manage the team")
    password = what.add_parser("password", help="set a new password")
    password.add_argument("email")
    team = what.add_parser("team", help="put somebody into a team")
    team.add_argument("email")
    team.add_argument("team")
    team.add_argument("--manages", action="store_true")
    what.add_parser("list", help="list everybody")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    data_directory(args.data)

    def work() -> int:
        from fairlead.site import operate  # noqa: PLC0415

        if args.what == "list":
            for row in operate.user_list():
                print("\t".join(row))
        elif args.what == "add":
            operate.user_add(
                email=args.email,
                name=args.name,
                password=new_password(),
                zone=args.zone,
                handles=args.handle,
                roles=args.role,
                team=args.team,
                manages=args.manages,
            )
            print(f"{args.name} can sign in with {args.email}.")
        elif args.what == "team":
            operate.user_team(email=args.email, team=args.team, manages=args.manages)
            print(f"{args.email} is in {args.team} now.")
        else:
            operate.user_password(email=args.email, password=new_password())
            print(f"{args.email} has a new password.")
        return exits.DONE

    return with_server(work)
