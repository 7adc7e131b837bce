"""`fairlead user`: adding people and letting them in."""

import argparse

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, new_password, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    what = parser.add_subparsers(
        dest="what", required=True, metavar="add | password | team | leave | remove | return | list"
    )
    add = what.add_parser("add", help="add somebody; asks for a first password, or takes FAIRLEAD_PASSWORD")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    add.add_argument("--zone", default="UTC")
    add.add_argument("--country", default="", help="two letters, such as DE; its public holidays count")
    add.add_argument(
        "--region", default="", help="of the country, where it has holidays of its own, such as BY"
    )
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
    leave = what.add_parser("leave", help="take somebody out of a team")
    leave.add_argument("email")
    leave.add_argument("team")
    remove = what.add_parser("remove", help="end an account; says first what that means for others")
    remove.add_argument("email")
    remove.add_argument("--yes", action="store_true", help="do it; without this nothing is changed")
    back = what.add_parser("return", help="let somebody in again whose account was removed")
    back.add_argument("email")
    what.add_parser("list", help="list everybody")


# The same words whoever it is: a count would tell whether somebody has a talk.
_WHAT_FOLLOWS = (
    "If they are in a talk, Fairlead tells the other person itself who reads what from now on. What they may read of\n"
    "it as a manager ends at once; the engineer reads on and chooses who goes on, among those who manage their team."
)


def _remove(email: str, *, sure: bool) -> int:
    from fairlead.site import operate  # noqa: PLC0415

    if not sure:
        operate.user_known(email)
        print(
            f"Nothing is changed yet. Removing {email} ends their sign-in, places, roles and calendar at once;\n"
            "their name stays, so that the commons goes on naming nobody.\n"
            f"{_WHAT_FOLLOWS}\n"
            "If they are an engineer in a talk, nobody reads it any more, and it is erased a month later; until then\n"
            "`fairlead user return` brings it back. Before you go on, let them and their manager look at “Who reads\n"
            "what” on the page of their talk, if there is one: it can be handed over, closed, and copied while they\n"
            f"are here. Then: fairlead user remove {email} --yes"
        )
        return exits.DONE
    operate.user_remove(email)
    print(f"{email} is removed.")
    return exits.DONE


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
                country=args.country.upper(),
                region=args.region.upper(),
                handles=args.handle,
                roles=args.role,
                team=args.team,
                manages=args.manages,
            )
            print(f"{args.name} can sign in with {args.email}.")
        elif args.what == "team":
            operate.user_team(email=args.email, team=args.team, manages=args.manages)
            print(f"{args.email} is in {args.team} now.")
        elif args.what == "leave":
            operate.user_team_leave(email=args.email, team=args.team)
            print(f"{args.email} is no longer in {args.team}.\n{_WHAT_FOLLOWS}")
        elif args.what == "remove":
            return _remove(args.email, sure=args.yes)
        elif args.what == "return":
            operate.user_return(args.email)
            print(f"{args.email} is back. Give them a password and put them into their team again.")
        else:
            operate.user_password(email=args.email, password=new_password())
            print(f"{args.email} has a new password.")
        return exits.DONE

    return with_server(work)
