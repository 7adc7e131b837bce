"""`fairlead now` in a real terminal: pasting, looking again, changing an answer, stopping."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fairlead.core.talkfile import read_talk

# Taking the terminal as its own is what a shell does for a command; without it Ctrl+C would reach nobody.
SCRIPT = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from fairlead.cli import main
sys.exit(main(sys.argv[1:]))
"""
COMMAND = [sys.executable, "-c", SCRIPT, "now"]


class Terminal:
    """A terminal with the command in it: wait for words, then type."""

    def __init__(self, cwd, *line):
        self.screen, self.seen = "", 0
        self.main, other = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        environment.pop("NO_COLOR", None)
        self.process = subprocess.Popen(
            [*COMMAND, *line],
            stdin=other,
            stdout=other,
            stderr=other,
            cwd=cwd,
            env=environment,
            start_new_session=True,
        )
        os.close(other)

    def answer(self, words, typed):
        self.wait(words)
        os.write(self.main, typed.encode())

    def wait(self, words):
        until = time.monotonic() + 20
        while words not in self.screen[self.seen :]:
            assert self._read(until), f"“{words}” did not come; the screen says: {self.screen}"
        self.seen = self.screen.index(words, self.seen) + len(words)

    def end(self):
        until = time.monotonic() + 20
        while self._read(until):
            pass
        os.close(self.main)
        return self.process.wait(timeout=20)

    def _read(self, until):
        if not select.select([self.main], [], [], max(0, until - time.monotonic()))[0]:
            return False
        try:
            part = os.read(self.main, 65536)
        except OSError:  # the other end is closed
            return False
        self.screen += part.decode("utf-8", "replace")
        return bool(part)


def talk_in(place):
    [path] = Path(place).glob("*/talk.json")
    return read_talk(path.read_text(encoding="utf-8"))


def test_a_person_answers_looks_again_and_changes_something(tmp_path):
    terminal = Terminal(tmp_path)
    terminal.answer("What happened?", "A change went out and the shop was down in all regions\n")
    terminal.answer("Since when", "2026-11-19 14:27 to 15:32\n")
    terminal.answer("cost", "not known\n")
    terminal.answer("How many people", "7\n")
    terminal.answer("time zone", "Europe/Berlin\n")
    terminal.answer("Is it right?", "9\n")
    terminal.answer("a number from 1 to 6", "3\n")
    terminal.answer("an hour bring in", "USD 180k\n")
    terminal.answer("Is it right?", "1\n")
    terminal.answer("in one line", "Routing loop\n")
    terminal.answer("Is it right?", "6\n")
    terminal.answer("customers see", "nobody could pay\n")
    terminal.answer("Is it right?", "yes\n")
    assert terminal.end() == 0
    assert "\x1b[1m" in terminal.screen
    adopted = talk_in(tmp_path)
    assert (adopted.title, adopted.customer_saw, adopted.team_size) == ("Routing loop", "nobody could pay", 7)
    assert adopted.cost is not None
    assert adopted.cost.total == (18_000_000,) * 3


def test_pasted_lines_are_one_answer(tmp_path):
    terminal = Terminal(tmp_path, "--team-size", "7", "--rate", "USD 10k", "--zone", "UTC")
    terminal.answer(
        "What happened?", "2026-11-19 14:27 change deployed\n14:31 alert\n15:32 the shop is back\n"
    )
    terminal.answer("customers see", "\n")
    terminal.answer("Is it right?", "\n")
    assert terminal.end() == 0
    assert [entry.text for entry in talk_in(tmp_path).entries] == [
        "change deployed",
        "alert",
        "the shop is back",
    ]


def test_a_time_that_cannot_be_is_asked_again_before_anything_is_written(tmp_path):
    terminal = Terminal(tmp_path, "--team-size", "7", "--rate", "USD 10k", "--zone", "UTC")
    terminal.answer("What happened?", "The shop was down for everyone\n")
    terminal.answer("Since when", "2099-01-01 10:00 to 11:00\n")
    terminal.answer("Is it right?", "\n")
    terminal.wait("still to come")
    terminal.answer("Since when", "2026-11-19 10:00 to 11:00\n")
    terminal.answer("Is it right?", "\n")
    assert terminal.end() == 0
    assert talk_in(tmp_path).times.started is not None


@pytest.mark.parametrize("typed", ["\x03", "\x04"], ids=["Ctrl+C", "Ctrl+D"])
def test_leaving_at_the_first_question_makes_nothing(tmp_path, typed):
    terminal = Terminal(tmp_path)
    terminal.answer("What happened?", "")
    terminal.wait("> ")
    os.write(terminal.main, typed.encode())
    assert terminal.end() == (130 if typed == "\x03" else 2)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_does_not_stop_the_writing(tmp_path):
    line = [
        sys.executable,
        "-c",
        "from fairlead.cli import main; main()",
        "now",
        "The shop was down",
        "--yes",
    ]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(line, cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
    assert talk_in(tmp_path).title == "The shop was down"
