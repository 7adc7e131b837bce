"""`fairlead demo`: the story loaded, to look around."""

import argparse
import os

from fairlead.cli.serve import start
from fairlead.cli.setup import data_directory, say_problem, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument("--data", help="where the demo is kept (default: FAIRLEAD_DATA, or ./fairlead-data)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--load-only", action="store_true", help="load the story and stop")


def run(args: argparse.Namespace) -> int:
    """Make a key file where there is none, load the story once, serve on this machine only."""
    from fairlead.foundation.vault.keys import KeyFileError, create_key_file  # noqa: PLC0415

    data = data_directory(args.data)
    os.environ["FAIRLEAD_DEMO"] = "true"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (data / "keys.json").exists() and "FAIRLEAD_KEY_FILE" not in os.environ:
            if (data / "fairlead.sqlite3").exists():
                return say_problem(
                    f"{data} holds a database but no key file. Put keys.json back, or choose another --data."
                )
            create_key_file(data / "keys.json")
    except (OSError, KeyFileError) as error:
        return say_problem(f"{data} cannot be set up: {error}")

    def work() -> int:
        from fairlead.people.models import Organisation  # noqa: PLC0415
        from fairlead.site.demo.story import ORGANISATION, load_story, who_to_sign_in_as  # noqa: PLC0415
        from fairlead.site.server import bring_up_to_date  # noqa: PLC0415

        bring_up_to_date()
        existing = Organisation.objects.first()
        if existing is not None and existing.name != ORGANISATION:
            return say_problem(
                f"{data} holds {existing.name}, not the demo. Choose another --data, so that nothing of it is touched."
            )
        if existing is None:
            load_story()
        if args.load_only:
            print(who_to_sign_in_as())
            return 0
        return start(
            "127.0.0.1",
            args.port,
            f"Fairlead is at http://127.0.0.1:{args.port}  (Ctrl+C stops it)\n\n{who_to_sign_in_as()}",
        )

    return with_server(work)
