"""What goes into the outbox, and what can be seen of it."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from fairlead.foundation import clock
from fairlead.foundation.codes import NotACode
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.queue import Standing, dead_letters, forget_done, put, revive, standing

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CASE = uuid.uuid4()


@pytest.fixture(autouse=True)
def at_noon():
    with clock.fixed(NOON):
        yield


def test_work_is_written_down_with_its_ids():
    row = put("case.opened", case=CASE, step=1)
    stored = OutboxRow.objects.get()
    assert stored == row
    assert (stored.kind, stored.payload) == ("case.opened", {"case": str(CASE), "step": 1})
    assert (stored.run_after, stored.attempts, stored.idempotency) == (NOON, 0, str(row.id))
    assert str(row) == f"case.opened {row.id}"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused():
    with pytest.raises(transaction.TransactionManagementError, match="inside the transaction"):
        put("case.opened")
    with transaction.atomic():
        put("case.opened")
    assert OutboxRow.objects.count() == 1


def test_it_is_undone_with_its_transaction():
    with transaction.atomic():
        put("case.opened", case=CASE)
        transaction.set_rollback(True)
    assert not OutboxRow.objects.exists()


@pytest.mark.parametrize(
    ("kind", "key", "ids"),
    [
        ("case.opened", None, {"note": "She said that she was tired."}),
        ("case.opened", None, {"mail": "maria@example.org"}),
        ("case.opened", None, {"note": "a" * 65}),
        ("case.opened", None, {"notes": ["a"]}),
        ("our talk", None, {}),
        ("case.opened", "two words", {}),
    ],
)
def test_private_text_has_no_way_out(kind, key, ids):
    with pytest.raises(NotACode):
        put(kind, key=key, **ids)
    assert not OutboxRow.objects.exists()


def test_work_under_a_known_key_is_written_once():
    first = put("mail.due", key="due:7", checkin=7)
    assert put("mail.due", key="due:7", checkin=7) == first
    assert put("mail.due", key="due:8", checkin=8) != first
    assert OutboxRow.objects.count() == 2
    assert first.idempotency == "due:7"


def test_work_without_a_key_is_written_each_time():
    assert put("mail.due") != put("mail.due")


def test_the_standing_counts_what_waits_and_how_long_the_oldest_due_one_has():
    assert standing() == Standing(waiting=0, overdue=timedelta(0), dead=0)
    put("a", run_after=NOON - timedelta(minutes=5))
    put("a", run_after=NOON - timedelta(minutes=1))
    put("a", run_after=NOON + timedelta(days=1))
    OutboxRow.objects.create(kind="a", run_after=NOON - timedelta(days=1), done_at=NOON)
    OutboxRow.objects.create(kind="a", run_after=NOON - timedelta(days=1), dead_at=NOON)
    assert standing() == Standing(waiting=3, overdue=timedelta(minutes=5), dead=1)


def test_dead_letters_are_seen_newest_first_and_can_be_revived():
    rows = [
        OutboxRow.objects.create(kind="a", run_after=NOON, dead_at=NOON - timedelta(days=age), attempts=14)
        for age in (2, 1)
    ]
    assert list(dead_letters()) == rows[::-1]
    assert revive(rows[0].id)
    assert not revive(rows[0].id)
    assert not revive(uuid.uuid4())
    rows[0].refresh_from_db()
    assert (rows[0].dead_at, rows[0].attempts) == (None, 0)
    assert list(dead_letters()) == rows[1:]


def test_done_work_is_forgotten_and_other_work_is_not():
    old = NOON - timedelta(days=30)
    OutboxRow.objects.create(kind="old", run_after=old, done_at=old)
    for kind, times in (("recent", {"done_at": NOON}), ("dead", {"dead_at": old}), ("waiting", {})):
        OutboxRow.objects.create(kind=kind, run_after=old, **times)
    assert forget_done(before=NOON - timedelta(days=7)) == 1
    assert set(OutboxRow.objects.values_list("kind", flat=True)) == {"recent", "dead", "waiting"}
