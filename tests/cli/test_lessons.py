"""`fairlead lessons` at the shell: any change in, at most three lessons out, and silence where none fires."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fairlead.cli import exits, main
from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.core.verdict import Verdict
from fairlead.guard.lessons.snapshot import write_snapshot
from fairlead.guard.proofs.adapters import Judged
from tests.core.lessons.changes import BARE, GIT, PYTHON
from tests.guard.repository import repository as with_a_proof
from tests.sarif import wrong_in

BORDER = Lesson(
    "border",
    "The border pair has two default routes",
    "A route that is redistributed there can loop: 100% of the shop, for an hour.",
    Triggers(paths=("network/**", "*.cfg"), sections=("router bgp",)),
    ("border-loop",),
)
OTHERS = [Lesson(f"other-{n}", f"Other {n}", "Know", Triggers(added=("redistribute",))) for n in range(3)]
SHADOW = Lesson("quiet", "Quiet", "Know", Triggers(sections=("router bgp",)), shadow=True)


@pytest.fixture
def snapshot(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_snapshot(
        tmp_path / ".fairlead" / "lessons.sqlite3",
        [BORDER, SHADOW, *OTHERS],
        made_at=datetime(2026, 11, 25, tzinfo=UTC),
        origin="",
    )
    return tmp_path


@pytest.fixture
def repository(snapshot):
    def git(*command):
        subprocess.run(
            ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *command],
            cwd=snapshot,
            check=True,
            capture_output=True,
        )

    git("init", "-q", "-b", "main")
    config = snapshot / "network" / "edge-1.cfg"
    config.parent.mkdir()
    config.write_text("router bgp 64500\n neighbor 192.0.2.1\n", "utf-8")
    git("add", "network")
    git("commit", "-q", "-m", "Begin")
    git("branch", "before")
    config.write_text("router bgp 64500\n redistribute static\n neighbor 192.0.2.1\n", "utf-8")
    git("add", "network")
    return git


def check(*arguments):
    return main(["lessons", "check", *map(str, arguments)])


def diff_file(folder, text):
    path = folder / "change.diff"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lesson_is_told_with_why_and_what_to_run(snapshot, capsys):
    assert check(diff_file(snapshot, GIT)) == exits.DONE
    shown = capsys.readouterr().out
    assert shown.startswith("The border pair has two default routes\n")
    assert "Because it changes something under “router bgp” (network/border/edge-1.cfg:13)." in shown
    assert "Run: fairlead prove border-loop" in shown
    assert shown.count("Because") == 4  # one lesson with two reasons, and two more with one
    assert "1 more fire on this change" in shown
    assert "Quiet" not in shown


def test_silence_where_no_trigger_fires(snapshot, capsys):
    assert check(diff_file(snapshot, PYTHON)) == exits.DONE
    assert capsys.readouterr().out == ""


def test_what_is_staged_and_what_a_range_brings(repository, capsys):
    assert check("--staged") == exits.DONE
    assert "two default routes" in capsys.readouterr().out
    repository("commit", "-q", "-m", "Redistribute")
    assert check("--staged") == exits.DONE
    assert capsys.readouterr().out == ""
    assert check("--range", "before...main") == exits.DONE
    assert "two default routes" in capsys.readouterr().out


def test_two_configurations_without_any_repository(snapshot, capsys):
    before, after = snapshot / "before.cfg", snapshot / "after.cfg"
    before.write_text("router bgp 1\n" + " neighbor x\n" * 40 + " timers 1\n", "utf-8")
    after.write_text("router bgp 1\n" + " neighbor x\n" * 40 + " timers 2\n", "utf-8")
    assert check("--before", before, "--after", after) == exits.DONE
    assert "two default routes" in capsys.readouterr().out


def test_a_ticket_and_what_it_is_about(snapshot, capsys):
    ticket = snapshot / "ticket.txt"
    ticket.write_text("Change network/edge-1.cfg: add a neighbor under router bgp\n", "utf-8")
    assert check("--ticket", ticket, "--service", "shop") == exits.DONE
    assert "two default routes" in capsys.readouterr().out


def test_as_json_everything_is_there(snapshot, capsys):
    check(diff_file(snapshot, GIT), "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in told["lessons"]] == ["border", "other-0", "other-1"]
    assert told["lessons"][0]["reasons"][1]["line"] == 13
    assert (told["more"], told["shadow"], told["of"], told["is_cut"]) == (1, ["quiet"], 5, False)


def test_for_a_pull_request_the_text_cannot_break_out_of_its_line(snapshot, capsys):
    check(diff_file(snapshot, GIT), "--format", "github")
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("::notice file=network/border/edge-1.cfg,line=1,title=The border pair")
    assert "100%25 of the shop" in first


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--before", "x.cfg"),
        ("missing.diff",),
        ("--range=--output=x",),
        ("--staged",),
        ("--ticket", "missing"),
    ],
)
def test_what_cannot_be_looked_at_is_one_sentence(snapshot, capsys, arguments):
    assert check(*arguments) == exits.USAGE
    error = capsys.readouterr().err
    assert error.startswith("fairlead lessons: ")
    assert error.count("\n") == 1


def test_without_git_the_way_around_is_told(snapshot, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(snapshot))
    assert check("--staged") == exits.USAGE
    assert "fairlead lessons check -" in capsys.readouterr().err


def test_without_a_snapshot_it_says_how_to_get_one(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert check(diff_file(tmp_path, GIT)) == exits.USAGE
    assert "fairlead lessons sync" in capsys.readouterr().err


def test_a_diff_longer_than_is_read_says_so(snapshot, capsys, monkeypatch):
    monkeypatch.setattr("fairlead.core.lessons.diff.MOST_CHARACTERS", 600)
    check(diff_file(snapshot, GIT))
    assert "only its beginning was looked at" in capsys.readouterr().out


def test_bytes_that_are_no_text_are_read_past(snapshot, capsys):
    path = snapshot / "change.diff"
    path.write_bytes(b"\xff\xfe\x00" + GIT.encode())
    assert check(path) == exits.DONE


def test_as_sarif_each_lesson_is_a_note_at_its_place(snapshot, capsys):
    check(diff_file(snapshot, GIT), "--format", "sarif")
    log = json.loads(capsys.readouterr().out)
    assert wrong_in(log) == []
    [run] = log["runs"]
    first = run["results"][0]
    assert (log["version"], len(run["results"]), first["level"]) == ("2.1.0", 3, "note")
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "border"
    [place] = first["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "network/border/edge-1.cfg"
    assert "redistribute static" not in json.dumps(log)  # no line of the change leaves with it


def test_a_renamed_file_fires_under_its_old_name_too(snapshot, capsys):
    renamed = GIT.replace("docs/old name.md", "network/old.cfg").replace("router bgp 64500", "")
    renamed = renamed.replace("network/border/edge-1.cfg", "x/edge-1.txt")
    assert (
        check(diff_file(snapshot, renamed), "--snapshot", own(snapshot, paths=("network/**",))) == exits.DONE
    )
    assert "(network/old.cfg)" in capsys.readouterr().out


def test_a_binary_file_fires_by_its_path_alone(snapshot, capsys):
    binary = "diff --git a/logo.png b/logo.png\nnew file mode 100644\nGIT binary patch\nliteral 9\nzc$}S;Q~\n"
    assert check(diff_file(snapshot, binary), "--snapshot", own(snapshot, paths=("*.png",))) == exits.DONE
    assert "(logo.png)" in capsys.readouterr().out


def own(folder, **triggers):
    path = folder / "own.sqlite3"
    lesson = Lesson("own", "Own", "Know", Triggers(**triggers))
    write_snapshot(path, [lesson], made_at=datetime(2026, 11, 25, tzinfo=UTC), origin="")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("line", [b"+ redistribute static\n", b"+"])
def test_of_200_megabytes_only_the_beginning_is_read_and_it_says_so(snapshot, line):
    begins = GIT.encode().partition(b"diff --git a/docs")[0] + b"@@ -1,0 +30,9000000 @@\n"
    filler = (line * (200_000_000 // len(line)))[:200_000_000] + b"\n" + b"+ x\n" * 2_000_000
    command = [Path(sys.executable).with_name("fairlead"), "lessons", "check", "-"]
    limits = (
        "import os, resource, sys; resource.setrlimit(resource.RLIMIT_AS, (400 << 20,) * 2); "
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", limits, *command], check=False, input=begins + filler, capture_output=True
    )
    assert (done.returncode, done.stderr) == (exits.DONE, b"")
    assert "only its beginning was looked at" in done.stdout.decode()
    assert "two default routes" in done.stdout.decode()


def guarded(folder, here="change.sql"):
    """A repository with the safeguard "drop", and a lesson that asks for it."""
    with_a_proof(folder, more=f'[here]\npath = "{here}"')
    lesson = Lesson("own", "Own", "Know", Triggers(paths=("*.sql",)), ("drop", "gone"))
    path = folder / "own.sqlite3"
    write_snapshot(path, [lesson], made_at=datetime(2026, 11, 25, tzinfo=UTC), origin="")
    diff = folder / "change.diff"
    diff.write_text("--- a/change.sql\n+++ b/change.sql\n@@ -1 +1 @@\n-x\n+y\n", "utf-8")
    return diff, "--snapshot", path, "--prove"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("change: drop table orders", exits.REFUSED, "drop REFUSES this: "),
        ("change: add column", exits.DONE, "drop accepts this: "),
        ("%%%", exits.DONE, "drop gave no answer, which stops nobody"),
        (None, exits.DONE, "change.sql is not there"),
    ],
)
def test_only_a_safeguard_that_refuses_blocks(snapshot, capsys, text, code, said):
    arguments = guarded(snapshot)
    if text is not None:
        (snapshot / "change.sql").write_text(text, "utf-8")
    assert check(*arguments) == code
    error = capsys.readouterr().err
    assert said in error
    assert "gone gave no answer, which stops nobody: There is no" in error


@pytest.mark.parametrize(("second", "code"), [("ACCEPT", exits.DONE), ("REFUSE", exits.REFUSED)])
def test_a_safeguard_that_refuses_once_only_blocks_nobody(snapshot, capsys, monkeypatch, second, code):
    arguments = guarded(snapshot)
    (snapshot / "change.sql").write_text("change", "utf-8")
    said = iter([Judged(Verdict.REFUSE, ""), Judged(Verdict(second), "")])
    monkeypatch.setattr("fairlead.guard.proofs.running._Prover.look", lambda *_: next(said))
    assert check(*arguments) == code


def test_without_prove_nothing_is_run(snapshot, capsys):
    arguments = guarded(snapshot)
    (snapshot / "change.sql").write_text("change: drop table orders", "utf-8")
    assert check(*arguments[:-1]) == exits.DONE
    assert "REFUSES" not in capsys.readouterr().err


LESSON = """\
id = "border"
title = "The border pair has two default routes"
know = "A redistributed route can loop there."
[triggers]
sections = ["router bgp"]
added = ["redistribute"]
"""


def prove(folder, lesson=LESSON, own=GIT, *more):
    (folder / "lesson.toml").write_text(lesson, "utf-8")
    return main(
        ["lessons", "prove", str(folder / "lesson.toml"), "--diff", str(diff_file(folder, own)), *more]
    )


def test_triggers_are_proved_on_the_repositorys_own_changes(repository, snapshot, capsys):
    repository("commit", "-q", "-m", "Redistribute")
    for number in range(12):
        (snapshot / "notes.md").write_text(f"{number}\n", "utf-8")
        repository("add", "notes.md")
        repository("commit", "-q", "-m", f"Note {number}")
    assert prove(snapshot) == exits.DONE
    assert "fires on 1 of the last 14 changes (7.1%)" in capsys.readouterr().out


def test_triggers_that_miss_their_own_change_are_not_proved(repository, snapshot, capsys):
    assert prove(snapshot, LESSON, BARE.replace("bgp", "ospf"), "--json") == exits.REFUSED
    told = json.loads(capsys.readouterr().out)
    assert told["on_own"] == []
    assert "does not fire on the change" in told["problems"][0]


@pytest.mark.parametrize(
    ("lesson", "said"),
    [
        ("id = ", "not readable as TOML"),
        (LESSON + "people = ['x']", "people"),
        (LESSON.replace('know = "A redistributed route can loop there."\n', ""), "know"),
        (LESSON.replace("redistribute", "(unclosed"), "unclosed"),
        (LESSON.replace('["redistribute"]', '["' + "x" * 300 + '"]'), "At most 20 values"),
        (LESSON.replace("A redistributed", "A" * 2_100), "belongs into the review"),
        ('id = "a"\ntitle = "A"\nknow = "B"\n', "triggers"),
    ],
)
def test_a_lesson_that_is_not_written_right_is_told_where(repository, snapshot, capsys, lesson, said):
    assert prove(snapshot, lesson) == exits.USAGE
    assert said in capsys.readouterr().err
