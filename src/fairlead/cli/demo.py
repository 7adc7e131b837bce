"""`fairlead demo`: the story loaded, to look around."""

import argparse
import os

from fairlead.cli import exits
from fairlead.cli.serve import start
from fairlead.cli.setup import data_directory, make_place, say_problem, with_server

STAGES = ("day-1", "day-21", "day-90", "recurrence", "erased")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument("--data", help="where the demo is kept (default: FAIRLEAD_DATA, or ./fairlead-data)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--at",
        choices=STAGES,
        help="the day of the ninety days, that it came again, or that it was erased (without it: no talk has begun)",
    )
    parser.add_argument("--load-only", action="store_true", help="load the story and stop")


def run(args: argparse.Namespace) -> int:
    """Load the story once and serve it on this machine only."""
    address = f"http://127.0.0.1:{args.port}"
    os.environ.setdefault("FAIRLEAD_URL", address)
    place = data_directory(args.data)
    problem = make_place(place)
    if problem:
        return say_problem(problem)

    def work() -> int:
        from fairlead.site import operate  # noqa: PLC0415

        cast = operate.load_demo(args.at or "")
        improvement = operate.demo_improvement()
        if improvement and not (place / "story-repository").exists():
            from fairlead.cli.demo_proof import prove_story, story_repository  # noqa: PLC0415

            operate.demo_proved(prove_story(story_repository(place, improvement)))
        if args.load_only:
            print(cast)
            return exits.DONE
        return start("127.0.0.1", args.port, f"Fairlead is at {address}  (Ctrl+C stops it)\n\n{cast}")

    return with_server(work)
