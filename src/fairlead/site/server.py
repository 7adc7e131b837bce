"""Starting the server: everything that must be true first, then web pages and background work in one process."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import django
import waitress
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from fairlead.foundation import clock

logger = logging.getLogger(__name__)

UNFINISHED = "restore-unfinished"  # stands in the data directory while a restore is under way
DONE_WORK_IS_KEPT = timedelta(days=30)
LARGEST_REQUEST = 16 * 1024 * 1024
PROXY_HEADERS = {"x-forwarded-for", "x-forwarded-proto"}
LARGEST_ANSWER = 64 * 1024 * 1024
# What no page loads: the extensions of htmx import files that are not shipped, and its other editions are large.
UNUSED_STATIC = ["ext", "htmx-4*", "htmax*"]


def set_up() -> None:
    """Bring Django up with the project's settings.

    Raises `site.settings.SettingError`, `environs.EnvError` and `KeyFileError`, each with a sentence to show.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.site.settings")
    django.setup()


def bring_up_to_date(*, restoring: bool = False) -> None:
    """Migrate the database and make sure that the key file belongs to it.

    Raises KeyFileError, and ValueError where a restore was not finished: what was erased could stand there again.
    """
    if not restoring and (Path(settings.FAIRLEAD_DATA) / UNFINISHED).exists():
        raise ValueError(
            "A restore was not finished here, so nothing is served. Empty this place but for the key file and run "
            "`fairlead restore` again."
        )
    from fairlead.commons.improvements.services_reminders import reminders_begin  # noqa: PLC0415
    from fairlead.foundation.outbox.queue import forget_done  # noqa: PLC0415 - needs django.setup()
    from fairlead.foundation.vault.belonging import check_key_file  # noqa: PLC0415
    from fairlead.foundation.vault.models import KeyCheck  # noqa: PLC0415
    from fairlead.integrations.trackers.services import rounds_begin  # noqa: PLC0415
    from fairlead.people.models import Organisation  # noqa: PLC0415
    from fairlead.people.programs.services import forget_answers  # noqa: PLC0415
    from fairlead.private.checkins.jobs import look_at_clocks  # noqa: PLC0415
    from fairlead.site.erased_again import erase_what_came_back  # noqa: PLC0415
    from fairlead.site.searched import index_later  # noqa: PLC0415

    if KeyCheck._meta.db_table in connection.introspection.table_names():  # noqa: SLF001 - Django's documented way
        check_key_file()  # before anything else: a database of other keys is left exactly as it is
    call_command("migrate", verbosity=0, interactive=False)
    check_key_file()
    if not restoring:
        erase_what_came_back()  # a database file put back by hand meets the log as well
    call_command("clearsessions")
    index_later()
    if Organisation.objects.exists():
        look_at_clocks()
        reminders_begin()
        rounds_begin()
    forget_answers()
    forget_done(before=clock.now() - DONE_WORK_IS_KEPT)
    if _static_is_old():
        call_command(
            "collectstatic", verbosity=0, interactive=False, stdout=StringIO(), ignore_patterns=UNUSED_STATIC
        )


def _static_is_old() -> bool:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    made = manifest.stat().st_mtime
    return any(
        Path(storage.path(name)).stat().st_mtime > made
        for finder in get_finders()
        for name, storage in finder.list([])
    )


def _work(stop: threading.Event) -> None:
    from fairlead.foundation.outbox.worker import run_forever  # noqa: PLC0415 - needs django.setup()

    run_forever(stop, poll_seconds=1.0)


def work_alone(ready: Callable[[], None]) -> None:
    """Do the background work until interrupted or asked to end; work that is under way is finished first.

    `ready` is called once from when on asking it to end does that.
    """
    stop = threading.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: stop.set())
    ready()
    _work(stop)


def refuse_workers(count: int) -> None:
    """Raise ValueError for more worker processes than the database is made for."""
    if count > 1 and connection.vendor == "sqlite":
        raise ValueError(
            "SQLite takes one writer at a time, so several processes would only wait for one another. Use one, with "
            "FAIRLEAD_THREADS for more at once, or PostgreSQL (FAIRLEAD_DATABASE_URL)."
        )


def serve_many(*, host: str, port: int, workers: int, ready: Callable[[], None]) -> None:
    """Serve with worker processes, and do the background work beside them, until interrupted.

    A worker that dies is started again. Raises OSError when the port is taken.
    """
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))  # before any process is started, so that a taken port is one clear sentence
    connection.close()
    stop = threading.Event()
    worker = threading.Thread(target=_work, args=(stop,), name="background-work", daemon=True)
    server = Granian(
        "fairlead.site.wsgi:behind_a_proxy",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=settings.FAIRLEAD_THREADS,
        log_access=False,  # an address of the private side says that there is one
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
    )
    server.on_startup(worker.start)
    server.on_startup(ready)
    try:
        server.serve()
    finally:
        stop.set()
        if worker.is_alive():
            worker.join(timeout=10)


def serve(*, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve pages and do the background work until interrupted; `ready` is called once the port is open.

    Raises OSError when the port is taken.
    """
    from fairlead.site.wsgi import application  # noqa: PLC0415 - needs the settings

    stop = threading.Event()
    server = waitress.create_server(
        application,
        host=host,
        port=port,
        threads=settings.FAIRLEAD_THREADS,
        ident=None,
        # What a proxy says of the person behind it counts only from the proxy we know.
        **(
            {"trusted_proxy": settings.FAIRLEAD_PROXY, "trusted_proxy_headers": PROXY_HEADERS}
            if settings.FAIRLEAD_PROXY
            else {}
        ),
        max_request_body_size=LARGEST_REQUEST,
        # Beyond these sizes waitress writes to temporary files; what people write is never on disk unsealed.
        inbuf_overflow=LARGEST_REQUEST + 1,
        outbuf_overflow=LARGEST_ANSWER,
    )
    worker = threading.Thread(target=_work, args=(stop,), name="background-work", daemon=True)
    worker.start()
    ready()
    try:
        server.run()
    finally:
        stop.set()
        server.close()
        worker.join(timeout=10)
