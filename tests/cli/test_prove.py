"""`fairlead prove`: the story's proof in seconds, recipes that work, a table, reports, and a server that is told."""

import io
import json
import os
import pty
import shutil
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fairlead import cli
from fairlead.guard.proofs import evidence
from fairlead.guard.proofs.files import sha256_of
from tests.guard.repository import CHECK, repository

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def asked(capsys):
    def run(*arguments):
        code = cli.main(["prove", *map(str, arguments)])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


ZEROS = "0" * 64
IMPROVEMENT = 'improvement = "7d1b2f60-0000-4000-8000-000000000001"'


class Answers:
    """A server that takes reports; `status` is what it answers to the next ones, `head` where it stands."""

    def __init__(self) -> None:
        self.sent, self.head, self.status, self.words, self.drops = [], ZEROS, 201, "", 0


@pytest.fixture
def server():
    """Yield the address of a server, and what it was sent."""
    told = Answers()

    class Takes(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(200, {"head": told.head})

        def do_POST(self):
            made = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.sent.append((self.path, dict(self.headers), made))
            if told.drops:
                told.drops -= 1
                self.connection.close()
                return
            self._answer(told.status, {"detail": told.words} if told.words else {})

        def _answer(self, status, body):
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_):
            """Say nothing."""

    serving = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_address[1]}", told
    serving.shutdown()
    serving.server_close()


def test_the_story_is_proven_and_without_the_old_border_pair_it_is_not(asked, tmp_path):
    story = shutil.copytree(EXAMPLES / "story", tmp_path / "story")
    code, out, _ = asked("--all", "--root", story)
    assert code == 0
    assert "routing-loop  proven        good ACCEPT  bad REFUSE  before ACCEPT  malformed ERROR" in out
    assert "1 of 1 done." in out
    shutil.rmtree(story / "production")
    shutil.copytree(story / "lab", story / "production")
    asked("pin", "routing-loop", "--root", story)
    code, out, _ = asked("routing-loop", "--root", story)
    assert (code, "broken" in out, "accepts the change that broke things" in out) == (1, True, True)


@pytest.mark.parametrize("recipe", ["promtool", "rego", "sql", "http"])
def test_a_recipe_is_proven_and_its_check_decides(asked, tmp_path, recipe):
    if recipe == "promtool" and not shutil.which("promtool"):
        pytest.skip("promtool is not here; Debian has it in the package prometheus")
    root = shutil.copytree(EXAMPLES / "recipes", tmp_path / "recipes")
    assert asked(recipe, "--root", root)[0] == 0
    proofs = root / "fairlead" / "proofs" / recipe
    good, bad = next(proofs.glob("good.*")), next(proofs.glob("bad.*"))
    shutil.copy(good, bad)
    asked("pin", recipe, "--root", root)
    code, out, _ = asked(recipe, "--root", root)
    assert (code, "broken" in out) == (1, True)


def test_exit_codes_tell_not_proven_from_no_answer(asked, tmp_path):
    assert asked("--all", "--root", repository(tmp_path / "a"))[0] == 0
    assert asked("--all", "--root", repository(tmp_path / "b", "print('looked')"))[0] == 1
    assert asked("--all", "--root", repository(tmp_path / "c", "1 / 0"))[0] == 2
    code, out, _ = asked("gone", "--root", tmp_path / "a")
    assert (code, "There is no fairlead/proofs/gone.toml here." in out) == (2, True)
    assert "Name a proof" in asked("--root", tmp_path / "a")[2]
    assert "not both" in asked("drop", "--all", "--root", tmp_path / "a")[2]
    assert "There are no proofs" in asked("--all", "--root", tmp_path / "nowhere")[2]


def test_a_waiver_by_somebody_else_counts_and_is_named(asked, tmp_path):
    waiver = '[waiver]\ncode = "vendor"\ntext = "Mended in March."\nsigner = "Security"\nuntil = 2999-12-31'
    code, out, _ = asked("--all", "--root", repository(tmp_path, "print('looked')", more=waiver))
    assert (code, "waived" in out, "Mended in March." in out) == (0, True, True)
    code, out, _ = asked("status", "--root", tmp_path)
    assert (code, "waived" in out) == (0, True)


def test_reports_for_pipelines_and_programs_are_written(asked, tmp_path):
    root = repository(tmp_path / "one", "print('looked \\x01')")
    shutil.copy(root / "fairlead/proofs/drop.toml", root / "fairlead/proofs/unready.toml")
    (root / "fairlead/proofs/unready.toml").write_text("nonsense = 1")
    junit, as_json = tmp_path / "proofs.xml", tmp_path / "proofs.json"
    assert asked("--all", "--root", root, "--junit", junit, "--json", as_json)[0] == 2
    suite = ET.fromstring(junit.read_text("utf-8"))  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "1")
    assert suite.find("testcase/failure").get("type") == "broken"
    drop, unready = json.loads(as_json.read_text("utf-8"))
    assert (drop["state"], unready["state"]) == ("broken", "error")
    code, out, err = asked("drop", "--root", root, "--json", "-")
    assert (code, json.loads(out)[0]["proof"], "broken" in err) == (1, "drop", True)


def test_the_server_is_told_with_a_token(asked, tmp_path, server, monkeypatch):
    url, told = server
    root = repository(tmp_path, head=IMPROVEMENT)
    monkeypatch.delenv("FAIRLEAD_TOKEN", raising=False)
    assert "There is no token" in asked("drop", "--root", root, "--push", url)[2]
    shutil.rmtree(root / ".fairlead")
    monkeypatch.setenv("FAIRLEAD_TOKEN", "t0k")
    assert asked("drop", "--root", root, "--push", url + "/")[0] == 0
    ((path, headers, made),) = told.sent
    assert (path, headers["Authorization"]) == ("/api/v1/proofs/drop", "Bearer t0k")
    assert headers["Idempotency-Key"] == made["hash"]
    assert made == evidence.history(root, "drop")[-1]
    assert (made["hash"], made["state"]) == (evidence.hash_of(made), "proven")
    for answer, words, said in (
        (401, "It has ended.", "does not take this token"),
        (409, "Something else.", "Something else."),
        (500, "", "answered 500"),
    ):
        told.status, told.words = answer, words
        code, _, err = asked("drop", "--root", root, "--push", url)
        assert (code, said in err, words in err, "The evidence is kept here." in err) == (2, True, True, True)
    assert "did not answer" in asked("drop", "--root", root, "--push", "http://127.0.0.1:1")[2]
    assert "is not an https address" in asked("drop", "--root", root, "--push", "http://fairlead.example")[2]


def test_what_the_server_lacks_is_sent_first_and_nothing_is_sent_twice(asked, tmp_path, server, monkeypatch):
    url, told = server
    monkeypatch.setenv("FAIRLEAD_TOKEN", "t0k")
    root = repository(tmp_path, head=IMPROVEMENT)
    for _ in range(2):
        asked("drop", "--root", root)  # nobody was told of these
    first, second = evidence.history(root, "drop")
    told.head = first["hash"]
    assert asked("drop", "--root", root, "--push", url)[0] == 0
    assert [made["previous"] for _, _, made in told.sent] == [first["hash"], second["hash"]]


def test_a_connection_that_drops_is_tried_once_more_with_the_same_key(asked, tmp_path, server, monkeypatch):
    url, told = server
    monkeypatch.setenv("FAIRLEAD_TOKEN", "t0k")
    told.drops = 1
    assert asked("drop", "--root", repository(tmp_path, head=IMPROVEMENT), "--push", url)[0] == 0
    one, again = told.sent
    assert (one[1]["Idempotency-Key"], one[2]) == (again[1]["Idempotency-Key"], again[2])


def test_a_pipeline_without_its_evidence_goes_on_from_the_server(asked, tmp_path, server, monkeypatch):
    url, told = server
    monkeypatch.setenv("FAIRLEAD_TOKEN", "t0k")
    root = repository(tmp_path, head=IMPROVEMENT)
    told.head = "a" * 64
    assert asked("drop", "--root", root, "--push", url)[0] == 0
    assert told.sent[-1][2]["previous"] == "a" * 64
    assert evidence.history(root, "drop")[-1] == told.sent[-1][2]
    told.head = "b" * 64  # somebody else has told the server since
    code, _, err = asked("drop", "--root", root, "--push", url)
    assert (code, "the server has reports that are not here" in err) == (0, True)
    assert told.sent[-1][2]["previous"] == "b" * 64
    assert len(list((root / ".fairlead/evidence").glob("*.aside.jsonl"))) == 1


def test_an_output_with_zero_bytes_can_be_told(asked, tmp_path, server, monkeypatch):
    url, told = server
    monkeypatch.setenv("FAIRLEAD_TOKEN", "t0k")
    root = repository(tmp_path, "print('drops a table \\0'); raise SystemExit(1)", head=IMPROVEMENT)
    asked("drop", "--root", root, "--push", url)
    assert "\0" not in told.sent[0][2]["runs"][0]["output"]
    assert "drops a table" in told.sent[0][2]["runs"][0]["output"]


def test_a_tool_that_is_not_there_is_named(asked, tmp_path):
    root = repository(tmp_path)
    file = root / "fairlead/proofs/drop.toml"
    file.write_text(
        file.read_text()
        .replace('"{python}", "tools/check.py"', '"no-such-tool"')
        .replace("exits = { 0", 'exits = { 127 = "REFUSE", 0')
    )
    code, out, _ = asked("drop", "--root", root)
    assert (code, "error" in out, "no-such-tool could not be started" in out) == (2, True, True)


def test_the_beginning_of_evidence_cannot_be_taken_out(asked, tmp_path):
    root = repository(tmp_path)
    for _ in range(2):
        asked("drop", "--root", root)
    file = root / ".fairlead/evidence/drop.jsonl"
    file.write_text(file.read_text().splitlines()[1] + "\n")
    assert "not as it was written" in asked("status", "--root", root)[2]


def test_a_proof_that_names_no_improvement_is_not_pushed_and_says_so(asked, tmp_path, server, monkeypatch):
    url, told = server
    monkeypatch.setenv("FAIRLEAD_TOKEN", "t0k")
    code, _, err = asked("drop", "--root", repository(tmp_path), "--push", url)
    assert (code, told.sent, "names no improvement" in err) == (0, [], True)


def test_a_server_that_is_none_of_ours_is_said(asked, tmp_path, monkeypatch):
    class Odd(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>")

        def log_message(self, *_):
            """Say nothing."""

    serving = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    monkeypatch.setenv("FAIRLEAD_TOKEN", "t0k")
    url = f"http://127.0.0.1:{serving.server_address[1]}"
    code, _, err = asked("drop", "--root", repository(tmp_path, head=IMPROVEMENT), "--push", url)
    serving.shutdown()
    serving.server_close()
    assert (code, "not one of Fairlead" in err) == (2, True)


def test_init_writes_a_draft_with_fixtures_redacted_and_pinned(asked, tmp_path, monkeypatch):
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    for name, text in (("good", "vlan 7"), ("bad", "enable secret hush\nvlan 4095"), ("malformed", "%")):
        (tmp_path / name).write_text(text)
    flags = [f"--{name}={tmp_path / name}" for name in ("good", "bad", "malformed")]
    words = [
        "--title",
        "VLANs",
        "--reason",
        "4095",
        "--owner",
        "Network",
        "--adapter",
        "command",
        "--improvement",
        "7d1b2f60-0000-4000-8000-000000000001",
        "--revision",
        "v1",
    ]
    code, out, _ = asked("init", "vlans", "--root", root, *flags, *words)
    assert (code, "1 values that look like secrets" in out) == (0, True)
    assert (root / "fairlead/proofs/vlans/bad").read_text() == "enable secret REDACTED\nvlan 4095"
    text = (root / "fairlead/proofs/vlans.toml").read_text()
    assert 'improvement = "7d1b2f60-0000-4000-8000-000000000001"' in text
    assert sha256_of(root / "fairlead/proofs/vlans/bad") in text
    code, out, _ = asked("vlans", "--root", root)
    assert (code, "draft" in out) == (1, True)
    assert "nothing is written over" in asked("init", "vlans", "--root", root, *flags, *words)[2]
    assert "is not an id" in asked("init", "VLANs!", "--root", root, *flags, *words)[2]
    assert (
        "is not there" in asked("init", "x", "--root", root, "--good", tmp_path / "no", *flags[1:], *words)[2]
    )


def test_init_asks_for_what_is_not_given(asked, tmp_path, monkeypatch):
    good = tmp_path / "good.json"
    good.write_text("{}")
    answers = f"vlans\nnowhere\n{good}\n\n\nVLANs\nguess\ncommand\n4095\n\n\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    code, out, _ = asked("init", "--root", tmp_path)
    assert (code, "nowhere is not there" in out, "One of command" in out) == (0, True, True)
    assert (tmp_path / "fairlead/proofs/vlans/good.json").exists()


def test_status_tells_what_has_changed_without_running(asked, tmp_path):
    root = repository(tmp_path)
    assert "has not been run yet" in asked("status", "--root", root)[1]
    asked("drop", "--root", root)
    assert asked("status", "drop", "--root", root)[0] == 0
    (root / "tools/check.py").write_text(CHECK + "\n# a word more\n")
    code, out, _ = asked("status", "--root", root)
    assert (code, "The safeguard has changed since." in out) == (1, True)
    assert "no proofs here yet" in asked("status", "--root", tmp_path / "nowhere")[1]


def test_evidence_that_was_changed_stops_everything(asked, tmp_path):
    root = repository(tmp_path)
    asked("drop", "--root", root)
    kept = root / ".fairlead/evidence/drop.jsonl"
    kept.write_text(kept.read_text().replace("REFUSE", "ACCEPT", 1))
    code, _, err = asked("drop", "--root", root)
    assert (code, "drop.jsonl, line 1" in err) == (2, True)


def test_the_root_is_found_from_below(asked, tmp_path, monkeypatch):
    root = repository(tmp_path)
    monkeypatch.chdir(root / "tools")
    assert asked("drop")[0] == 0


def test_a_terminal_is_shown_which_run_is_on(tmp_path):
    root = repository(tmp_path)
    shown, screen = pty.openpty()
    command = [
        sys.executable,
        "-c",
        "from fairlead.cli import main; main()",
        "prove",
        "drop",
        "--root",
        str(root),
    ]
    subprocess.run(
        command, stderr=screen, stdout=subprocess.DEVNULL, env=os.environ | {"TERM": "xterm"}, check=False
    )
    os.close(screen)
    text = b""
    with suppress(OSError):  # the other end is closed
        while piece := os.read(shown, 4096):
            text += piece
    os.close(shown)
    assert any(f"drop: {run}".encode() in text for run in ("good", "bad", "before", "malformed"))
