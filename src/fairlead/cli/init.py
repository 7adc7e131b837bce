"""`fairlead init`: a new organisation, its key file, its first user."""

import argparse

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, make_place, new_password, say_problem, with_server


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
    parser.add_argument(
        "--source-days",
        type=int,
        help="days after which the raw texts and logs of an incident are erased, 1 to 365 (90)",
    )


def _asked(given: str | None, question: str, default: str = "") -> str:
    if given:
        return given
    answer = input(f"{question}{f' [{default}]' if default else ''}: ").strip()
    return answer or default


def run(args: argparse.Namespace) -> int:
    """Make the data directory, the key file, the database, the organisation and the first user."""
    data = data_directory(args.data)
    try:
        name = _asked(args.name, "What is the organisation called")
        currency = _asked(args.currency, "In which currency does it count", "USD")
        email = _asked(args.email, "E-mail of the first user")
    except (EOFError, KeyboardInterrupt):
        return say_problem("stopped; nothing was set up. --name, --currency and --email answer beforehand.")
    problem = make_place(data)
    if problem:
        return say_problem(problem)

    def work() -> int:
        from fairlead.site import operate  # noqa: PLC0415

        if operate.organisation_name():
            return say_problem(f"{data} already holds an organisation. Start it with `fairlead serve`.")
        operate.start_organisation(
            name=name,
            currency=currency,
            zone=args.zone,
            email=email,
            user_name=args.user_name or email.partition("@")[0],
            team=args.team,
            password=new_password(),
            source_days=args.source_days,
        )
        print(f"{name} is set up in {data}.")
        print(f"The key file is {data / 'keys.json'}: back it up apart from the database.")
        print(f"Start it:  fairlead serve --data {data}")
        return exits.DONE

    return with_server(work)
