"""`fairlead lessons comment`: one comment of a pull request; where it may not be written, notices beside the lines."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Final

from fairlead.cli import exits
from fairlead.cli.lessons import LineError
from fairlead.cli.lessons_change import change_of, looked_up
from fairlead.guard.lessons.comment import CommentError, Place, keep
from fairlead.guard.lessons.printing import printed

API: Final = "https://api.github.com"


def run(args: argparse.Namespace) -> int:
    """Keep the comment; a refusal of the server never fails a pipeline."""
    outcome = looked_up(args.snapshot, change_of(args))
    place = _place(args)
    try:
        print(f"The comment: {keep(place, outcome)}.")
    except CommentError as error:
        print(f"No comment was written: {error}. The lessons stand beside the lines.", file=sys.stderr)
        print(printed(outcome, "github"), end="")
    return exits.DONE


def _place(args: argparse.Namespace) -> Place:
    repository = args.repository or os.environ.get("GITHUB_REPOSITORY", "")
    number = args.number or _number_in(os.environ.get("GITHUB_EVENT_PATH", ""))
    if repository.count("/") != 1 or not number:
        raise LineError("Say which pull request: --repository OWNER/NAME --number N.")
    api = os.environ.get("GITHUB_API_URL", API)
    return Place(api, os.environ.get("GITHUB_TOKEN", ""), repository, number)


def _number_in(event: str) -> int:
    """Return the number of the pull request that a workflow was started by, or 0."""
    try:
        return int(json.loads(Path(event).read_text("utf-8"))["pull_request"]["number"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
