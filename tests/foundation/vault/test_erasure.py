"""Erasure: ledger, then key, then rows; at every point it can be gone on with."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from fairlead.foundation import clock
from fairlead.foundation.vault import erasure
from fairlead.foundation.vault.envelope import DataKeyGone, new_data_key, unwrap
from fairlead.foundation.vault.models import DataKey, ErasureLedger, ErasureStage

pytestmark = pytest.mark.django_db
CASE = uuid.uuid4()
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_an_erasure_goes_through_its_stages_and_remembers_its_day(key_file):
    key, _ = new_data_key()
    assert not erasure.is_erased(CASE)
    with clock.fixed(NOON):
        assert erasure.begin(CASE).stage == ErasureStage.BEGUN
    assert erasure.is_erased(CASE)
    assert unwrap(key.id)
    assert erasure.key_destroyed(CASE, key.id).stage == ErasureStage.KEY_DESTROYED
    with pytest.raises(DataKeyGone):
        unwrap(key.id)
    entry = erasure.finish(CASE)
    assert (entry.stage, entry.erased_at) == (ErasureStage.FINISHED, NOON)
    assert str(entry) == f"{CASE}: finished"


def test_every_stage_can_be_repeated(key_file):
    key, _ = new_data_key()
    with clock.fixed(NOON):
        first = erasure.begin(CASE)
    assert erasure.begin(CASE) == first
    assert erasure.begin(CASE).erased_at == NOON
    for step in (lambda: erasure.key_destroyed(CASE, key.id), lambda: erasure.finish(CASE)):
        assert step().stage == step().stage
    assert erasure.begin(CASE).stage == ErasureStage.FINISHED
    assert ErasureLedger.objects.count() == 1


def test_a_key_brought_back_by_a_backup_is_destroyed_again(key_file):
    key, _ = new_data_key()
    kept = DataKey.objects.get(pk=key.id)
    erasure.begin(CASE)
    erasure.key_destroyed(CASE, key.id)
    erasure.finish(CASE)
    kept.save(force_insert=True)
    assert erasure.key_destroyed(CASE, key.id).stage == ErasureStage.FINISHED
    with pytest.raises(DataKeyGone):
        unwrap(key.id)


def test_a_key_is_not_destroyed_before_the_ledger_knows(key_file):
    key, _ = new_data_key()
    with pytest.raises(erasure.ErasureOutOfOrder, match="begins in the ledger"):
        erasure.key_destroyed(CASE, key.id)
    assert unwrap(key.id)


def test_an_erasure_is_not_finished_while_its_key_is_there():
    with pytest.raises(erasure.ErasureOutOfOrder):
        erasure.finish(CASE)
    erasure.begin(CASE)
    with pytest.raises(erasure.ErasureOutOfOrder, match="key is destroyed before"):
        erasure.finish(CASE)


def test_what_was_not_finished_is_found_again_oldest_first(key_file):
    begun, halfway, finished = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    for age, subject in enumerate((begun, halfway, finished)):
        with clock.fixed(NOON - timedelta(days=age)):
            erasure.begin(subject)
    for subject in (halfway, finished):
        erasure.key_destroyed(subject, uuid.uuid4())
    erasure.finish(finished)
    assert [entry.subject for entry in erasure.unfinished()] == [halfway, begun]
