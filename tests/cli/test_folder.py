"""The folder is for one person's eyes, is never written over, and says what it could not do."""

import errno
import os
import stat

import pytest

from fairlead.cli.folder import FolderError, FolderTakenError, new_folder


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_only_its_owner_can_enter_the_folder_and_read_the_files():
    folder = new_folder("talk", None)
    folder.write("a.md", b"words")
    assert mode(folder.path) == 0o700
    assert mode(folder.path / "a.md") == 0o600
    assert folder.written == ["a.md"]


def test_a_second_folder_in_the_same_minute_gets_a_number():
    assert [str(new_folder("talk", None).path) for _ in range(3)] == ["talk", "talk-2", "talk-3"]


def test_a_hundred_folders_are_enough(monkeypatch):
    monkeypatch.setattr("fairlead.cli.folder._MOST", 1)
    new_folder("talk", None)
    with pytest.raises(FolderTakenError, match="--out"):
        new_folder("talk", None)


def test_a_wanted_folder_is_made_with_its_parents_and_closed_to_others(tmp_path):
    folder = new_folder("talk", tmp_path / "a" / "b")
    assert mode(folder.path) == 0o700


def test_an_empty_wanted_folder_is_used_and_a_full_one_is_not(tmp_path):
    wanted = tmp_path / "out"
    wanted.mkdir()
    new_folder("talk", wanted).write("a.md", b"words")
    with pytest.raises(FolderTakenError, match="writes over nothing"):
        new_folder("talk", wanted)
    assert (wanted / "a.md").read_bytes() == b"words"


def test_a_file_in_the_way_is_not_written_over(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(FolderTakenError):
        new_folder("talk", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_file_that_is_there_already_is_not_written_over():
    folder = new_folder("talk", None)
    folder.write("a.md", b"one")
    with pytest.raises(FolderError):
        folder.write("a.md", b"two")
    assert (folder.path / "a.md").read_bytes() == b"one"


def refusing(number):
    def refused(*_args, **_given):
        raise OSError(number, os.strerror(number))

    return refused


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "may not be written"),
        (errno.EIO, "could not be written"),
    ],
)
def test_what_stands_in_the_way_is_said_and_half_a_file_is_taken_away(monkeypatch, number, words):
    folder = new_folder("talk", None)
    monkeypatch.setattr("os.fsync", refusing(number))
    with pytest.raises(FolderError, match=words):
        folder.write("a.md", b"words")
    assert list(folder.path.iterdir()) == []


def test_a_place_where_nothing_can_be_made_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("pathlib.Path.mkdir", refusing(errno.EROFS))
    with pytest.raises(FolderError, match="may not be written"):
        new_folder("talk", None)
    with pytest.raises(FolderError, match="--out"):
        new_folder("talk", tmp_path / "out")


def test_stopping_in_the_middle_of_a_file_leaves_no_half_of_it(monkeypatch):
    folder = new_folder("talk", None)

    def stopped(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        folder.write("a.md", b"words")
    assert list(folder.path.iterdir()) == []
