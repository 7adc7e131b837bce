"""Doing the work in the outbox.

A worker first leases a row (committed), then does it. When it is killed, the lease runs out and another
worker takes the row. A handler inside the database runs in one transaction with its acknowledgement: both
happen, or neither. An effect outside (a mail, a message) cannot be taken back, so it runs without holding a
transaction open, is acknowledged afterwards, and may in a crash happen twice: it passes `row.idempotency` on.
"""

import logging
import random
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q

from fairlead.core.backoff import delay
from fairlead.foundation import clock
from fairlead.foundation.outbox.models import OutboxRow

Handler = Callable[[OutboxRow], None]

LEASE = timedelta(minutes=2)  # longer than any handler may take; the mail settings time out after 20 seconds
MAX_ATTEMPTS = 14  # with core.backoff about twenty hours, so that a night without mail loses nothing
KILLED = "WorkerKilled"  # the last error of work whose every attempt ended with its worker

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Registered:
    handler: Handler
    outside: bool


_handlers: dict[str, _Registered] = {}


class UnknownKind(LookupError):  # noqa: N818 -- its name is stored as the work's last error
    """Work of a kind that no handler is registered for, perhaps written by a newer version."""


def register(kind: str) -> Callable[[Handler], Handler]:
    """Register a handler whose whole effect is inside the database.

    It runs in one transaction with its acknowledgement. Raises ValueError for a kind that has a handler
    already.
    """
    return _registrar(kind, outside=False)


def register_outside(kind: str) -> Callable[[Handler], Handler]:
    """Register a handler with an effect outside the database.

    It runs at least once, with no transaction open; it reads and writes in short transactions of its own and
    hands `row.idempotency` to the receiver. Raises ValueError for a kind that has a handler already.
    """
    return _registrar(kind, outside=True)


def _registrar(kind: str, *, outside: bool) -> Callable[[Handler], Handler]:
    def registrar(handler: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"{kind} has a handler already.")
        _handlers[kind] = _Registered(handler, outside)
        return handler

    return registrar


def work_once(limit: int = 100, *, lease: timedelta = LEASE) -> int:
    """Take up to `limit` due rows, one after the other, and do them; returns how many were taken.

    A failing handler is not raised: its row waits for the next attempt and, after the last, lies visible
    among the dead letters. Raises DatabaseError when the database itself fails.
    """
    for taken in range(limit):
        row = _lease_one(lease)
        if row is None:
            return taken
        _do(row)
    return limit


def run_forever(stop: threading.Event, poll_seconds: float = 1.0) -> None:
    """Do work as it falls due until `stop` is set; look again every `poll_seconds` when there is none.

    Nothing ends it but `stop`: a database that is away is tried again.
    """
    while not stop.is_set():
        try:
            idle = work_once(limit=1) == 0
        except Exception as error:  # noqa: BLE001 -- a worker that dies of one bad moment would leave everything undone
            _log.warning("The outbox could not be read (%s); it is tried again.", type(error).__name__)
            connection.close()
            idle = True
        if idle:
            stop.wait(poll_seconds)
    connection.close()


def _lease_one(lease: timedelta) -> OutboxRow | None:
    now = clock.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    with transaction.atomic():
        due = OutboxRow.objects.filter(free, done_at__isnull=True, dead_at__isnull=True, run_after__lte=now)
        row = due.order_by("run_after").select_for_update(skip_locked=True).first()
        if row is not None:
            row.attempts += 1
            row.leased_until = now + lease
            row.lease_token = uuid.uuid4()
            row.save(update_fields=["attempts", "leased_until", "lease_token"])
    return row


def _do(row: OutboxRow) -> None:
    if row.attempts > MAX_ATTEMPTS:
        # Work that kills its worker never reports a failure; its attempts are counted when it is leased.
        _give_back(row, KILLED)
        return
    try:
        registered = _registered(row.kind)
        if registered.outside:
            registered.handler(row)
            _acknowledge(row)
        else:
            with transaction.atomic():
                # First the acknowledgement, which fails when the lease was lost; both are undone together.
                if _acknowledge(row):
                    registered.handler(row)
    except Exception as error:  # noqa: BLE001 -- whatever a handler raises, the row waits for its next attempt
        # Only the name: the text of an error may hold what a handler has read.
        name = type(error).__name__
        _log.warning("Work %s (%s) failed at attempt %d: %s", row.id, row.kind, row.attempts, name)
        _give_back(row, name)


def _registered(kind: str) -> _Registered:
    if kind not in _handlers:
        raise UnknownKind
    return _handlers[kind]


def _acknowledge(row: OutboxRow) -> bool:
    """Mark the row as done if its lease is still this one's; returns whether it was."""
    held = OutboxRow.objects.filter(pk=row.pk, lease_token=row.lease_token, done_at__isnull=True)
    return bool(held.update(done_at=clock.now(), leased_until=None, lease_token=None, last_error=""))


def _give_back(row: OutboxRow, error: str) -> None:
    now = clock.now()
    last = row.attempts >= MAX_ATTEMPTS
    OutboxRow.objects.filter(pk=row.pk, lease_token=row.lease_token).update(
        leased_until=None,
        lease_token=None,
        last_error=error[:200],
        run_after=now + delay(row.attempts, random.random()),  # noqa: S311 -- spreads attempts, hides nothing
        dead_at=now if last else None,
    )
