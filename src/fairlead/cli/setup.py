"""What every command that needs the server begins with: its data directory, its key file, one clear sentence."""

import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path

from fairlead.cli import exits


def data_directory(given: str | None) -> Path:
    """Return where this server keeps its data, and tell the settings so."""
    path = Path(given or os.environ.get("FAIRLEAD_DATA") or "fairlead-data").absolute()
    os.environ["FAIRLEAD_DATA"] = str(path)
    return path


def say_problem(problem: str) -> int:
    """Print one problem where errors belong and return the exit code for it."""
    print(f"fairlead: {problem}", file=sys.stderr)
    return exits.USAGE


def make_place(data: Path) -> str:
    """Make the data directory and, in a new place, its key file; returns a problem, or an empty text.

    Never makes a key file beside a database: the database belongs to a key file that is missing.
    """
    from fairlead.foundation.vault.keys import KeyFileError, create_key_file  # noqa: PLC0415 - only servers need it

    key_file = Path(os.environ.get("FAIRLEAD_KEY_FILE") or data / "keys.json")
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.umask(0o077)
        if key_file.exists():
            return ""
        if (data / "fairlead.sqlite3").exists():
            return (
                f"{data} holds a database, but its key file {key_file} is not there. Put the key file back from its "
                "backup. Nothing was changed."
            )
        create_key_file(key_file)
    except (OSError, KeyFileError) as error:
        return f"{data} cannot be set up: {error}"
    return ""


def new_password() -> str:
    """Ask for a new password twice, or take FAIRLEAD_PASSWORD where there is no terminal. Raises CannotError."""
    from fairlead.site.operate import CannotError  # noqa: PLC0415

    given = os.environ.pop("FAIRLEAD_PASSWORD", "")
    password = given or getpass.getpass("Password (at least 12 characters): ")
    if not given and getpass.getpass("Once more: ") != password:
        raise CannotError("The two passwords differ. Nothing was changed; start again.")
    return password


def with_server(work: Callable[[], int]) -> int:
    """Bring the server up and do some work; whatever stops it is one sentence with its mend, never a traceback."""
    from fairlead.site.operate import CannotError, server  # noqa: PLC0415 - brings Django with it

    os.umask(0o077)  # whatever the server writes is its owner's alone
    try:
        with server():
            return work()
    except CannotError as cannot:
        return say_problem(str(cannot))
