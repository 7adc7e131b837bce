"""`fairlead` with a clock that a test moves: the seconds in the file named by SHIFT_FILE are added to each look at it.

When somebody last showed that it is them is read from the machine's clock by the sign-in library, so it is moved along.
"""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from fairlead.cli import main
from fairlead.foundation import clock
from fairlead.site import server


def _shift() -> timedelta:
    return timedelta(seconds=float(Path(os.environ["SHIFT_FILE"]).read_text("utf-8") or 0))


def _move_the_clock() -> None:
    from fairlead.people import presence  # noqa: PLC0415 - needs the server's settings

    as_it_is, shown = clock.now, presence._last_shown_at

    def now() -> datetime:
        return as_it_is() + _shift()

    def shown_then(request: object) -> float:
        return shown(request) + _shift().total_seconds()

    clock.now, presence._last_shown_at = now, shown_then


if __name__ == "__main__":
    as_before = server.bring_up_to_date

    def and_move_it() -> None:
        as_before()
        _move_the_clock()

    server.bring_up_to_date = and_move_it
    sys.exit(main(sys.argv[1:]))
