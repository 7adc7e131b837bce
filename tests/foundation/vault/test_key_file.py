"""The key file: made once, read carefully, never overwritten."""

import base64
import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from fairlead.foundation.vault.keys import (
    FileKeyProvider,
    KeyFileError,
    add_key_version,
    create_key_file,
    load_keys,
    provider,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "keys.json"


def write(path, content, mode=0o400):
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    path.chmod(mode)


def names_in(folder):
    return [path.name for path in folder.iterdir()]


def good_content():
    return {
        "format": "fairlead.keys/1",
        "current": 1,
        "keys": {"1": base64.b64encode(bytes(32)).decode()},
        "index": base64.b64encode(bytes(32)).decode(),
        "sessions": base64.b64encode(bytes(48)).decode(),
    }


def test_a_new_key_file_is_for_its_owner_alone_and_reads_back(path):
    made = create_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert load_keys(path) == made
    assert (made.current, list(made.wrapping)) == (1, [1])
    assert [len(made.wrapping[1]), len(made.index), len(made.sessions)] == [32, 32, 48]
    assert names_in(path.parent) == ["keys.json"]


def test_two_key_files_share_nothing(tmp_path):
    one, two = create_key_file(tmp_path / "one"), create_key_file(tmp_path / "two")
    assert len({one.wrapping[1], one.index, two.wrapping[1], two.index}) == 4
    assert one.secret_key() != two.secret_key()
    assert len(one.secret_key()) >= 50


@pytest.mark.parametrize("there", ["{}", "", "something else"])
def test_what_is_already_there_is_never_overwritten(path, there):
    write(path, there)
    with pytest.raises(KeyFileError, match="left as it is"):
        create_key_file(path)
    assert path.read_text() == there
    assert names_in(path.parent) == ["keys.json"]


def test_of_many_that_make_the_file_at_once_one_wins_and_all_see_its_keys(path):
    def make(_):
        try:
            return create_key_file(path)
        except KeyFileError:
            return None

    with ThreadPoolExecutor(8) as pool:
        made = [keys for keys in pool.map(make, range(16)) if keys]
    assert made == [load_keys(path)]


def test_a_disk_that_fills_up_leaves_nothing_behind(path):
    path.parent.mkdir()
    script = (
        "import resource, sys; from pathlib import Path;"
        "from fairlead.foundation.vault.keys import KeyFileError, create_key_file;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))\n"
        "try: create_key_file(Path(sys.argv[1]))\n"
        "except KeyFileError as error: print(error.problem)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True, timeout=60
    )
    assert "could not be written (File too large)" in done.stdout
    assert names_in(path.parent) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyFileError, match="could not be written"):
        create_key_file(tmp_path / "file" / "keys.json")


def test_a_missing_file_is_told_with_its_mend(path):
    with pytest.raises(KeyFileError) as told:
        load_keys(path)
    assert told.value.problem == f"The key file {path} is not there."
    assert "FAIRLEAD_KEY_FILE" in told.value.mend
    assert str(told.value) == f"{told.value.problem} {told.value.mend}"


def test_something_that_is_no_file_is_told(tmp_path):
    tmp_path.chmod(0o700)
    with pytest.raises(KeyFileError, match="cannot be read"):
        load_keys(tmp_path)


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o420])
def test_a_file_others_may_touch_is_refused_with_the_command_that_mends_it(path, mode):
    write(path, good_content(), mode)
    with pytest.raises(KeyFileError) as told:
        load_keys(path)
    assert told.value.mend == f"Run: chmod 400 '{path}'"


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_a_file_of_its_owner_is_read(path, mode):
    write(path, good_content(), mode)
    assert load_keys(path).wrapping == {1: bytes(32)}


def without(name):
    return {key: value for key, value in good_content().items() if key != name}


SHORT = base64.b64encode(bytes(31)).decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"format": "fairlead.keys/1", "secret', "not JSON"),
        ("\x00\x01", "not JSON"),
        ([], "format"),
        (without("format"), "format"),
        ({**good_content(), "format": "fairlead.keys/2"}, "format"),
        (without("keys"), "versions"),
        ({**good_content(), "keys": {"one": SHORT}}, "versions"),
        ({**good_content(), "keys": {"1": SHORT}}, "key 1 is not 32 bytes"),
        ({**good_content(), "keys": {"1": "not base64!"}}, "key 1 is not 32 bytes"),
        ({**good_content(), "keys": {}}, "current version"),
        ({**good_content(), "current": 2}, "current version"),
        ({**good_content(), "current": True}, "current version"),
        (without("current"), "current version"),
        ({**good_content(), "index": SHORT}, "the index key is not 32 bytes"),
        ({**good_content(), "index": 7}, "the index key is not 32 bytes"),
        (without("sessions"), "the session key is not 48 bytes"),
    ],
)
def test_a_damaged_file_is_told_and_left_as_it_is(path, content, said):
    write(path, content)
    before = path.read_bytes()
    with pytest.raises(KeyFileError) as told:
        load_keys(path)
    assert said in told.value.problem
    assert "secret" not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__ or told.value.__context__ is None
    assert path.read_bytes() == before


def test_no_key_shows_in_a_repr(path):
    keys = create_key_file(path)
    shown = repr(keys)
    assert shown == "Keys(current=1)"
    assert keys.secret_key() not in shown


def test_a_new_version_becomes_current_and_the_older_keys_stay(path):
    first = create_key_file(path)
    second = add_key_version(path)
    assert second == load_keys(path)
    assert second.current == 2
    assert second.wrapping[1] == first.wrapping[1] != second.wrapping[2]
    assert (second.index, second.sessions) == (first.index, first.sessions)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert names_in(path.parent) == ["keys.json"]


def test_versions_added_at_once_are_all_kept(path):
    create_key_file(path)
    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(lambda _: add_key_version(path), range(8)))
    last = load_keys(path)
    assert last.current == 9
    for keys in seen:
        assert all(last.wrapping[version] == key for version, key in keys.wrapping.items())


def test_a_version_is_never_added_to_a_file_that_cannot_be_used(path):
    with pytest.raises(KeyFileError, match="could not be written"):
        add_key_version(path)
    write(path, "damaged")
    with pytest.raises(KeyFileError, match="damaged"):
        add_key_version(path)
    assert path.read_text() == "damaged"


def test_a_running_server_follows_the_file(path):
    follower = FileKeyProvider(path)
    with pytest.raises(KeyFileError, match="not there"):
        follower.keys()
    create_key_file(path)
    assert follower.keys() is follower.keys()
    add_key_version(path)
    assert follower.keys().current == 2


def test_the_setting_names_the_file(key_file):
    assert provider().keys() == load_keys(key_file)
