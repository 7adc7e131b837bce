"""A key file belongs to one database, and the wrong one changes nothing."""

import json

import pytest

from fairlead.foundation.vault.belonging import check_key_file
from fairlead.foundation.vault.envelope import new_data_key, unwrap
from fairlead.foundation.vault.keys import KeyFileError, add_key_version, create_key_file
from fairlead.foundation.vault.models import DataKey, KeyCheck

pytestmark = pytest.mark.django_db


def everything_stored():
    checks = {check.name: bytes(check.sealed) for check in KeyCheck.objects.all()}
    return checks, {key.id: (bytes(key.wrapped), key.version) for key in DataKey.objects.all()}


def replace(key_file, **changed):
    content = {**json.loads(key_file.read_text()), **changed}
    key_file.chmod(0o600)
    key_file.write_text(json.dumps(content))
    return key_file.read_bytes()


def other_keys(tmp_path):
    create_key_file(tmp_path / "other.json")
    return json.loads((tmp_path / "other.json").read_text())


def test_the_first_meeting_is_recorded_and_the_next_ones_change_nothing(key_file):
    check_key_file()
    recorded = everything_stored()
    assert set(recorded[0]) == {"index", "1"}
    assert str(KeyCheck.objects.get(pk="index")) == "index"
    check_key_file()
    assert everything_stored() == recorded


@pytest.mark.parametrize("part", ["keys", "index"])
def test_a_wrong_key_is_told_and_nothing_is_overwritten(key_file, tmp_path, part):
    check_key_file()
    new_data_key()
    database = everything_stored()
    content = replace(key_file, **{part: other_keys(tmp_path)[part]})
    with pytest.raises(KeyFileError) as told:
        check_key_file()
    assert told.value.problem.startswith("The key file does not belong to this database")
    assert "Nothing was changed" in told.value.mend
    assert everything_stored() == database
    assert key_file.read_bytes() == content


def test_a_wrong_file_is_told_even_before_the_first_case(key_file, settings, tmp_path):
    check_key_file()
    settings.FAIRLEAD_KEY_FILE = tmp_path / "other.json"
    create_key_file(settings.FAIRLEAD_KEY_FILE)
    with pytest.raises(KeyFileError, match="sealed with other keys"):
        check_key_file()


def test_a_version_added_since_is_recorded_once(key_file):
    check_key_file()
    add_key_version(key_file)
    check_key_file()
    recorded = everything_stored()
    assert set(recorded[0]) == {"index", "1", "2"}
    check_key_file()
    assert everything_stored() == recorded


def test_an_older_key_file_than_the_database_needs_is_told(key_file):
    before = json.loads(key_file.read_text())
    add_key_version(key_file)
    check_key_file()
    replace(key_file, **before)
    with pytest.raises(KeyFileError, match="other keys"):
        check_key_file()


def test_an_altered_record_is_not_taken_for_the_right_file(key_file):
    check_key_file()
    KeyCheck.objects.filter(pk="1").update(sealed=b"short")
    with pytest.raises(KeyFileError):
        check_key_file()


def test_sealed_cases_without_a_record_are_never_claimed_by_whatever_file_is_there(key_file):
    row, _ = new_data_key()
    with pytest.raises(KeyFileError, match="no record"):
        check_key_file()
    assert not KeyCheck.objects.exists()
    assert unwrap(row.id)


def test_a_missing_file_is_told_by_the_check_too(settings, tmp_path):
    settings.FAIRLEAD_KEY_FILE = tmp_path / "none.json"
    with pytest.raises(KeyFileError, match="not there"):
        check_key_file()
    assert not KeyCheck.objects.exists()
    assert not settings.FAIRLEAD_KEY_FILE.exists()
