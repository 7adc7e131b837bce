"""Whatever `fairlead lint` is given, it answers: a clear sentence for each file, the others read, the right code."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from fairlead.cli import main

BLAME = "The operator failed to check it.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "good.md").write_text(BLAME)


def linted(capsys, *arguments):
    """The exit code, the rules found in each file, and what was said about the rest."""
    code = main(["lint", "--format", "json", *arguments])
    shown = capsys.readouterr()
    assert shown.out, shown.err
    return code, [(one["path"], one["rule"]) for one in json.loads(shown.out)], shown.err


GOOD = [("good.md", "FL101")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x7fELF\x00\x01", "it is not text"),
        (b"x" * (50 << 20), "it is larger than 16 MB, which no review is"),
    ],
)
def test_a_file_that_is_no_review_is_said_and_the_others_are_read(content, said, tmp_path, capsys):
    (tmp_path / "bad.md").write_bytes(content)
    assert linted(capsys, "bad.md", "good.md") == (2, GOOD, f"fairlead lint: bad.md: {said}\n")


def test_one_line_of_ten_megabytes_is_read(tmp_path, capsys):
    (tmp_path / "a.md").write_text("the change went out and nobody saw it. " * 270_000 + BLAME)
    code, found, said = linted(capsys, "a.md")
    assert (code, found, said) == (0, [("a.md", "FL101")], "")


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        (b"caf\xe9 \xff\xfe. " + BLAME.encode(), ["FL101"]),
        (b"a\r\n\r\n" + BLAME.encode().replace(b"\n", b"\r\n"), ["FL101"]),
        (b"\xef\xbb\xbf" + BLAME.encode(), ["FL101"]),
        (b"> > > > " + BLAME.encode() + b"\nafter.\n\n" + BLAME.encode(), ["FL101"]),
        (b"````\n```\n" + BLAME.encode() + b"```\n````\n\n" + BLAME.encode(), ["FL101"]),
        (b"- ```\n  " + BLAME.encode() + b"  ```\n- " + BLAME.encode(), ["FL101"]),
        (BLAME.encode() + b"\n<!-- never closed\n\n" + BLAME.encode(), ["FL101"]),
        (BLAME.encode() + b"\n```\nnever closed\n" + BLAME.encode(), ["FL101"]),
        (b">" * 5_000 + b"\n" + b"[" * 5_000 + b"\n\n" + BLAME.encode(), ["FL101"]),
    ],
)  # fmt: skip
def test_broken_markdown_hides_no_more_than_it_covers(content, rules, tmp_path, capsys):
    (tmp_path / "a.md").write_bytes(content)
    code, found, said = linted(capsys, "a.md")
    assert (code, [rule for _, rule in found], said) == (0, rules, "")


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)*c", "(.*)*x"])
def test_a_pattern_that_would_take_for_ever_takes_no_longer_than_others(pattern, tmp_path, capsys):
    (tmp_path / "fairlead.toml").write_text(
        f"[[lint.rules]]\nid = 'ACME1'\npattern = '{pattern}'\nmessage = 'No'\n"
    )
    (tmp_path / "a.md").write_text("a" * 200_000)
    assert linted(capsys, "a.md") == (0, [], "")


@pytest.mark.parametrize("pattern", [r"(a)\1", "(?=a)", "a{9999}"])
def test_a_pattern_that_is_not_understood_is_said(pattern, tmp_path, capsys):
    (tmp_path / "fairlead.toml").write_text(
        f"[[lint.rules]]\nid = 'ACME1'\npattern = '{pattern}'\nmessage = 'No'\n"
    )
    assert main(["lint", "good.md"]) == 2
    assert "ACME1" in (said := capsys.readouterr().err) or "pattern" in said


def test_people_who_are_called_like_words_are_found_where_they_are_people(tmp_path, capsys):
    (tmp_path / "people.txt").write_text("Will\nMark\nGrace\nWill Turner\n")
    (tmp_path / "words.md").write_text(
        "Will the alert fire? It will. Mark the line, and mark it twice. A grace period of 5 minutes.\n"
    )
    (tmp_path / "people.md").write_text("At 14:40 Will Turner shut the port.\n")
    code, found, _ = linted(capsys, "words.md", "people.md", "--roster", "people.txt")
    assert (code, found) == (1, [("people.md", "FL401")])


@pytest.mark.parametrize("given", ["empty", "empty/deeper"])
def test_an_empty_folder_is_said_and_is_no_failure(given, tmp_path, capsys):
    (tmp_path / "empty/deeper").mkdir(parents=True)
    code, found, said = linted(capsys, given)
    assert (code, found) == (0, [])
    assert said.startswith("fairlead lint: nothing to read. In folders: .adoc, .markdown")


def test_a_file_that_vanishes_is_said(tmp_path, monkeypatch, capsys):
    (tmp_path / "d").mkdir()
    (tmp_path / "d/a.md").write_text(BLAME)
    (tmp_path / "d/b.md").write_text(BLAME)
    real = os.stat

    def gone(path, **how):
        if str(path).endswith("a.md"):
            (tmp_path / "d/a.md").unlink(missing_ok=True)
        return real(path, **how)

    monkeypatch.setattr("fairlead.cli.lint_files.os.stat", gone)
    code, found, said = linted(capsys, "d")
    assert (code, found) == (2, [("d/b.md", "FL101")])
    assert said == "fairlead lint: d/a.md: there is no such file, or it went away while we looked\n"


@pytest.fixture
def nobody():
    """Have the rights of nobody, should the tests run as root."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_file_and_a_folder_one_may_not_read_are_said(tmp_path, capsys, request):
    linted(capsys, "good.md")  # all that is imported at first use is
    (tmp_path / "d/shut").mkdir(parents=True)
    (tmp_path / "d/shut/a.md").write_text(BLAME)
    (tmp_path / "d/b.md").write_text(BLAME)
    (tmp_path / "d/b.md").chmod(0)
    (tmp_path / "d/shut").chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if os.geteuid() == 0:
            folder.chmod(folder.stat().st_mode | 0o055)
    request.getfixturevalue("nobody")
    code, found, said = linted(capsys, "d", "good.md")
    assert (code, found) == (2, GOOD)
    assert sorted(said.splitlines()) == [
        "fairlead lint: d/b.md: you are not allowed to read it",
        "fairlead lint: d/shut: you are not allowed to read it",
    ]


def test_links_in_a_circle_are_not_followed_and_one_that_is_given_is_said(tmp_path, capsys):
    (tmp_path / "d/e").mkdir(parents=True)
    (tmp_path / "d/a.md").write_text(BLAME)
    (tmp_path / "d/e/up").symlink_to(tmp_path / "d")
    (tmp_path / "d/me.md").symlink_to("me.md")
    assert linted(capsys, "d") == (0, [("d/a.md", "FL101")], "")
    code, _, said = linted(capsys, "d/me.md")
    assert code == 2
    assert "d/me.md: Too many levels of symbolic links" in said


def test_a_pipe_keeps_nobody_waiting(tmp_path, capsys):
    (tmp_path / "d").mkdir()
    os.mkfifo(tmp_path / "d/pipe.md")
    (tmp_path / "d/a.md").write_text(BLAME)
    code, found, said = linted(capsys, "d")
    assert (code, found) == (2, [("d/a.md", "FL101")])
    assert said == (
        "fairlead lint: d/pipe.md: it is no file with a text. What comes through a pipe is read from -\n"
    )


def test_what_a_shell_hands_over_as_a_file_is_read():
    reading, writing = os.pipe()
    threading.Thread(target=lambda: (os.write(writing, BLAME.encode()), os.close(writing))).start()
    done = subprocess.run(
        [Path(sys.executable).with_name("fairlead"), "lint", f"/dev/fd/{reading}"],
        pass_fds=[reading], capture_output=True, text=True, check=False,
    )  # fmt: skip
    os.close(reading)
    assert done.returncode == 0
    assert "FL101" in done.stdout


@pytest.mark.parametrize("path", ["../outside.md", "{tmp}/outside.md"])
def test_a_path_outside_the_repository_is_read_as_it_is_given(path, tmp_path, monkeypatch, capsys):
    (tmp_path / "outside.md").write_text(BLAME)
    (tmp_path / "in/.git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "in")
    path = path.format(tmp=tmp_path)
    assert linted(capsys, path) == (0, [(path, "FL101")], "")


def test_a_rule_put_off_without_a_reason_is_not_put_off_and_that_is_said(tmp_path, capsys):
    (tmp_path / "a.md").write_text(
        f"Fine.\n\n<!-- fairlead off FL101 -->\n{BLAME}\n<!-- fairlead off FL101: quoted on purpose -->\n{BLAME}"
    )
    code, found, said = linted(capsys, "a.md")
    assert (code, found) == (0, [("a.md", "FL101")])
    assert said == (
        "fairlead lint: a.md:3: a rule is put off with a reason only: <!-- fairlead off FL101: reason -->\n"
    )


def test_a_baseline_that_cannot_be_written_is_said(capsys):
    assert main(["lint", "good.md", "--baseline", "gone/b.json"]) == 2
    assert "gone/b.json: it cannot be written (No such file or directory)" in capsys.readouterr().err
