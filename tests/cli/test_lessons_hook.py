"""The entry for pre-commit, run as a hook of git: it tells the lesson and never stops a commit."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.guard.lessons.snapshot import write_snapshot

HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


def entry(hook: str) -> str:
    text = HOOKS.read_text("utf-8").partition(f"- id: {hook}\n")[2].partition("- id:")[0]
    return re.search(r"^  entry: (.+)$", text, re.MULTILINE)[1]


@pytest.fixture
def repository(tmp_path):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    hook = tmp_path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec {entry('fairlead-lessons')}\n", "utf-8")
    hook.chmod(0o755)
    (tmp_path / "edge.cfg").write_text("router bgp 1\n", "utf-8")
    subprocess.run(["git", "add", "edge.cfg"], cwd=tmp_path, check=True)
    return tmp_path


def commit(repository):
    places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    me = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    command = ["git", *me, "commit", "-q", "-m", "A change"]
    return subprocess.run(
        command,
        cwd=repository,
        env={**os.environ, "PATH": places},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_lesson_is_told_and_the_commit_goes_through(repository):
    lesson = Lesson("a", "Two default routes", "Production has two.", Triggers(paths=("*.cfg",)))
    place = repository / ".fairlead" / "lessons.sqlite3"
    write_snapshot(place, [lesson], made_at=datetime(2026, 11, 25, tzinfo=UTC), origin="")
    done = commit(repository)
    assert done.returncode == 0, done.stderr
    assert "Two default routes" in done.stdout + done.stderr


@pytest.mark.parametrize("content", [None, b"half of a file"])
def test_without_usable_lessons_it_says_so_and_stops_nobody(repository, content):
    place = repository / ".fairlead" / "lessons.sqlite3"
    if content:
        place.parent.mkdir()
        place.write_bytes(content)
    done = commit(repository)
    assert done.returncode == 0
    assert "fairlead lessons sync" in done.stderr
