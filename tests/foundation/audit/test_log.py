"""The one writer of the audit trail."""

import hashlib
import json
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction

from fairlead.foundation import clock
from fairlead.foundation.audit.chain import EMPTY, GENESIS, Head, entry_hash
from fairlead.foundation.audit.log import SYSTEM, append, append_now, head
from fairlead.foundation.audit.models import AppendOnly, AuditEntry, AuditHead
from fairlead.foundation.codes import NotACode

pytestmark = pytest.mark.django_db
CASE = uuid.UUID(int=42)
NOON = datetime(2026, 11, 22, 12, 0, 0, 5, tzinfo=UTC)
OPENED = {
    "actor": SYSTEM,
    "action": "case.open",
    "subject_type": "case",
    "subject": CASE,
    "outcome": "granted",
}


def test_an_entry_keeps_what_happened():
    with clock.fixed(NOON):
        append(**OPENED, reason="You are a participant.", detail={"step": 5, "field": "note", "to": CASE})
    entry = AuditEntry.objects.get()
    assert (entry.sequence, entry.at, entry.actor, entry.action) == (1, NOON, "system", "case.open")
    assert (entry.subject_type, entry.subject, entry.outcome) == ("case", str(CASE), "granted")
    assert entry.reason == "You are a participant."
    assert entry.detail == {"step": 5, "field": "note", "to": str(CASE)}
    assert str(entry) == "1: case.open"


def test_the_hash_is_sha_256_over_the_published_form():
    with clock.fixed(NOON):
        entry = append(**OPENED, detail={"b": 1, "a": None})
    written = (
        f'[1,"2026-11-22T12:00:00.000005+00:00","system","case.open","case","{CASE}","granted","",'
        f'{{"a":null,"b":1}},"{GENESIS}"]'
    )
    assert entry.hash == hashlib.sha256(written.encode()).hexdigest()


def test_the_hash_does_not_depend_on_how_a_moment_is_spelled():
    values = {**OPENED, "subject": "x", "sequence": 1, "reason": "", "detail": {}, "previous_hash": GENESIS}
    elsewhere = NOON.astimezone(timezone(timedelta(hours=-7)))
    assert entry_hash(**values, at=NOON) == entry_hash(**values, at=elsewhere)


def test_each_entry_points_at_the_one_before_and_the_head_at_the_last():
    assert head() == EMPTY == Head(0, GENESIS)
    first, second, third = (append(**OPENED) for _ in range(3))
    assert first.previous_hash == GENESIS
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert head() == Head(3, third.hash)
    assert str(AuditHead.objects.get()) == "3"


@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": "Maria Lopez"},
        {"action": "opened the case"},
        {"subject_type": "a" * 65},
        {"subject": "maria@example.org"},
        {"outcome": "allowed"},
        {"outcome": ""},
        {"reason": "x" * 201},
        {"detail": {"note": "She said that she was tired."}},
        {"detail": {"what she said": 1}},
    ],
)
def test_what_could_hold_words_is_refused_and_nothing_is_written(wrong):
    with pytest.raises(NotACode):
        append(**{**OPENED, **wrong})
    assert head() == EMPTY
    assert not AuditEntry.objects.exists()


def test_an_entry_stands_or_falls_with_its_transaction():
    append(**OPENED)
    kept = head()
    with transaction.atomic():
        append(**OPENED)
        transaction.set_rollback(True)
    assert head() == kept
    assert append(**OPENED).sequence == 2


def test_an_entry_is_never_changed_or_deleted():
    entry = append(**OPENED)
    stored = AuditEntry.objects.get()
    for attempt in (
        entry.save,
        stored.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(actor="x"),
    ):
        with pytest.raises(AppendOnly, match="only grows"):
            attempt()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry(sequence=1, at=NOON, detail={}).save()
    assert AuditEntry.objects.get().hash == entry.hash


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_auditentry SET actor = 'x'", "DELETE FROM audit_auditentry"]
)
def test_the_database_itself_refuses_to_change_an_entry(statement):
    append(**OPENED)
    with (
        pytest.raises(IntegrityError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_there_is_only_one_head():
    append(**OPENED)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditHead(id=2).save()


@pytest.mark.django_db(transaction=True)
def test_a_decision_of_access_is_on_record_whatever_comes_next():
    entry = append_now(**OPENED, reason="no_grant", detail={"step": 1})
    assert not connection.in_atomic_block
    assert AuditEntry.objects.get().hash == entry.hash
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        append_now(**OPENED)
    assert head().sequence == 1


@pytest.mark.django_db(transaction=True)
def test_an_emptied_test_database_is_guarded_again():
    assert head() == EMPTY  # the test before left one entry
    append_now(**OPENED)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditentry")


def test_canonical_json_has_one_form():
    values = {**OPENED, "subject": "x", "sequence": 1, "at": NOON, "reason": "é", "previous_hash": GENESIS}
    one = entry_hash(**values, detail={"a": 1, "b": 2})
    assert one == entry_hash(**values, detail=json.loads('{ "b": 2, "a": 1 }'))
    assert one != entry_hash(**values, detail={"a": 1, "b": "2"})
