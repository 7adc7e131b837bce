"""Texts are sealed for one place with the case's own key."""

import pickle
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.foundation.vault.envelope import (
    DataKeyGone,
    Envelope,
    SealBroken,
    destroy,
    new_data_key,
    unwrap,
)
from fairlead.foundation.vault.models import DataKey

HERE = {"table": "cases.note", "row": "7", "field": "text"}
KEY = bytes(range(32))
ENVELOPE = Envelope(uuid.UUID(int=1), KEY)


@given(st.text())
def test_what_was_sealed_opens_again(text):
    assert ENVELOPE.open(ENVELOPE.seal(text, **HERE), **HERE) == text


@pytest.mark.parametrize("text", ["", "x", "é😀" * 250_000, "שלום \u202e abc", "\0"])
def test_empty_long_and_unusual_texts_open_again(text):
    sealed = ENVELOPE.seal(text, **HERE)
    assert ENVELOPE.open(sealed, **HERE) == text
    assert not text.strip("x\0") or text.encode() not in sealed


def test_half_a_surrogate_pair_is_replaced_and_never_raises_with_the_text():
    assert ENVELOPE.open(ENVELOPE.seal("before \ud800 after", **HERE), **HERE) == "before ? after"


def test_the_same_text_is_sealed_differently_each_time():
    assert len({ENVELOPE.seal("yes", **HERE) for _ in range(50)}) == 50


def test_short_answers_have_one_length():
    assert len({len(ENVELOPE.seal(text, **HERE)) for text in ("", "no", "yes", "not known", "a" * 60)}) == 1
    assert len(ENVELOPE.seal("a" * 61, **HERE)) > len(ENVELOPE.seal("a" * 60, **HERE))


@pytest.mark.parametrize(
    "elsewhere",
    [
        {**HERE, "table": "cases.reply"},
        {**HERE, "row": "8"},
        {**HERE, "field": "title"},
        {"table": "cases.note7", "row": "", "field": "text"},
    ],
)
def test_a_text_moved_elsewhere_does_not_open(elsewhere):
    with pytest.raises(SealBroken):
        ENVELOPE.open(ENVELOPE.seal("private", **HERE), **elsewhere)


def test_parts_of_a_place_cannot_run_into_one_another():
    sealed = ENVELOPE.seal("private", table='a","b', row="c", field="d")
    with pytest.raises(SealBroken):
        ENVELOPE.open(sealed, table="a", row='b","c', field="d")


def test_a_text_of_another_case_does_not_open_even_under_the_same_key():
    with pytest.raises(SealBroken):
        Envelope(uuid.UUID(int=2), KEY).open(ENVELOPE.seal("private", **HERE), **HERE)
    with pytest.raises(SealBroken):
        Envelope(uuid.UUID(int=1), bytes(32)).open(ENVELOPE.seal("private", **HERE), **HERE)


def test_every_single_changed_or_missing_byte_shows():
    sealed = ENVELOPE.seal("private", **HERE)
    for place in range(len(sealed)):
        with pytest.raises(SealBroken):
            ENVELOPE.open(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :], **HERE)
        with pytest.raises(SealBroken):
            ENVELOPE.open(sealed[:place], **HERE)


def test_a_broken_seal_says_nothing_of_the_text():
    with pytest.raises(SealBroken) as broken:
        ENVELOPE.open(b"\x01 written in the clear, and long enough to look like one of ours", **HERE)
    assert "clear" not in str(broken.value)


def test_an_envelope_shows_no_key_and_goes_nowhere():
    assert repr(ENVELOPE) == f"<Envelope {uuid.UUID(int=1)}>"
    assert not hasattr(ENVELOPE, "__dict__")
    with pytest.raises(TypeError, match="never written"):
        pickle.dumps(ENVELOPE)


@pytest.mark.django_db
def test_a_data_key_is_stored_wrapped_and_unwraps_to_the_same_envelope(key_file):
    row, made = new_data_key()
    assert made.data_key_id == row.id
    assert len(bytes(DataKey.objects.get().wrapped)) == 12 + 32 + 16
    assert unwrap(row.id).open(made.seal("private", **HERE), **HERE) == "private"
    assert str(row) == str(row.id)


@pytest.mark.django_db
def test_each_case_has_its_own_key(key_file):
    (_, one), (two, _) = new_data_key(), new_data_key()
    with pytest.raises(SealBroken):
        unwrap(two.id).open(one.seal("private", **HERE), **HERE)


@pytest.mark.django_db
def test_a_destroyed_key_is_gone_and_destroying_it_again_is_harmless(key_file):
    (row, _), (other, _) = new_data_key(), new_data_key()
    destroy(row.id)
    destroy(row.id)
    with pytest.raises(DataKeyGone):
        unwrap(row.id)
    assert unwrap(other.id)


@pytest.mark.django_db
@pytest.mark.parametrize("wrapped", [bytes(60), b"", b"short"])
def test_an_altered_data_key_does_not_unwrap(key_file, wrapped):
    row, _ = new_data_key()
    DataKey.objects.update(wrapped=wrapped)
    with pytest.raises(SealBroken, match="altered"):
        unwrap(row.id)


@pytest.mark.django_db
def test_a_wrapped_key_put_into_another_row_does_not_unwrap(key_file):
    (one, _), (two, _) = new_data_key(), new_data_key()
    DataKey.objects.filter(pk=two.id).update(wrapped=bytes(one.wrapped))
    with pytest.raises(SealBroken):
        unwrap(two.id)


@pytest.mark.django_db
def test_a_data_key_under_a_version_the_file_does_not_hold_is_told(key_file):
    row, _ = new_data_key()
    DataKey.objects.update(version=9)
    with pytest.raises(SealBroken, match="no key 9"):
        unwrap(row.id)
