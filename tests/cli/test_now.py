"""`fairlead now`: five questions or none, then a folder with everything for the talk, for one person's eyes."""

import errno
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from icalendar import Calendar

from fairlead import cli
from fairlead.cli import exits, now
from fairlead.core.talkfile import read_talk

SENTENCE = "A route change went out and the shop was down in all regions."
FLAGS = [
    "--since",
    "2026-11-19 14:27",
    "--until",
    "2026-11-19 15:32",
    "--rate",
    "USD 165k",
    "--zone",
    "Europe/Berlin",
]
ALL = [*FLAGS, "--team-size", "7", "--yes"]
FILES = ["statement.md", "preparation.md", "card.pdf", "team-draft.md", "check-ins.ics", "talk.json"]


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")


def run(*line, answers=""):
    kept, sys.stdin = sys.stdin, io.StringIO(answers)
    try:
        return cli.main(["now", *line])
    finally:
        sys.stdin = kept


def made():
    [folder] = [path for path in Path().iterdir() if path.is_dir()]
    return folder


def talk():
    return read_talk((made() / "talk.json").read_text(encoding="utf-8"))


def test_with_flags_it_asks_nothing_and_makes_the_folder(capsys):
    assert run(SENTENCE, *ALL) == exits.DONE
    folder = made()
    assert folder.name.startswith("fairlead-now-20")
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    shown = capsys.readouterr().out
    assert "about USD 180,000" in shown
    assert "How are you doing right now?" in shown
    assert shown.index("Read this aloud") < shown.index("statement.md")
    assert "\x1b" not in shown


def test_the_folder_and_its_files_are_for_one_person_s_eyes():
    run(SENTENCE, *ALL)
    assert stat.S_IMODE(made().stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in made().iterdir()} == {0o600}


def test_what_a_server_adopts_is_complete():
    run(SENTENCE, *ALL, "--title", "Routing loop")
    adopted = talk()
    assert adopted.title == "Routing loop"
    assert adopted.customer_saw == "The shop was down in all regions"
    assert adopted.times.started is not None
    assert adopted.times.started.isoformat() == "2026-11-19T13:27:00+00:00"
    assert adopted.cost is not None
    assert (adopted.cost.currency, adopted.cost.rate) == ("USD", 16_500_000)
    assert (adopted.team_size, adopted.zone, adopted.text) == (7, "Europe/Berlin", SENTENCE)


def test_the_papers_fit_together():
    run(SENTENCE, *ALL)
    assert len(pypdf.PdfReader(made() / "card.pdf").pages) == 2
    days = [
        event["dtstart"].dt.date()
        for event in Calendar.from_ical((made() / "check-ins.ics").read_bytes()).walk("VEVENT")
    ]
    assert tuple(days) == talk().check_ins
    assert "USD" not in (made() / "team-draft.md").read_text(encoding="utf-8")


def test_five_answers_are_enough(capsys):
    answers = f"{SENTENCE}\n2026-11-19 14:27 to 15:32\n165k per hour\nUSD\n7\nberlin\n"
    assert run(answers=answers) == exits.DONE
    shown = capsys.readouterr().out
    assert "1 of 5" in shown
    assert "5 of 5" in shown
    adopted = talk()
    assert adopted.times.resolved is not None
    assert adopted.times.resolved.isoformat() == "2026-11-19T14:32:00+00:00"
    assert (adopted.team_size, adopted.zone) == (7, "Europe/Berlin")


def test_it_asks_only_for_what_the_text_does_not_say(tmp_path, capsys):
    (tmp_path / "review.md").write_text(
        "# Search down\n\nAll times in UTC, 2026-11-19.\n\n## Impact\n\nSearch was down for users. It cost EUR 12k.\n\n"
        "## Timeline\n\n- 10:00 change deployed\n- 10:05 alert\n- 10:30 service restored\n",
        encoding="utf-8",
    )
    assert run("review.md", answers="7\n") == exits.DONE
    shown = capsys.readouterr().out
    assert "4 of 5" in shown
    for other in ("2 of 5", "3 of 5", "5 of 5"):
        assert other not in shown
    assert talk().entries[0].text == "change deployed"


def test_a_bad_answer_is_asked_again_kindly(capsys):
    answers = f"{SENTENCE}\nsoon\n14:27 to 15:32\na lot\nUSD 180k\nmany\n7\nthe moon\nUTC\n"
    assert run(answers=answers) == exits.DONE
    shown = capsys.readouterr().out
    for kind in ("I need a time", "I need an amount", "A number is enough", "is not a zone we know"):
        assert kind in shown
    assert talk().cost is not None


def test_not_known_is_an_answer_to_everything():
    answers = "Something is odd\n?\nnot known\nnot known\n?\n\n"
    assert run(answers=answers) == exits.DONE
    adopted = talk()
    assert (adopted.cost, adopted.team_size, adopted.times.started, adopted.customer_saw) == (
        None,
        None,
        None,
        "",
    )
    assert "not known yet" in (made() / "preparation.md").read_text(encoding="utf-8")


def test_when_the_answers_end_everything_else_takes_its_default(capsys):
    assert run(answers=f"{SENTENCE}\n") == exits.DONE
    assert "There are no more answers" in capsys.readouterr().out
    assert talk().cost is None


def test_nothing_said_is_nothing_made(capsys):
    assert run(answers="") == exits.USAGE
    assert run(answers="\n") == exits.USAGE
    assert run("--yes") == exits.USAGE
    assert list(Path().iterdir()) == []
    assert "fairlead now:" in capsys.readouterr().err


def test_the_first_answer_may_be_the_name_of_a_file(tmp_path):
    (tmp_path / "note.txt").write_text(SENTENCE, encoding="utf-8")
    assert run(answers="note.txt\n") == exits.DONE
    assert talk().text == SENTENCE


def test_two_runs_in_the_same_minute_make_two_folders(monkeypatch):
    monkeypatch.setattr(now, "folder_name", lambda: "fairlead-now-20261119-1700")
    assert run(SENTENCE, *ALL) == run(SENTENCE, *ALL) == exits.DONE
    assert sorted(path.name for path in Path().iterdir()) == [
        "fairlead-now-20261119-1700",
        "fairlead-now-20261119-1700-2",
    ]


def test_a_folder_with_something_in_it_is_refused_and_the_statement_still_said(tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("x")
    assert run(SENTENCE, *ALL, "--out", "out") == exits.REFUSED
    shown = capsys.readouterr()
    assert "Here is the size of it." in shown.out
    assert "writes over nothing" in shown.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


def test_a_full_disk_says_what_was_kept(monkeypatch, capsys):
    written = []

    def full(_handle):
        if written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(1)

    monkeypatch.setattr("os.fsync", full)
    assert run(SENTENCE, *ALL) == exits.USAGE
    said = capsys.readouterr().err
    assert "Kept: statement.md" in said
    assert "disk is full" in said
    assert [path.name for path in made().iterdir()] == ["statement.md"]


def test_an_unwritable_place_is_named(tmp_path, capsys, monkeypatch):
    def refused(*_args, **_given):
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr("pathlib.Path.mkdir", refused)
    assert run(SENTENCE, *ALL) == exits.USAGE
    assert "--out DIR" in capsys.readouterr().err


def test_stopping_at_the_questions_keeps_what_was_typed(monkeypatch, capsys):
    class Stopping(io.StringIO):
        def readline(self, *_args):
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr(
        "sys.stdin", Stopping(f"{SENTENCE}\n2026-11-19 14:27 to 15:32\nEUR 20k per hour\n7\n")
    )
    assert cli.main(["now"]) == exits.STOPPED
    kept = made() / "unfinished.txt"
    assert "fairlead now " in capsys.readouterr().out
    assert run(str(kept), "--yes", "--out", "again", "--zone", "UTC") == exits.DONE
    again = read_talk(Path("again/talk.json").read_text(encoding="utf-8"))
    assert again.team_size == 7
    assert again.cost is not None
    assert (again.cost.currency, again.cost.rate) == ("EUR", 2_000_000)
    assert again.times.started is not None
    assert f"{again.times.started:%Y-%m-%d %H:%M}" == "2026-11-19 14:27"


def test_stopping_before_anything_was_typed_makes_nothing(monkeypatch, capsys):
    class Stopped(io.StringIO):
        def readline(self, *_args):
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Stopped())
    assert cli.main(["now"]) == exits.STOPPED
    assert cli.main(["now", SENTENCE]) == exits.STOPPED
    assert list(Path().iterdir()) == []
    assert "Nothing was written." in capsys.readouterr().out


def test_stopping_while_the_card_is_drawn_keeps_the_words(monkeypatch, capsys):
    from fairlead.papers import card  # noqa: PLC0415 - the command imports it late, too

    def stopped(_preparation):
        raise KeyboardInterrupt

    monkeypatch.setattr(card, "card_pdf", stopped)
    assert run(SENTENCE, *ALL) == exits.STOPPED
    assert "Kept: statement.md, preparation.md" in capsys.readouterr().err


def test_json_tells_a_program_what_was_made(capsys):
    assert run(SENTENCE, *FLAGS, "--json") == exits.DONE
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == FILES
    assert told["times"]["started"] == "2026-11-19T13:27:00Z"
    assert told["missing"] == ["team_size"]
    assert told["statement"][0] == "Here is the size of it."


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--since", "soon"], "no time in it"),
        (["--until", "soon"], "no time in it"),
        (["--cost", "a lot"], "--cost"),
        (["--rate", "165k"], "--rate"),
        (["--zone", "Mars"], "--zone"),
        (["--team-size", "many"], "--team-size"),
        (["--since", "2099-01-01 10:00"], "still to come"),
        (["--since", "2020-01-01 10:00", "--until", "2026-01-01 10:00"], "Check the times"),
    ],
)
def test_a_flag_that_cannot_be_read_is_named(flags, words, capsys):
    assert run(SENTENCE, "--yes", *flags) == exits.USAGE
    assert words in capsys.readouterr().err
    assert list(Path().iterdir()) == []


def test_cost_and_rate_together_are_a_wrong_line(capsys):
    assert run(SENTENCE, "--cost", "USD 1k", "--rate", "USD 1k") == exits.USAGE
    assert "not allowed with" in capsys.readouterr().err


def test_the_end_alone_is_added_to_the_start_of_the_text():
    run(
        "Down since 2026-11-19 23:50, nobody could pay",
        "--until",
        "2026-11-19 00:10",
        "--zone",
        "UTC",
        "--yes",
    )
    times = talk().times
    assert times.started is not None
    assert times.resolved is not None
    assert (times.resolved - times.started).total_seconds() == 20 * 60


def test_a_binary_file_is_refused(tmp_path, capsys):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert run("picture.png", "--yes") == exits.USAGE
    assert "is a picture" in capsys.readouterr().err


def test_a_megabyte_of_log_is_prepared(tmp_path):
    line = "2026-11-19 14:27:05 checkout failed for customers\n"
    (tmp_path / "big.log").write_text(line * 20_000, encoding="utf-8")
    assert run("big.log", "--yes", "--zone", "UTC") == exits.DONE
    assert len(talk().entries) == 20_000


def test_control_characters_and_turned_text_do_not_reach_the_screen(capsys):
    assert run("The shop\x1b[31m was down\u202e for customers", *ALL) == exits.DONE
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_names_before_the_times_of_a_chat_stay_in_the_text_alone(tmp_path):
    (tmp_path / "chat.txt").write_text(
        "Rowan Ash  2:27 PM\nthe site is down for customers\n", encoding="utf-8"
    )
    run("chat.txt", "--yes", "--zone", "UTC")
    for name in ("statement.md", "preparation.md", "team-draft.md"):
        assert "Rowan" not in (made() / name).read_text(encoding="utf-8")
    assert not any("Rowan" in entry.text for entry in talk().entries)


@pytest.mark.parametrize(
    ("zone", "link", "told"),
    [
        ("Europe/Paris", "/x", "Europe/Paris"),
        (":Europe/Paris", "/x", "Europe/Paris"),
        ("", "/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("", "/usr/share/zoneinfo/Etc/UTC", "UTC"),
        ("UTC", "/etc/localtime", "UTC"),
    ],
)
def test_the_zone_of_the_machine_is_the_default(monkeypatch, zone, link, told):
    monkeypatch.setenv("TZ", zone)
    monkeypatch.setattr("os.path.realpath", lambda _path: link)
    assert now.machine_zone() == told


def test_an_unknown_zone_of_the_machine_is_taken_as_utc(monkeypatch):
    monkeypatch.setattr(now, "machine_zone", lambda: "Mars/Olympus")
    run(SENTENCE, "--yes")
    assert talk().zone == "UTC"


def test_the_first_question_comes_before_the_paper_and_the_web_are_imported():
    script = (
        "import io, sys; from fairlead import cli\n"
        "class Screen(io.StringIO):\n"
        "    def readline(self):\n"
        "        print(sorted(set(sys.modules) & {'django', 'rich', 'typst', 'icalendar', 'fairlead.core'}))\n"
        "        raise KeyboardInterrupt\n"
        "sys.stdin = Screen(); cli.main(['now'])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "[]" in done.stdout


def test_the_shape_of_the_command_is_the_agreed_one():
    assert (now.NAME, cli.COMMANDS["now"].help) == ("now", now.HELP)


class Person(io.StringIO):
    """Answers that come from a terminal."""

    def isatty(self):
        return True


def answered(monkeypatch, line, answers):
    monkeypatch.setattr("sys.stdin", Person(answers))
    return cli.main(["now", *line])


def test_a_person_is_shown_everything_and_can_change_each_part(monkeypatch, capsys):
    line = [SENTENCE, *FLAGS, "--team-size", "7"]
    changes = (
        *("9", "1", "Routing loop", "2", "2026-11-18 10:00 to 2026-11-19 11:00", "3", "USD 120k to 200k"),
        *("4", "9", "5", "UTC", "6", "Nobody could pay", "6", "?", "ok"),
    )
    assert answered(monkeypatch, line, "\n".join(changes) + "\n") == exits.DONE
    assert "a number from 1 to 6" in capsys.readouterr().err  # where questions go while the output is piped
    adopted = talk()
    assert (adopted.title, adopted.team_size, adopted.zone) == ("Routing loop", 9, "UTC")
    assert adopted.customer_saw == ""
    assert adopted.cost is not None
    assert adopted.cost.total == (12_000_000, 16_000_000, 20_000_000)


def test_when_a_person_leaves_during_the_last_look_nothing_impossible_is_written(monkeypatch, capsys):
    line = [SENTENCE, "--team-size", "7", "--rate", "USD 10k", "--zone", "UTC"]
    assert answered(monkeypatch, line, "2099-01-01 10:00 to 11:00\n") == exits.USAGE
    assert "still to come" in capsys.readouterr().err
    assert list(Path().iterdir()) == []


def test_an_end_that_is_not_known_leaves_the_duration_out(monkeypatch):
    assert (
        answered(monkeypatch, [SENTENCE, *FLAGS[4:], "--team-size", "7"], "2026-11-19 14:27\n\n")
        == exits.DONE
    )
    assert talk().times.resolved is None
    assert "It lasted" not in (made() / "statement.md").read_text(encoding="utf-8")


def test_not_known_is_a_flag_s_answer_too():
    assert (
        run(SENTENCE, "--cost", "not known", "--team-size", "?", "--since", "2026-11-19 14:27", "--yes")
        == exits.DONE
    )
    assert (talk().cost, talk().team_size) == (None, None)


def test_an_amount_in_the_text_that_may_be_no_cost_is_asked_about(capsys):
    assert run("The shop was down; a ticket is worth EUR 20.", answers="\n\n\n\n") == exits.DONE
    assert "3 of 5" in capsys.readouterr().out
    assert talk().cost is None


@pytest.mark.parametrize("ending", ["about USD 180,000", "USD 180k.", "~ $180k"])
def test_an_amount_that_ends_the_line_by_itself_is_the_cost(ending):
    run(f"The shop was down from 14:27 until 15:32, {ending}", "--zone", "UTC", "--yes")
    cost = talk().cost
    assert cost is not None
    assert cost.total == (18_000_000,) * 3


def test_whoever_the_text_names_is_named_nowhere_in_the_folder():
    run("Jonas Lindqvist pushed a routing change at 14:27, shop down until 15:32", "--zone", "UTC", "--yes")
    assert talk().title == "The engineer pushed a routing change"
    for paper in made().iterdir():
        if paper.suffix in {".md", ".ics"}:
            assert "Jonas" not in paper.read_text(encoding="utf-8"), paper.name


def test_a_title_that_was_given_stands_as_it_is():
    run("Shop down 14:27 to 15:32", "--title", "Jonas and the border pair", "--zone", "UTC", "--yes")
    assert talk().title == "Jonas and the border pair"


def test_a_rate_in_the_text_is_used():
    run(
        "The shop was down from 10:00 to 11:00 on 2026-11-19, an hour brings in EUR 20k per hour.",
        "--yes",
        "--zone",
        "UTC",
    )
    cost = talk().cost
    assert cost is not None
    assert cost.rate == 2_000_000


def test_an_answer_joins_what_the_text_told_the_day_and_the_end(capsys):
    text = "On 2026-11-19 the shop was down, back at 15:32, cost us 180k"
    assert run(text, "--zone", "Europe/Berlin", "--team-size", "7", answers="14:27\nUSD 180k\n") == exits.DONE
    shown = capsys.readouterr().out
    assert "since: not known yet, until Thursday 15:32" in shown
    adopted = talk()
    assert adopted.times.started is not None
    assert adopted.times.resolved is not None
    assert adopted.times.started.isoformat() == "2026-11-19T13:27:00+00:00"
    assert adopted.times.resolved.isoformat() == "2026-11-19T14:32:00+00:00"
    assert "no currency" not in shown
