"""`fairlead serve`: web pages and background work in one process."""

import argparse

from fairlead.cli import exits
from fairlead.cli.setup import data_directory, say_problem, with_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.add_argument(
        "--data", help="where everything is kept (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--workers", type=int, default=1, help="how many processes answer; more than one needs PostgreSQL"
    )


def start(host: str, port: int, greeting: str, *, workers: int = 1) -> int:
    """Serve until interrupted, printing a greeting once the port is open."""
    from fairlead.site.server import serve, serve_many  # noqa: PLC0415 - brings Django with it

    def ready() -> None:
        print(greeting, flush=True)

    try:
        if workers > 1:
            serve_many(host=host, port=port, workers=workers, ready=ready)
        else:
            serve(host=host, port=port, ready=ready)
    except OSError as error:
        return say_problem(f"port {port} cannot be opened ({error.strerror}). Choose another with --port.")
    except KeyboardInterrupt:
        print("Stopped. Everything that was saved is on disk.")
    return exits.DONE


def run(args: argparse.Namespace) -> int:
    """Bring the database up to date and serve."""
    data_directory(args.data)

    def work() -> int:
        from fairlead.site import operate, server  # noqa: PLC0415

        server.refuse_workers(args.workers)
        if not operate.organisation_name():
            return say_problem("there is no organisation here yet. Set one up with `fairlead init`.")
        greeting = f"Fairlead is at http://{args.host}:{args.port}  (Ctrl+C stops it)"
        return start(args.host, args.port, greeting, workers=args.workers)

    return with_server(work)
