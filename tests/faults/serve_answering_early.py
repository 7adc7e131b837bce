"""A server with a planted fault: it says "saved" first and commits a moment later.

It stands in for `fairlead` in the drill that shows that the drill would notice. The save runs in a thread of its own
after a short pause, while the page is already told that its words are on disk.
"""

import sys
import threading
import time
from collections.abc import Callable

from fairlead.cli import main
from fairlead.foundation import clock

PAUSE = 0.5  # seconds between the answer and the commit


def plant() -> None:
    from fairlead.private.conversations import views  # noqa: PLC0415 - needs the server's settings
    from fairlead.private.conversations.services import Saved, text_save  # noqa: PLC0415
    from fairlead.sources.live import views as log_views  # noqa: PLC0415
    from fairlead.sources.live.services import line_add  # noqa: PLC0415

    def later(save: Callable[..., object], opened: object, **given: object) -> None:
        def run() -> None:
            time.sleep(PAUSE)
            save(opened, **given)

        threading.Thread(target=run, daemon=True).start()

    def save_later(opened: object, **given: object) -> Saved:
        later(text_save, opened, **given)
        return Saved(version=given["edit"], saved_at=clock.now(), others=())

    def add_later(opened: object, **given: object) -> bool:
        later(line_add, opened, **given)
        return True

    views.text_save = save_later
    log_views.line_add = add_later


if __name__ == "__main__":
    from fairlead.site import server

    as_it_is = server.bring_up_to_date

    def with_the_fault() -> None:
        as_it_is()
        plant()

    server.bring_up_to_date = with_the_fault
    sys.exit(main(sys.argv[1:]))
