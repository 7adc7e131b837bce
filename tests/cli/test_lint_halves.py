"""Two processes say what one says, and where the second one fails the first does all of it."""

import os

import pytest

from fairlead.cli import lint_halves
from fairlead.cli.lint_halves import checked
from fairlead.core.language import lint

TEXTS = [f"In part {number} the operator failed to check it.\n\nShe ran it.\n" for number in range(9)]
ALONE = [lint(text) for text in TEXTS]


@pytest.fixture
def two(monkeypatch):
    """Count the processes that are begun; a test runner has threads, and they are asleep."""
    begun = []
    fork = os.fork
    monkeypatch.setattr(lint_halves, "_can_fork", lambda: True)
    monkeypatch.setattr(lint_halves.os, "fork", lambda: begun.append(1) or fork())
    return begun


def test_two_processes_find_what_one_finds(two):
    assert checked(TEXTS, lint, worth_it=10) == ALONE
    assert two


@pytest.mark.parametrize(("texts", "worth_it"), [(TEXTS, 10_000), (TEXTS[:1], 10), ([], 0)])
def test_little_text_is_read_by_one(two, texts, worth_it):
    assert checked(texts, lint, worth_it=worth_it) == ALONE[: len(texts)]
    assert not two


def test_the_first_process_does_what_the_second_cannot(two):
    first = os.getpid()

    def check(text):
        if os.getpid() != first:
            os._exit(7)
        return lint(text)

    assert checked(TEXTS, check, worth_it=10) == ALONE


def test_half_an_answer_is_none(two, monkeypatch):
    def write(writing, texts, check):
        os.write(writing, b"[")
        os._exit(7)

    monkeypatch.setattr(lint_halves, "_write", write)
    assert checked(TEXTS, lint, worth_it=10) == ALONE


def test_an_error_is_the_same_with_two_processes(two):
    def check(text):
        raise ValueError("a rule that cannot be read")

    with pytest.raises(ValueError, match="cannot be read"):
        checked(TEXTS, check, worth_it=10)
    with pytest.raises(ChildProcessError):  # nothing was left behind
        os.waitpid(-1, os.WNOHANG)


def test_a_large_answer_comes_whole(two):
    texts = ["She ran it. " * 4000] * 4
    assert checked(texts, lint, worth_it=10) == [lint(text) for text in texts]


@pytest.mark.parametrize(
    ("platform", "processors", "may"),
    [("linux", {0, 1}, True), ("linux", {0}, False), ("darwin", {0, 1}, False)],
)
def test_only_where_forking_is_safe_and_helps(monkeypatch, platform, processors, may):
    monkeypatch.setattr(lint_halves.sys, "platform", platform)
    monkeypatch.setattr(lint_halves.os, "sched_getaffinity", lambda _: processors, raising=False)
    monkeypatch.setitem(lint_halves.sys.modules, "threading", None)
    assert lint_halves._can_fork() is may
