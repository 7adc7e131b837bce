"""Sealed fields of a model."""

import uuid

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from fairlead.foundation.vault.envelope import Envelope, SealBroken
from fairlead.foundation.vault.fields import SealedField, bytes_from, read_from, seal_into

ENVELOPE = Envelope(uuid.uuid4(), bytes(32))


@pytest.fixture
def note():
    """The class of a model with two sealed fields, known to this test alone."""
    with isolate_apps("fairlead.foundation.vault"):

        class Note(models.Model):  # noqa: DJ008 -- never shown
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            text = SealedField(null=True)
            reply = SealedField(null=True)
            kind = models.CharField(max_length=9)

            class Meta:
                app_label = "vault"

        yield Note


def test_a_text_goes_in_sealed_and_comes_out_through_the_envelope(note):
    row = note()
    seal_into(ENVELOPE, row, text="private", reply="")
    assert isinstance(row.text, bytes)
    assert b"private" not in row.text
    assert read_from(ENVELOPE, row, "text") == "private"
    assert read_from(ENVELOPE, row, "reply") == ""


def test_a_file_comes_out_byte_for_byte(note):
    row = note()
    seal_into(ENVELOPE, row, text=b"\xff\x00\r\n")
    assert bytes_from(ENVELOPE, row, "text") == b"\xff\x00\r\n"
    assert bytes_from(ENVELOPE, row, "reply") == b""


def test_what_was_never_written_reads_as_empty(note):
    assert read_from(ENVELOPE, note(), "text") == ""


def test_an_emptied_column_is_not_taken_for_an_empty_text(note):
    with pytest.raises(SealBroken):
        read_from(ENVELOPE, note(text=b""), "text")


def test_a_text_belongs_to_its_row_and_its_field(note):
    row, other = note(), note()
    seal_into(ENVELOPE, row, text="private")
    row.reply, other.text = row.text, row.text
    for place, field in ((row, "reply"), (other, "text")):
        with pytest.raises(SealBroken):
            read_from(ENVELOPE, place, field)


def test_an_id_given_as_text_names_the_same_row(note):
    row = note(id=uuid.UUID(int=10))
    seal_into(ENVELOPE, row, text="private")
    row.id = str(row.id).upper()
    assert read_from(ENVELOPE, row, "text") == "private"


def test_a_field_in_the_clear_is_refused(note):
    with pytest.raises(TypeError, match=r"Note\.kind is not a sealed field"):
        seal_into(ENVELOPE, note(), kind="private")
    with pytest.raises(TypeError):
        read_from(ENVELOPE, note(), "kind")


def test_a_row_without_an_id_is_refused(note):
    with pytest.raises(ValueError, match="id before"):
        seal_into(ENVELOPE, note(id=None), text="private")


def test_sealed_fields_are_found_by_looking_at_the_model(note):
    assert [field.name for field in note._meta.fields if getattr(field, "sealed", False)] == ["text", "reply"]


def test_both_databases_give_bytes():
    field = SealedField(null=True)
    assert field.from_db_value(memoryview(b"sealed"), None, None) == b"sealed"
    assert field.from_db_value(None, None, None) is None


@pytest.mark.django_db
def test_a_stored_text_is_ciphertext_in_the_database(note):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE vault_note (id char(32) PRIMARY KEY, text BLOB, reply BLOB, kind text)")
    row = note(kind="first")
    seal_into(ENVELOPE, row, text="private")
    row.save()
    stored = note.objects.get()
    assert isinstance(stored.text, bytes)
    assert stored.reply is None
    assert read_from(ENVELOPE, stored, "text") == "private"
    with connection.cursor() as cursor:
        assert b"private" not in cursor.execute("SELECT text FROM vault_note").fetchone()[0]
