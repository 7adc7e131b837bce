"""What happened is read from words, a file or standard input, and what is no text is refused in words."""

import io
import types

import pytest

from fairlead.cli import reading
from fairlead.cli.reading import ReadingError, file_text, text_from


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_words_are_words():
    assert text_from(["routing", "loop", "at", "14:27"]) == "routing loop at 14:27"


def test_an_existing_file_is_read(tmp_path):
    (tmp_path / "outage.md").write_text("# Outage\n", encoding="utf-8")
    assert text_from(["outage.md"]) == "# Outage\n"


def test_standard_input_is_read_for_a_dash(monkeypatch):
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"piped words")))
    assert text_from(["-"]) == "piped words"


@pytest.mark.parametrize("name", ["outage.md", "./outage", "/nowhere/outage", "~/no-such-outage.txt"])
def test_a_file_that_is_not_there_is_named(name):
    with pytest.raises(ReadingError, match="There is no file"):
        text_from([name])


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(ReadingError, match="is a folder"):
        text_from([str(tmp_path)])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04...", "a packed document"),
        (b"\x89PNG...", "a picture"),
        (b"ab\0cd", "not text"),
        (b" \n", "is empty"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, content, kind):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(ReadingError, match=kind):
        text_from(["file"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_older_encodings_are_read(tmp_path, encoding):
    (tmp_path / "file").write_bytes("Störung um 14:27".encode(encoding))
    assert text_from(["file"]) == "Störung um 14:27"


def test_a_file_above_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 10)
    (tmp_path / "file").write_text("more than ten")
    with pytest.raises(ReadingError, match="larger than 10 MB"):
        text_from(["file"])


def test_a_file_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")

    def refused(*_args, **_given):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", refused)
    with pytest.raises(ReadingError, match="may not be read"):
        text_from(["file"])


@pytest.mark.parametrize("words", ["a\0b", "x" * 5000, "one\ntwo", "~nobody-here/x y"])
def test_words_that_could_be_no_name_of_a_file_are_words(words):
    assert file_text(words) is None


def test_half_a_character_from_the_command_line_is_replaced():
    assert text_from(["broken \udcff text"]) == "broken ? text"
