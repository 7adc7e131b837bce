"""`fairlead lessons sync`: fetch the lessons; without a connection the old ones stay, and it says how old they are."""

import argparse
import os
import sys
from datetime import UTC, datetime, timedelta

from fairlead.cli import exits
from fairlead.cli.lessons import LineError
from fairlead.guard.lessons.fetching import fetch, known
from fairlead.guard.server import ServerError


def run(args: argparse.Namespace) -> int:
    """Fetch them. Answers 1 when the old ones stay, 2 when there are none at all."""
    have = known(args.snapshot)
    url = (args.url or (have.origin if have else "")).rstrip("/")
    if not url:
        raise LineError("Say which server: fairlead lessons sync https://fairlead.example")
    now = datetime.now(UTC)
    try:
        fetched = fetch(url, os.environ.get("FAIRLEAD_TOKEN", ""), args.snapshot, now=now)
    except ServerError as error:
        print(f"fairlead lessons: {error}", file=sys.stderr)
        if have is None:
            print("There are no lessons here yet.", file=sys.stderr)
            return exits.USAGE
        print(
            f"The lessons from {age(now - have.made_at)} ago ({have.lessons:,} of them) stay in use.",
            file=sys.stderr,
        )
        return exits.REFUSED
    what = "fetched" if fetched.has_changed else "unchanged"
    print(f"{fetched.lessons:,} lesson{'s' * (fetched.lessons != 1)}, {what}.")
    return exits.DONE


def age(passed: timedelta) -> str:
    """Return a length of time in its largest unit: "3 days"."""
    seconds = max(0, int(passed.total_seconds()))
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if count := seconds // length:
            return f"{count} {unit}{'s' * (count != 1)}"
    return "less than a minute"
