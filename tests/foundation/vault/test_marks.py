import hashlib
import hmac
import uuid

from fairlead.foundation.vault.keys import add_key_version, create_key_file, load_keys
from fairlead.foundation.vault.marks import MARK_LENGTH, keyed_hash, mark

SOMEBODY = uuid.UUID("8c6f0f5e-4df1-4a58-9a12-6b9a36b4f8f1")


def test_a_mark_is_the_same_every_time_and_differs_between_people(key_file):
    assert mark(SOMEBODY) == mark(SOMEBODY)
    assert len({mark(uuid.uuid4()) for _ in range(100)}) == 100
    assert len(mark(SOMEBODY)) == MARK_LENGTH


def test_a_mark_is_a_keyed_hash_and_not_the_id(key_file):
    told = b"fairlead.mark/1\0participant\0" + SOMEBODY.bytes
    assert mark(SOMEBODY) == hmac.new(load_keys(key_file).index, told, hashlib.sha256).hexdigest()
    assert SOMEBODY.hex not in mark(SOMEBODY)


def test_rotation_leaves_marks_as_they_are(key_file):
    before = mark(SOMEBODY)
    add_key_version(key_file)
    assert mark(SOMEBODY) == before


def test_another_key_file_gives_other_marks(key_file, settings, tmp_path):
    here = mark(SOMEBODY)
    settings.FAIRLEAD_KEY_FILE = tmp_path / "other.json"
    create_key_file(settings.FAIRLEAD_KEY_FILE)
    assert mark(SOMEBODY) != here


def test_the_keyed_hash_of_a_content_depends_on_purpose_and_key(key_file, settings, tmp_path):
    here = keyed_hash("source", b"words")
    assert here == keyed_hash("source", b"words")
    assert len({here, keyed_hash("other", b"words"), keyed_hash("source", b"word")}) == 3
    assert here != hashlib.sha256(b"words").hexdigest()
    settings.FAIRLEAD_KEY_FILE = tmp_path / "other.json"
    create_key_file(settings.FAIRLEAD_KEY_FILE)
    assert keyed_hash("source", b"words") != here
