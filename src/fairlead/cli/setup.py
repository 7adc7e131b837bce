"""What every command that needs the server's data begins with: Django brought up, or one clear sentence."""

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
    return exits.ERROR


def with_server(work: Callable[[], int]) -> int:
    """Bring Django up and do some work; whatever stops it is one sentence with its mend, never a traceback."""
    from django.db import DatabaseError  # noqa: PLC0415 - nothing of Django is imported before a command needs it
    from environs import EnvError  # noqa: PLC0415

    from fairlead.core.refusal import Refused  # noqa: PLC0415
    from fairlead.foundation.vault.keys import KeyFileError  # noqa: PLC0415

    try:
        from fairlead.site.server import set_up  # noqa: PLC0415

        set_up()
        return work()
    except Refused as refused:
        return say_problem(refused.reason)
    except (EnvError, KeyFileError, ValueError) as error:
        return say_problem(str(error))
    except DatabaseError as error:
        return say_problem(f"the database cannot be used: {error}. `fairlead doctor` says more.")
