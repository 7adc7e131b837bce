"""`fairlead lint --fix`: what is safe is done, all of it or none, and nothing else in the file changes."""

import json
import os
from pathlib import Path

import pytest

from fairlead.cli import lint as command
from fairlead.cli import main

BEFORE = (
    "His laptop was old. “His words”, and `his = 1`.\n\n"
    "```\nhis code\n```\n\n> his letter\n\nHe ran it himself today.\n"
)


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def fixed(capsys, name="a.md", *more):
    code = main(["lint", "--fix", "--format", "json", name, *more])
    shown = capsys.readouterr()
    return (
        code,
        [(one["rule"], one["line"], one["column"]) for one in json.loads(shown.out or "[]")],
        shown.err,
    )


def files_of(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != ".git")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_only_the_words_change_and_a_second_run_changes_nothing(mark, end, tmp_path, capsys):
    path = tmp_path / "a.md"
    path.write_bytes(mark + BEFORE.encode().replace(b"\n", end))
    path.chmod(0o640)
    fixed(capsys)
    once = path.read_bytes()
    expected = BEFORE.replace("His laptop", "Their laptop").replace("himself", "themself")
    assert once == mark + expected.encode().replace(b"\n", end)
    assert path.stat().st_mode & 0o777 == 0o640
    before = path.stat().st_mtime_ns, path.stat().st_ino
    fixed(capsys)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert files_of(tmp_path) == ["a.md"]


def test_what_is_left_is_told_at_its_new_place(tmp_path, capsys):
    (tmp_path / "a.md").write_text("His laptop was old and he ran it.\n")
    _, left, _ = fixed(capsys)
    text = (tmp_path / "a.md").read_text()
    assert [(rule, text[column - 1 : column + 1]) for rule, _, column in left] == [("FL404", "he")]


def test_a_file_that_changed_meanwhile_is_left_alone_and_said(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.md").write_text("His laptop was old.\n")
    (tmp_path / "b.md").write_text("His screen was old.\n")
    real = command.lint

    def slow(text, *how):
        if "laptop" in text:
            (tmp_path / "a.md").write_text("Somebody saved this meanwhile. His laptop.\n")
        return real(text, *how)

    monkeypatch.setattr(command, "lint", slow)
    code, _, said = fixed(capsys, "a.md", "b.md")
    assert code == 2
    assert "a.md: it changed while we looked, so nothing in it was changed" in said
    assert (tmp_path / "a.md").read_text() == "Somebody saved this meanwhile. His laptop.\n"
    assert (tmp_path / "b.md").read_text() == "Their screen was old.\n"
    assert files_of(tmp_path) == ["a.md", "b.md"]


@pytest.mark.parametrize("content", [b"His caf\xe9 was old.", "His laptop.".encode("utf-16")])
def test_what_is_not_utf8_is_not_written_and_said(content, tmp_path, capsys):
    (tmp_path / "a.md").write_bytes(content)
    code, left, said = fixed(capsys)
    assert (code, len(left)) == (2, 1)
    assert "it is not UTF-8 throughout, so nothing in it was changed" in said
    assert (tmp_path / "a.md").read_bytes() == content


def test_a_disk_that_refuses_leaves_the_file_as_it_was(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.md").write_text("His laptop was old.\n")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, _, said = fixed(capsys)
    assert code == 2
    assert "could not be written (No space left on device)" in said
    assert (tmp_path / "a.md").read_text() == "His laptop was old.\n"
    assert files_of(tmp_path) == ["a.md"]


def test_behind_a_link_the_file_is_changed_and_the_link_stays(tmp_path, capsys):
    (tmp_path / "a.md").write_text("His laptop was old.\n")
    (tmp_path / "link.md").symlink_to("a.md")
    fixed(capsys, "link.md")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "a.md").read_text() == "Their laptop was old.\n"


def test_in_a_diff_only_changed_lines_are_fixed(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.md").write_text("His laptop.\n\nHis screen.\n")
    monkeypatch.setattr(command, "_changed", lambda _args: {"a.md": {3}})
    fixed(capsys, "a.md", "--diff")
    assert Path("a.md").read_text() == "His laptop.\n\nTheir screen.\n"
