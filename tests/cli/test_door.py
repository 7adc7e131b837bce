"""The door of the command line: quick to open, clear about what it offers, honest in its exit codes."""

import importlib
import io
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from fairlead import cli
from fairlead.cli import exits, terminal


def test_without_a_command_it_shows_the_help_and_where_to_start(capsys):
    assert cli.main([]) == exits.DONE
    shown = capsys.readouterr().out
    assert "fairlead now" in shown
    assert "exit codes" in shown


def test_help_lists_every_command_without_importing_one(capsys):
    assert cli.main(["--help"]) == exits.DONE
    shown = capsys.readouterr().out
    for name, command in cli.COMMANDS.items():
        assert name in shown
        assert command.help in shown


def test_version_is_the_installed_one(capsys):
    assert cli.main(["--version"]) == exits.DONE
    assert capsys.readouterr().out.startswith("fairlead 0.")


@pytest.mark.parametrize("line", [["nonsense"], ["--nonsense"], ["now", "--nonsense"]])
def test_a_wrong_line_is_a_usage_error(line, capsys):
    assert cli.main(line) == exits.USAGE
    assert "usage: fairlead" in capsys.readouterr().err


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_row_of_the_table_has_a_module_of_the_agreed_shape(name):
    module = importlib.import_module(cli.COMMANDS[name].module)
    assert callable(module.add_arguments)
    assert callable(module.run)


def test_a_command_can_be_stopped_with_ctrl_c(monkeypatch, capsys):
    def interrupted(_args):
        raise KeyboardInterrupt

    module = types.SimpleNamespace(add_arguments=lambda _parser: None, run=interrupted)
    monkeypatch.setattr(importlib, "import_module", lambda _name: module)
    assert cli.main(["doctor"]) == exits.STOPPED
    assert "Stopped." in capsys.readouterr().err


def test_an_error_of_ours_is_never_the_answer_no(monkeypatch, capsys):
    module = types.ModuleType("broken")
    module.add_arguments = lambda _: None
    module.run = lambda _: 1 / 0
    monkeypatch.setitem(sys.modules, cli.COMMANDS["routing-loop"].module, module)
    assert cli.main(["routing-loop"]) == exits.USAGE != exits.REFUSED
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_whoever_stops_reading_along_is_not_told_the_answer_no():
    story = Path(__file__).parents[2] / "examples" / "story" / "production"
    command = [str(Path(sys.executable).parent / "fairlead"), "routing-loop", str(story)]
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (exits.USAGE, b"")


def test_opening_the_door_imports_neither_the_web_nor_the_paper():
    script = (
        "import sys; from fairlead import cli; cli.build_parser('now');"
        "print([m for m in ('django', 'rich', 'typst', 'icalendar', 'cryptography') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class Screen(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_gets_weight_and_a_pipe_gets_plain_text(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.styled("hello", "bold", Screen()) == "\x1b[1mhello\x1b[0m"
    assert terminal.styled("hello", "bold", io.StringIO()) == "hello"


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.styled("hello", "bold", Screen()) == "hello"


def test_a_dumb_terminal_gets_plain_text(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "dumb")
    assert terminal.styled("hello", "bold", Screen()) == "hello"
