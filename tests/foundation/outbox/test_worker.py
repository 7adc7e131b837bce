"""How the work in the outbox is done."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from fairlead.foundation import clock
from fairlead.foundation.outbox import worker
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.queue import dead_letters, put, revive
from fairlead.foundation.outbox.worker import (
    LEASE,
    MAX_ATTEMPTS,
    register,
    register_outside,
    run_forever,
    work_once,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with clock.fixed(NOON):
        yield


@pytest.fixture(autouse=True)
def no_handlers(monkeypatch):
    monkeypatch.setattr(worker, "_handlers", {})


@pytest.fixture
def done():
    """The numbers of the work that the handler of kind "note" has done, in order."""
    numbers = []
    register("note")(lambda row: numbers.append(row.payload["number"]))
    return numbers


def later(minutes=0.0, **more):
    return clock.fixed(NOON + timedelta(minutes=minutes, **more))


def test_due_work_is_done_once_and_in_order(done):
    for number, minutes in ((1, -1), (2, -3), (3, -2)):
        put("note", run_after=NOON + timedelta(minutes=minutes), number=number)
    assert work_once() == 3
    assert done == [2, 3, 1]
    assert work_once() == 0
    row = OutboxRow.objects.first()
    assert (row.done_at, row.attempts, row.leased_until, row.lease_token) == (NOON, 1, None, None)


def test_no_more_is_taken_than_the_limit(done):
    for number in range(5):
        put("note", number=number)
    assert work_once(limit=2) == 2
    assert len(done) == 2


def test_work_waits_for_its_time(done):
    put("note", run_after=NOON + timedelta(minutes=10), number=1)
    assert work_once() == 0
    with later(10):
        assert work_once() == 1


def test_a_failure_undoes_what_the_handler_wrote_and_is_tried_again_later(caplog):
    attempts = []

    @register("note")
    def handler(row):
        put("written.by.handler")
        attempts.append(row.attempts)
        if len(attempts) == 1:
            raise ValueError("the engineer said something private")

    @register("written.by.handler")
    def nothing(row):
        pass

    row = put("note")
    with caplog.at_level(logging.WARNING):
        assert work_once() == 1
    assert list(OutboxRow.objects.all()) == [row]
    row.refresh_from_db()
    assert (row.last_error, row.done_at, row.leased_until) == ("ValueError", None, None)
    assert NOON + timedelta(seconds=7) < row.run_after <= NOON + timedelta(seconds=15)
    assert "private" not in caplog.text
    assert "ValueError" in caplog.text
    assert work_once() == 0
    with later(1):
        assert work_once() == 2
    row.refresh_from_db()
    assert (attempts, row.last_error, OutboxRow.objects.filter(done_at=None).count()) == ([1, 2], "", 0)


def test_one_failing_piece_does_not_hold_up_the_others(done):
    @register("bad")
    def handler(row):
        raise RuntimeError

    put("bad")
    put("note", number=1)
    assert work_once() == 2
    assert done == [1]


def test_after_its_last_attempt_work_lies_among_the_dead_letters():
    @register("bad")
    def handler(row):
        raise RuntimeError

    row = put("bad")
    moment, tried = NOON, 0
    for _ in range(MAX_ATTEMPTS + 5):
        moment += timedelta(hours=7)
        with clock.fixed(moment):
            tried += work_once()
    assert tried == MAX_ATTEMPTS
    dead = dead_letters().get()
    assert (dead, dead.last_error, dead.attempts) == (row, "RuntimeError", MAX_ATTEMPTS)
    assert revive(row.id)
    assert work_once() == 1


def test_work_of_an_unknown_kind_waits_for_a_version_that_knows_it(done):
    row = put("from.a.newer.version")
    assert work_once() == 1
    row.refresh_from_db()
    assert (row.last_error, row.dead_at) == ("UnknownKind", None)


def test_leased_work_is_left_alone_until_the_lease_runs_out(done):
    put("note", number=1)
    assert worker._lease_one(LEASE)  # a worker that is killed right after taking it
    with later(seconds=LEASE.total_seconds() - 1):
        assert work_once() == 0
    with later(seconds=LEASE.total_seconds()):
        assert work_once() == 1
    assert done == [1]


def test_a_worker_that_lost_its_lease_does_nothing_more(done):
    put("note", number=1)
    slow = worker._lease_one(LEASE)
    with later(5):
        assert work_once() == 1
        worker._do(slow)
    assert done == [1]


def test_work_that_another_worker_now_holds_is_left_to_that_one(done):
    put("note", number=1)
    slow = worker._lease_one(LEASE)
    with later(5):
        held = worker._lease_one(LEASE)
        worker._do(slow)
        assert done == []
        worker._do(held)
    assert done == [1]


def test_a_late_failure_of_a_worker_that_lost_its_lease_changes_nothing():
    @register("bad")
    def handler(row):
        raise RuntimeError

    put("bad")
    slow = worker._lease_one(LEASE)
    with later(5):
        held = worker._lease_one(LEASE)
        worker._do(slow)
    row = OutboxRow.objects.get()
    assert (row.lease_token, row.attempts, row.last_error) == (held.lease_token, 2, "")


def test_work_that_kills_each_of_its_workers_is_given_up(done):
    put("note", number=1)
    moment = NOON
    for _ in range(MAX_ATTEMPTS):
        with clock.fixed(moment):
            assert worker._lease_one(LEASE)
        moment += LEASE
    with clock.fixed(moment):
        assert work_once() == 1
        assert work_once() == 0
    assert done == []
    assert dead_letters().get().last_error == "WorkerKilled"


@pytest.mark.django_db(transaction=True)
def test_an_effect_outside_runs_without_a_transaction_and_is_acknowledged_afterwards():
    seen = []

    @register_outside("mail")
    def handler(row):
        seen.append((connection.in_atomic_block, OutboxRow.objects.get().done_at, row.idempotency))

    row = OutboxRow.objects.create(kind="mail", run_after=NOON, idempotency_key="due:7")
    assert work_once() == 1
    assert seen == [(False, None, "due:7")]
    row.refresh_from_db()
    assert row.done_at == NOON


def test_an_effect_inside_shares_the_transaction_of_its_acknowledgement():
    seen = []

    @register("note")
    def handler(row):
        seen.append((connection.in_atomic_block, OutboxRow.objects.get().done_at))

    put("note")
    work_once()
    assert seen == [(True, NOON)]


def test_a_failing_effect_outside_is_tried_again_under_the_same_name():
    names = []

    @register_outside("mail")
    def handler(row):
        names.append(row.idempotency)
        if len(names) == 1:
            raise ConnectionError

    put("mail")
    work_once()
    with later(1):
        work_once()
    assert len(names) == 2
    assert len(set(names)) == 1
    assert OutboxRow.objects.get().done_at


def test_a_kind_has_one_handler(done):
    with pytest.raises(ValueError, match="note has a handler already"):
        register("note")(print)
    with pytest.raises(ValueError, match="already"):
        register_outside("note")(print)


def test_a_handler_stays_callable_by_its_name():
    @register("note")
    def handler(row):
        return "done"

    assert handler(None) == "done"


class FakeConnection:
    """A connection that is only ever closed."""

    def __init__(self):
        self.closed = 0

    def close(self):
        self.closed += 1


def test_the_worker_goes_on_until_it_is_stopped(monkeypatch):
    monkeypatch.setattr(worker, "connection", FakeConnection())
    stop, numbers = threading.Event(), []

    @register("note")
    def handler(row):
        numbers.append(row.payload["number"])
        if len(numbers) == 2:
            stop.set()

    for number in range(3):
        put("note", run_after=NOON - timedelta(minutes=9 - number), number=number)
    run_forever(stop, poll_seconds=0.01)
    assert numbers == [0, 1]
    assert worker.connection.closed == 1


def test_a_database_that_is_away_does_not_end_the_worker(monkeypatch, caplog):
    monkeypatch.setattr(worker, "connection", FakeConnection())
    stop, calls = threading.Event(), []

    def away_at_first(limit):
        calls.append(limit)
        if len(calls) < 3:
            raise DatabaseError("host=private")
        stop.set()
        return 0

    monkeypatch.setattr(worker, "work_once", away_at_first)
    run_forever(stop, poll_seconds=0.01)
    assert len(calls) == 3
    assert worker.connection.closed == 3
    assert "DatabaseError" in caplog.text
    assert "private" not in caplog.text
