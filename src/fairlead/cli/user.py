"""`fairlead user`: adding people and letting them in."""

import argparse

from fairlead.cli import exits
from fairlead.cli.init import new_password
from fairlead.cli.setup import data_directory, say_problem, with_server


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
    add.add_argument(
        "--handle", action="append", default=[], help="what chat calls them; may be given more than once"
    )
    add.add_argument("--role", action="append", default=[], help="hr, director or operator")
    add.add_argument("--team")
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
        from fairlead.people.models import Account  # noqa: PLC0415
        from fairlead.people.services import account_add, password_set, team_join  # noqa: PLC0415

        if args.what == "list":
            for one in Account.objects.order_by("email").prefetch_related("memberships__team"):
                places = [f"{m.kind} of {m.team.name}" for m in one.memberships.all() if m.ended_at is None]
                print("\t".join([one.email, one.name, one.zone, ", ".join([*places, *one.org_roles])]))
            return exits.DONE
        if args.what == "add":
            password = new_password()
            account = account_add(
                email=args.email,
                name=args.name,
                password=password,
                zone=args.zone,
                handles=args.handle,
                org_roles=args.role,
            )
            if args.team:
                team_join(team=args.team, account=account, manages=args.manages)
            print(f"{account.name} can sign in with {account.email}.")
            return exits.DONE
        account = Account.objects.filter(email__iexact=args.email).first()
        if account is None:
            return say_problem(
                f"nobody here has the e-mail {args.email}. `fairlead user list` shows everybody."
            )
        if args.what == "team":
            team_join(team=args.team, account=account, manages=args.manages)
            print(f"{account.name} is in {args.team} now.")
        else:
            password_set(account=account, password=new_password())
            print(f"{account.name} has a new password.")
        return exits.DONE

    return with_server(work)
