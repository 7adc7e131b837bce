"""One comment of a pull request: written once, changed when the lessons change, never a second one."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fairlead.cli import exits, main
from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.guard.lessons.comment import MARK, CommentError, Place, keep
from fairlead.guard.lessons.printing import Outcome
from fairlead.guard.lessons.snapshot import About, write_snapshot
from tests.core.lessons.changes import GIT, PYTHON
from tests.guard.lessons.github import BOT, pull_request

BORDER = Lesson(
    "border",
    "The *border* pair <b>",
    "Ask @network; `x` | y",
    Triggers(sections=("router bgp",)),
    ("border-loop",),
)


@pytest.fixture
def pull(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_snapshot(
        Path(".fairlead/lessons.sqlite3"),
        [BORDER],
        made_at=datetime(2026, 11, 25, tzinfo=UTC),
        origin="https://fairlead.example",
    )
    Path("event.json").write_text(json.dumps({"pull_request": {"number": 7}}), "utf-8")
    with pull_request() as pull:
        monkeypatch.setenv("GITHUB_API_URL", pull.url)
        monkeypatch.setenv("GITHUB_REPOSITORY", "harbour/shop")
        monkeypatch.setenv("GITHUB_EVENT_PATH", "event.json")
        monkeypatch.setenv("GITHUB_TOKEN", "ghs_x")
        yield pull


def comment(diff=GIT, *arguments):
    Path("change.diff").write_text(diff, "utf-8")
    return main(["lessons", "comment", "change.diff", *arguments])


def test_the_comment_is_written_once_and_says_why(pull):
    pull.says("Looks good to me")
    assert comment() == exits.DONE
    [body] = pull.by_bot()
    assert body.startswith(f"{MARK}\n**Worth knowing before this goes out**")
    assert "- Because it changes something under “router bgp” (network/border/edge-1.cfg:13)." in body
    assert "- Run: `fairlead prove border-loop`" in body
    assert "(https://fairlead.example/lessons/border/)" in body


def test_nothing_in_a_lesson_calls_anybody_or_leaves_its_place(pull):
    comment()
    [body] = pull.by_bot()
    assert "The \\*border\\* pair \\<b\\>" in body
    assert "Ask @\u200bnetwork; \\`x\\` \\| y" in body


def test_the_same_lessons_are_not_told_twice(pull, capsys):
    comment()
    comment()
    assert (len(pull.by_bot()), pull.writes) == (1, ["POST"])
    assert capsys.readouterr().out.endswith("The comment: unchanged.\n")


def test_when_they_fire_no_more_the_comment_says_so(pull):
    comment()
    comment(PYTHON)
    [body] = pull.by_bot()
    assert "No lesson fires on this change any more." in body
    assert pull.writes == ["POST", "PATCH"]


def test_without_a_lesson_there_is_no_comment(pull, capsys):
    comment(PYTHON)
    assert pull.comments == []
    assert "nothing to tell" in capsys.readouterr().out


def test_its_own_comment_is_found_on_a_later_page(pull):
    pull.per_page = 10
    for number in range(25):
        pull.says(f"Remark {number}")
    pull.says(f"{MARK}\nAn earlier one", BOT)
    comment()
    assert (len(pull.by_bot()), pull.writes) == (1, ["PATCH"])


def test_a_comment_that_somebody_else_marked_is_left_alone(pull):
    pull.says(f"{MARK}\nMine", "somebody")
    comment()
    assert pull.comments[0]["body"] == f"{MARK}\nMine"
    assert len(pull.by_bot()) == 1


def test_with_a_token_of_a_user_its_comments_are_its_own(pull):
    pull.login = "fairlead-machine"
    comment()
    comment(PYTHON)
    assert pull.writes == ["POST", "PATCH"]


def test_from_a_fork_the_lessons_stand_beside_the_lines(pull, capsys):
    pull.may_write = False
    assert comment() == exits.DONE
    told = capsys.readouterr()
    assert told.out.startswith("::notice file=network/border/edge-1.cfg,line=13,title=The *border* pair")
    assert "No comment was written: 127.0.0.1 answered 403." in told.err


def test_a_server_that_does_not_answer_fails_no_pipeline(pull, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:1")
    assert comment() == exits.DONE
    assert capsys.readouterr().out.startswith("::notice ")


ABOUT = About(datetime(2026, 11, 25, tzinfo=UTC), "", "", 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "3"},
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) - 5)},
    ],
)
def test_too_many_requests_are_waited_for_once(pull, headers):
    waited = []
    pull.refuse = [headers]
    place = Place(pull.url, "ghs_x", "harbour/shop", 7)
    keep(place, Outcome((), (), ABOUT, is_cut=False), wait=waited.append)
    assert waited == [float(headers.get("Retry-After", 0))]


def test_a_long_wait_is_not_waited_for(pull, capsys):
    pull.refuse = [{"Retry-After": "61"}] * 2
    assert comment() == exits.DONE
    told = capsys.readouterr()
    assert "it would take too long to wait" in told.err
    assert told.out.startswith("::notice ")


def test_a_token_is_sent_over_https_alone():
    with pytest.raises(CommentError, match="not an https address"):
        keep(Place("http://github.example", "t", "harbour/shop", 7), Outcome((), (), ABOUT, is_cut=False))


@pytest.mark.parametrize("missing", ["GITHUB_REPOSITORY", "GITHUB_EVENT_PATH"])
def test_which_pull_request_has_to_be_known(pull, monkeypatch, capsys, missing):
    monkeypatch.delenv(missing)
    assert comment() == exits.USAGE
    assert "--repository OWNER/NAME --number N" in capsys.readouterr().err
    assert comment(GIT, "--repository", "harbour/shop", "--number", "7") == exits.DONE
