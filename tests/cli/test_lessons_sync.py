"""Fetching lessons: whole or not at all; what was there before stays, and says how old it is."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fairlead.cli import exits, main
from fairlead.commons.lessons.models import Lesson as KeptLesson
from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.guard.lessons.snapshot import about, candidates, lesson_named, write_snapshot
from tests.api.programs import token_for
from tests.core.lessons.changes import GIT
from tests.guard.lessons.server import TOKEN, handing_out
from tests.rules.world import without_a_case

PLACE = Path(".fairlead") / "lessons.sqlite3"
SHOP = Lesson("shop", "Carts", "They live in memory.", Triggers(paths=("shop/**",)), edition=3)
BORDER = Lesson("border", "Two routes", "Production has two.", Triggers(sections=("router bgp",)), edition=1)


@pytest.fixture(autouse=True)
def _in_a_repository(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FAIRLEAD_TOKEN", TOKEN)


def sync(*arguments):
    return main(["lessons", "sync", *arguments])


def kept():
    return [one.id for one in candidates(PLACE, frozenset({"/shop", "router", "bgp"})).lessons]


def test_lessons_are_fetched_to_where_check_reads_them(capsys):
    with handing_out(SHOP, BORDER) as server:
        assert sync(server.url) == exits.DONE
    assert capsys.readouterr().out == "2 lessons, fetched.\n"
    assert candidates(PLACE, frozenset({"/shop"})).lessons == (SHOP,)
    Path("change.diff").write_text(GIT, "utf-8")
    assert main(["lessons", "check", "change.diff"]) == exits.DONE
    assert f"Useful or not? {server.url}/lessons/border/" in capsys.readouterr().out


def test_what_is_unchanged_is_not_sent_again_and_the_server_is_remembered(capsys):
    with handing_out(SHOP) as server:
        sync(server.url + "/")
        before = PLACE.read_bytes()
        assert sync() == exits.DONE
        assert "1 lesson, unchanged." in capsys.readouterr().out
        assert server.asked[-1][1]["If-None-Match"] == about(PLACE).etag
        assert PLACE.read_bytes() == before
        server.lessons.append(BORDER)
        sync()
    assert kept() == ["border", "shop"]


def test_what_came_from_another_server_is_fetched_whole():
    with handing_out(SHOP) as one, handing_out(SHOP) as other:
        sync(one.url)
        sync(other.url)
        assert "If-None-Match" not in other.asked[0][1]
        assert about(PLACE).origin == other.url


@pytest.mark.parametrize("trouble", ["cut", "undigested", "odd", "broken"])
def test_what_does_not_arrive_whole_leaves_the_old_lessons(capsys, trouble):
    made_at = datetime.now(UTC) - timedelta(days=3, hours=1)
    write_snapshot(PLACE, [SHOP], made_at=made_at, origin="http://127.0.0.1:1")
    before = PLACE.read_bytes()
    with handing_out(BORDER) as server:
        server.trouble = trouble
        assert sync(server.url) == exits.REFUSED
    assert "The lessons from 3 days ago (1 of them) stay in use." in capsys.readouterr().err
    assert PLACE.read_bytes() == before
    assert [one.name for one in PLACE.parent.iterdir()] == [PLACE.name]


def test_offline_the_old_lessons_stay(capsys):
    write_snapshot(PLACE, [SHOP, BORDER], made_at=datetime.now(UTC), origin="http://127.0.0.1:1")
    assert sync() == exits.REFUSED
    error = capsys.readouterr().err
    assert "127.0.0.1 did not answer" in error
    assert "The lessons from less than a minute ago (2 of them) stay in use." in error
    assert kept() == ["border", "shop"]


def test_a_snapshot_left_half_written_by_a_killed_process_is_never_read(capsys):
    write_snapshot(PLACE, [SHOP], made_at=datetime.now(UTC), origin="")
    PLACE.with_name(f".{PLACE.name}.4711").write_bytes(PLACE.read_bytes()[:5000])
    assert kept() == ["shop"]


def test_a_damaged_snapshot_is_fetched_anew():
    PLACE.parent.mkdir()
    PLACE.write_bytes(b"half of a file")
    with handing_out(SHOP) as server:
        assert sync(server.url) == exits.DONE
    assert kept() == ["shop"]


@pytest.mark.parametrize(
    ("arguments", "token", "said"),
    [
        ((), TOKEN, "Say which server"),
        (("http://fairlead.example",), TOKEN, "is not an https address"),
        (("http://127.0.0.1:1",), "", "There is no token"),
        (("http://127.0.0.1:1",), TOKEN, "There are no lessons here yet"),
    ],
)
def test_what_cannot_be_fetched_says_why(capsys, monkeypatch, arguments, token, said):
    monkeypatch.setenv("FAIRLEAD_TOKEN", token)
    assert sync(*arguments) == exits.USAGE
    assert said in capsys.readouterr().err


def test_a_token_that_is_not_taken_is_told(capsys, monkeypatch):
    monkeypatch.setenv("FAIRLEAD_TOKEN", "fl_other")
    with handing_out(SHOP) as server:
        assert sync(server.url) == exits.USAGE
    assert "answered 401. Not this one." in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_from_the_server_itself_and_back_again(live_server, cast, capsys, monkeypatch):
    world = without_a_case(cast)
    monkeypatch.setenv("FAIRLEAD_TOKEN", token_for(cast.teammate, "lessons:read", "lessons:rate"))
    assert sync(live_server.url) == exits.DONE
    assert sync() == exits.DONE
    assert capsys.readouterr().out == "1 lesson, fetched.\n1 lesson, unchanged.\n"
    assert (about(PLACE).lessons, lesson_named(PLACE, str(world.lesson)).title) == (1, "The border pair")
    ordinary_changes()
    assert main(["lessons", "prove", str(world.lesson), "--push"]) == exits.DONE
    assert KeptLesson.objects.values_list("fired", "looked_at", "fires_on_own").get() == (0, 1, None)


def ordinary_changes():
    Path("notes.md").write_text("A note\n", "utf-8")
    me = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    for command in (["init", "-q"], ["add", "notes.md"], [*me, "commit", "-q", "-m", "Note"]):
        subprocess.run(["git", *command], check=True)


def test_what_was_counted_is_reported_and_nothing_of_any_change(capsys):
    Path("own.diff").write_text(GIT, "utf-8")
    with handing_out(BORDER) as server:
        sync(server.url)
        ordinary_changes()
        assert main(["lessons", "prove", "border", "--diff", "own.diff", "--push"]) == exits.DONE
        path, _, body = server.asked[-1]
    assert path == "/api/v1/lessons/border/rate"
    assert json.loads(body) == {"edition": 1, "fired": 0, "looked_at": 1, "fires_on_own": True}
    assert "Reported to the server." in capsys.readouterr().out


def test_a_lesson_that_is_only_a_file_is_not_reported(capsys):
    Path("lesson.toml").write_text(
        'id = "a"\ntitle = "A"\nknow = "B"\n[triggers]\npaths = ["x/**"]\n', "utf-8"
    )
    ordinary_changes()
    assert main(["lessons", "prove", "lesson.toml", "--push"]) == exits.USAGE
    assert "Only a lesson of the server" in capsys.readouterr().err
