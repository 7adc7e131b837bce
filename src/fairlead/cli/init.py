"""`fairlead init`: a new organisation, its key file, its first user."""

import argparse
import getpass
import os

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, say_problem, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument(
        "--data", help="where to keep everything (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    parser.add_argument("--name", help="the organisation's name")
    parser.add_argument("--currency", help="three letters, such as USD")
    parser.add_argument("--zone", default="UTC", help="its time zone, such as Europe/Berlin (default: UTC)")
    parser.add_argument("--email", help="the first user's e-mail; they manage the first team")
    parser.add_argument("--user-name", help="the first user's name")
    parser.add_argument("--team", default="First team", help="the first team's name")


def _asked(given: str | None, question: str, default: str = "") -> str:
    if given:
        return given
    answer = input(f"{question}{f' [{default}]' if default else ''}: ").strip()
    return answer or default


def new_password() -> str:
    """Ask for a password twice, or take FAIRLEAD_PASSWORD where there is no terminal. Raises ValueError."""
    given = os.environ.pop("FAIRLEAD_PASSWORD", "")
    password = given or getpass.getpass("Password (at least 12 characters): ")
    if not given and getpass.getpass("Once more: ") != password:
        raise ValueError("the two passwords differ. Nothing was changed; start again.")
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415 - needs the settings
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    try:
        validate_password(password)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from None
    return password


def run(args: argparse.Namespace) -> int:
    """Make the data directory, the key file, the database, the organisation and the first user."""
    from fairlead.foundation.vault.keys import KeyFileError, create_key_file  # noqa: PLC0415

    data = data_directory(args.data)
    try:
        name = _asked(args.name, "What is the organisation called")
        currency = _asked(args.currency, "In which currency does it count", "USD")
        email = _asked(args.email, "E-mail of the first user")
        user_name = args.user_name or email.partition("@")[0]
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        key_file = data / "keys.json"
        if not key_file.exists():
            create_key_file(key_file)
    except (EOFError, KeyboardInterrupt):
        return say_problem(
            "stopped; nothing was set up. Give --name, --currency and --email to answer beforehand."
        )
    except (OSError, KeyFileError) as error:
        return say_problem(f"{data} cannot be set up: {error}")

    def work() -> int:
        from fairlead.people.models import Organisation  # noqa: PLC0415
        from fairlead.people.services import account_add, organisation_set, team_join  # noqa: PLC0415
        from fairlead.site.server import bring_up_to_date  # noqa: PLC0415

        bring_up_to_date()
        if Organisation.objects.exists():
            return say_problem(f"{data} already holds an organisation. Start it with `fairlead serve`.")
        password = new_password()
        account = account_add(
            email=email, name=user_name, password=password, zone=args.zone, org_roles=["operator"]
        )
        team_join(team=args.team, account=account, manages=True)
        organisation_set(name=name, currency=currency, zone=args.zone)
        print(f"{name} is set up in {data}.\nThe key file is {key_file}: back it up apart from the database.")
        print(f"Start it:  FAIRLEAD_DATA={data} fairlead serve")
        return exits.DONE

    return with_server(work)
