"""`fairlead import`: a line of JSON an incident, a preview for people, and hostile files held in a process apart."""

import io
import json
import os
import subprocess
import sys
import types

import pytest

from fairlead import cli
from fairlead.cli import exits, import_
from fairlead.reading import process as import_process
from tests.core.importing.samples import SAMPLES, export, sample

DAY = ("--date", "2026-11-20")


@pytest.fixture
def imported(capsys):
    """Run `fairlead import ... --dry-run --json`; return the exit code, the objects and what was complained of."""

    def run(*arguments):
        code = cli.main(["import", *map(str, arguments), "--dry-run", "--json"])
        shown = capsys.readouterr()
        return code, [json.loads(line) for line in shown.out.splitlines()], shown.err

    return run


@pytest.fixture
def given_in(monkeypatch):
    """Hand bytes to the command on its standard input."""

    def give(content):
        monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(content)))

    return give


def made(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_fields_of_an_object_are_pinned(imported):
    code, (found,), complaints = imported("text", SAMPLES / "chat.txt", *DAY)
    assert (code, complaints) == (exits.DONE, "")
    assert found == {
        "title": found["title"],
        "zone": "Europe/Berlin",
        "times": {
            "started": "2026-11-20T13:27:00Z",
            "detected": "2026-11-20T13:31:00Z",
            "mitigated": "2026-11-20T13:52:00Z",
            "resolved": "2026-11-20T14:32:00Z",
        },
        "entries": [
            {"at": "2026-11-20T13:27:00Z", "text": "deploying the route change now"},
            {"at": "2026-11-20T13:31:00Z", "text": "alert: checkout answers 502 in every region"},
            {"at": "2026-11-20T13:52:00Z", "text": "rolled back"},
            {"at": "2026-11-20T14:32:00Z", "text": "orders are back to normal"},
        ],
        "source_id": found["source_id"],
        "problems": [],
    }


def test_the_zone_on_the_line_outranks_the_one_in_the_text(imported):
    _code, (found,), _ = imported("text", SAMPLES / "chat.txt", *DAY, "--zone", "EST")
    assert found["zone"] == "America/New_York"
    assert found["times"]["started"] == "2026-11-20T19:27:00Z"


def test_a_missing_zone_is_a_problem_and_the_rest_is_printed(imported, tmp_path):
    path = made(tmp_path, "a.txt", "14:27 checkout went down\n15:32 all restored\n")
    code, (found,), _ = imported("text", path, *DAY)
    assert code == exits.REFUSED
    assert found["zone"] is None
    assert found["problems"] == [
        "No time zone is named, so the times were read as UTC. Give one with --zone."
    ]
    assert len(found["entries"]) == 2


def test_what_a_pipe_brings_is_read(imported, given_in):
    given_in(sample("chat.txt"))
    code, (found,), _ = imported("text", "-", *DAY)
    assert code == exits.DONE
    assert len(found["entries"]) == 4
    given_in(export().getvalue())
    code, (found,), _ = imported("slack", "-")
    assert (code, found["source_id"]) == (exits.DONE, "slack:C01")
    given_in(b"")
    assert imported("text", "-") == (exits.USAGE, [], "fairlead import: It is empty.\n")


def test_files_of_one_run_that_tell_of_the_same_incident_are_put_together(imported):
    code, found, _ = imported("pagerduty", SAMPLES / "pagerduty.json", SAMPLES / "pagerduty_log.json")
    assert code == exits.DONE
    assert [(one["source_id"], len(one["entries"])) for one in found] == [
        ("pagerduty:PT4KHLK", 3),
        ("pagerduty:PABC123", 0),
    ]


def test_the_same_file_twice_is_one_incident(imported):
    chat = SAMPLES / "chat.txt"
    assert len(imported("text", chat, chat, *DAY)[1]) == 1


def test_alerts_a_table_and_an_export_are_read(imported, tmp_path):
    assert len(imported("alertmanager", SAMPLES / "alertmanager.json", SAMPLES / "grafana.json")[1]) == 3
    code, rows, _ = imported("csv", SAMPLES / "incidents.csv", "--map", "title=Incident ID")
    assert (code, rows[0]["title"]) == (exits.REFUSED, "INC-1")
    path = made(tmp_path, "export.zip", export().getvalue())
    code, (channel,), _ = imported("slack", path, "--channel", "#inc-checkout")
    assert (code, channel["source_id"]) == (exits.DONE, "slack:C01")


def test_a_channel_that_is_not_there_is_named_beside_the_others(imported, tmp_path):
    path = made(tmp_path, "export.zip", export().getvalue())
    code, found, complaints = imported("slack", path, "--channel", "inc-checkout", "--channel", "gone")
    assert (code, len(found)) == (exits.REFUSED, 1)
    assert "There is no channel “gone”" in complaints
    assert imported("slack", path, "--channel", "gone")[0] == exits.USAGE


def test_a_folder_of_reviews_is_read_and_its_links_are_not_followed(imported, tmp_path):
    code, found, complaints = imported("reviews", SAMPLES / "reviews")
    assert (code, len(found), complaints) == (exits.DONE, 2, "")
    for path in sorted((SAMPLES / "reviews").glob("*.md")):
        made(tmp_path, path.name, path.read_bytes())
    made(tmp_path, "notes.pdf", b"%PDF")
    made(tmp_path, ".hidden.md", "# Hidden\n")
    outside = made(tmp_path.parent, "outside.md", "# Outside\n")
    (tmp_path / "link.md").symlink_to(outside)
    (tmp_path / "folder").symlink_to(tmp_path.parent)
    code, found, complaints = imported("reviews", tmp_path)
    assert (code, len(found)) == (exits.REFUSED, 1)
    assert complaints.endswith("2 links in it were not followed.\n")


def test_an_empty_folder_and_a_folder_for_another_format_are_refused(imported, tmp_path):
    assert imported("reviews", tmp_path) == (
        exits.USAGE,
        [],
        f"fairlead import: {tmp_path}: there is no Markdown file in it.\n",
    )
    code, _, complaints = imported("text", tmp_path)
    assert code == exits.USAGE
    assert "it is a folder" in complaints


def test_a_folder_has_an_end_in_number_and_depth(imported, tmp_path, monkeypatch):
    deep = tmp_path
    for _ in range(4):
        deep /= "d"
    deep.mkdir(parents=True)
    for place in (tmp_path, tmp_path / "d", deep):
        made(place, "a.md", f"# Broken in {place}\n\n2026-11-20 10:00 UTC down\n")
    monkeypatch.setattr(import_process, "DEEPEST", 3)
    assert len(imported("reviews", tmp_path)[1]) == 2
    monkeypatch.setattr(import_process, "MOST_FILES", 1)
    code, found, complaints = imported("reviews", tmp_path)
    assert (code, len(found)) == (exits.REFUSED, 1)
    assert "only the first 1 files were read" in complaints


def test_one_unreadable_file_does_not_stop_the_others(imported, tmp_path):
    broken = made(tmp_path, "broken.json", '{"incidents": ')
    code, found, complaints = imported("pagerduty", broken, SAMPLES / "pagerduty.json", tmp_path / "gone")
    assert (code, len(found)) == (exits.REFUSED, 2)
    assert [line.split(": ")[1] for line in complaints.splitlines()] == ["broken.json", "gone"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text", b"%PDF-1.7"),
        ("pagerduty", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
        ("pagerduty", b"[" * 1_000_000),
        ("alertmanager", b"{}"),
        ("csv", b"a,b\n1,2\n"),
        ("slack", export().getvalue()[:200]),
        ("reviews", b""),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_in_a_sentence(imported, tmp_path, kind, content):
    code, found, complaints = imported(kind, made(tmp_path, "file", content))
    assert (code, found) == (exits.USAGE, [])
    assert complaints.startswith("fairlead import: file: ")
    assert "Traceback" not in complaints


def test_a_pipe_that_never_answers_is_not_waited_for(imported, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    code, _, complaints = imported("text", tmp_path / "pipe")
    assert code == exits.USAGE
    assert "it is not a file" in complaints


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["text", "a", "--channel", "x"], "--channel goes with slack"),
        (["text", "a", "--map", "title=x"], "--map goes with csv"),
        (["csv", "a", "--map", "title"], "should be FIELD=COLUMN"),
        (["csv", "a", "--map", "=x"], "should be FIELD=COLUMN"),
        (["text", "-", "-"], "can be read once"),
        (["reviews", "-"], "take text"),
        (["text", "a", "--zone", "Nowhere"], "--zone: “Nowhere” is not a zone we know."),
        (["text", "a", "--date", "soon"], "is not a day we can read"),
        (["text", "a", "--date", "2026-11-20x"], "is not a day we can read"),
        (["text", "no-such-file"], "cannot be opened"),
        (["text", "a\0b"], "cannot be opened"),
        (["carrier-pigeon", "a"], "invalid choice"),
        (["text"], "required"),
    ],
)
def test_a_line_that_does_not_work_is_answered_with_what_would(imported, line, words):
    code, found, complaints = imported(*line)
    assert (code, found) == (exits.USAGE, [])
    assert words in complaints


def test_the_preview_shows_times_in_their_zone_and_what_to_look_at(capsys, tmp_path):
    path = made(tmp_path, "a.txt", "Checkout broke\n" + "14:27 down \x1b[31m\n" * 12 + "15:32 restored\n")
    assert cli.main(["import", "text", str(path), *DAY, "--dry-run"]) == exits.REFUSED
    shown = capsys.readouterr().out
    assert "Checkout broke" in shown
    assert "zone       not known; UTC is shown" in shown
    assert "… and 5 more" in shown
    assert "Please look at:\n    - No time zone is named" in shown
    assert shown.endswith("1 incident would be imported, 1 of them to look at first. Nothing was written.\n")
    assert "\x1b" not in shown


def test_the_preview_of_a_table_says_how_its_columns_were_read(capsys):
    cli.main(["import", "csv", str(SAMPLES / "incidents.csv"), "--dry-run"])
    shown = capsys.readouterr().out
    assert shown.startswith("Columns: title from “Summary”")
    assert "resolved   2026-11-20 15:32 CET" in shown


def test_progress_is_one_line_that_goes_away(capsys):
    progress = import_._Progress(is_shown=True)
    progress.show("export.zip", 1, 2)
    progress.clear()
    assert capsys.readouterr().err == "\rReading export.zip: 1 of 2\r" + " " * 26 + "\r"
    quiet = import_._Progress(is_shown=False)
    quiet.show("export.zip", 1, 2)
    quiet.clear()
    assert capsys.readouterr().err == ""


class Worker:
    """A stand-in for the process that reads: it answers what it is told to, and ends with a code."""

    scripts = []
    started = []

    def __init__(self, *_command, **_pipes):
        answers, self.returncode = self.scripts.pop(0)
        self.stdin = io.BytesIO()
        self.stdout = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in answers]
        self.was_killed = False
        self.started.append(self)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def kill(self):
        self.was_killed = True


def test_a_file_that_ends_the_reader_is_named_and_the_next_is_read(imported, monkeypatch):
    Worker.scripts = [
        ([{"reading": 0}, {"problems": [], "notes": [], "readable": True}, {"reading": 1}], -24),
        ([{"reading": 0}], -9),
        ([{"reading": 0}, {"problems": [], "notes": [], "readable": True}, {"end": True}], 0),
    ]
    monkeypatch.setattr(import_process.subprocess, "Popen", Worker)
    code, _, complaints = imported("text", "a", "b", "c", "d")
    assert code == exits.REFUSED
    first, second = complaints.splitlines()
    assert first.startswith("fairlead import: b: reading it takes longer than an import may.")
    assert second == "fairlead import: c: it could not be read, and the reading of it was ended."


def test_half_an_answer_is_not_taken_for_one(imported, monkeypatch):
    Worker.scripts = [([{"reading": 0}, b'{"incident": {"tit', b"[]"], -9)]
    monkeypatch.setattr(import_process.subprocess, "Popen", Worker)
    code, found, complaints = imported("text", "a")
    assert (code, found) == (exits.USAGE, [])
    assert "it could not be read" in complaints


def test_stopping_the_command_stops_the_reader(imported, monkeypatch):
    def stopped(_line):
        raise KeyboardInterrupt

    Worker.scripts = [([{"reading": 0}], 0)]
    monkeypatch.setattr(import_process.subprocess, "Popen", Worker)
    monkeypatch.setattr(import_process, "_told", stopped)
    assert imported("text", "a")[0] == exits.STOPPED
    assert Worker.started[-1].was_killed


@pytest.mark.slow
def test_a_file_that_asks_for_too_much_memory_is_refused_and_the_next_is_read(imported, tmp_path):
    wide = made(tmp_path, "wide.json", b'{"incidents": [' + b"[]," * 20_000_000)
    code, found, complaints = imported("pagerduty", wide, SAMPLES / "pagerduty.json")
    assert (code, len(found)) == (exits.REFUSED, 2)
    assert complaints.startswith("fairlead import: wide.json: reading it takes more memory")


@pytest.mark.slow
def test_ten_megabytes_in_one_line_or_in_many_are_read(imported, tmp_path):
    line = made(tmp_path, "line.txt", "14:27 UTC " + "word " * 2_000_000)
    code, (found,), _ = imported("text", line, *DAY)
    assert len(found["entries"]) == 1
    many = made(tmp_path, "many.txt", "14:27 UTC checkout fails with 502 again, it does\n" * 200_000)
    code, (found,), _ = imported("text", many, *DAY)
    assert len(found["entries"]) == 200_000
    assert code == exits.REFUSED  # the text is long, and that is said


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(imported, tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(17 * 1024 * 1024)
    code, _, complaints = imported("text", path)
    assert code == exits.USAGE
    assert "larger than 16 MB" in complaints


def test_modules_of_the_folder_we_stand_in_are_not_taken_for_ours(imported, tmp_path, monkeypatch):
    made(tmp_path, "json.py", "raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    assert imported("text", SAMPLES / "chat.txt", *DAY)[0] == exits.DONE


def test_neither_the_command_nor_its_reader_brings_the_web_with_it():
    script = (
        "import sys; from fairlead import cli; cli.build_parser('import');"
        "light = 'fairlead.core.intake' not in sys.modules;"
        "from fairlead.cli import import_preview; from fairlead.reading import worker, process;"
        "print(light, [m for m in ('django', 'rich', 'typst', 'xml.etree', 'cryptography') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True []"
