"""`fairlead lint` and `fairlead rule`: formats, what is read and left out, what they answer and never show."""

import io
import json
import os
import subprocess
import sys

import pytest

from fairlead.cli import build_parser, main
from fairlead.cli.lint_line import read_line
from tests.sarif import wrong_in

BLAME = "The operator failed to check it.\n"
NAMES = "At 14:40 Jelena Kovac failed to check it. She was on duty.\n"
KEYS = [
    "path", "line", "column", "end_line", "end_column", "rule", "category", "level", "message", "why", "rewrites",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def write(path, text, **how):
    data = text if isinstance(text, bytes) else text.encode(**how)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def found(capsys, *arguments):
    code = main(["lint", "--format", "json", *arguments])
    return code, [(one["rule"], one["line"], one["column"]) for one in json.loads(capsys.readouterr().out)]


def test_text_shows_the_line_and_a_caret(tmp_path, capsys):
    write(tmp_path / "a.md", BLAME)
    assert main(["lint", "a.md"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("a.md:1:14: warning FL101 ")
    assert lines[1:3] == ["    The operator failed to check it.", "                 ^^^^^^^^^"]


def test_json_has_exactly_its_keys(tmp_path, capsys):
    write(tmp_path / "a.md", BLAME)
    main(["lint", "--format", "json", "a.md"])
    (one,) = json.loads(capsys.readouterr().out)
    assert list(one) == KEYS
    assert (one["path"], one["category"], one["end_column"]) == ("a.md", "blame", 23)


def test_no_findings_are_an_empty_list(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert found(capsys, "empty") == (0, [])


def test_sarif_keeps_to_its_schema(tmp_path, capsys):
    write(tmp_path / "a b.md", NAMES)
    write(tmp_path / "people.txt", "Jelena Kovač\n")
    main(["lint", "--format", "sarif", "--roster", "people.txt", "a b.md"])
    log = json.loads(capsys.readouterr().out)
    assert wrong_in(log) == []
    assert len(log["runs"][0]["results"]) == 3
    assert {result["level"] for result in log["runs"][0]["results"]} == {"error", "warning"}


@pytest.mark.parametrize("name", ["a:b %41.md", "ä/ö🙂.md", "..dots.md", "#1?.md", "plain.md"])
def test_sarif_keeps_to_its_schema_whatever_a_file_is_called(name, tmp_path, capsys):
    write(tmp_path / name, "🙂 The operator failed\r\nto check it. row 7\n")
    write(
        tmp_path / "fairlead.toml",
        '[[lint.rules]]\nid = "ACME1"\npattern = "row [0-9]"\nmessage = "No rows"\n',
    )
    for given in (name, str(tmp_path / name), "."):
        assert main(["lint", "--format", "sarif", given]) == 0
        log = json.loads(capsys.readouterr().out)
        assert wrong_in(log) == []
        assert {one["ruleId"] for one in log["runs"][0]["results"]} == {"FL101", "ACME1"}
    (tmp_path / "empty").mkdir()
    main(["lint", "--format", "sarif", "empty"])
    assert wrong_in(json.loads(capsys.readouterr().out)) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [(("version",), "2.0"), (("runs", 0, "results", 0, "level"), "suggestion"), (("runs", 0, "surprise"), 1),
     (("runs", 0, "results", 0, "locations", 0, "physicalLocation", "region", "startLine"), 0)],
)  # fmt: skip
def test_the_schema_of_sarif_says_what_is_wrong(place, value, tmp_path, capsys):
    write(tmp_path / "a.md", BLAME)
    main(["lint", "--format", "sarif", "a.md"])
    log = json.loads(capsys.readouterr().out)
    *way, last = place
    part = log
    for step in way:
        part = part[step]
    part[last] = value
    assert wrong_in(log)


@pytest.mark.parametrize("how", ["text", "json", "sarif", "github"])
def test_no_output_that_others_see_holds_a_name(how, tmp_path, capsys):
    write(tmp_path / "a.md", NAMES + "Ask first.last@acme.example or @jkovac.\n")
    write(tmp_path / "people.txt", "Jelena Kovač @jkovac\n")
    main(["lint", "--format", how, "--roster", "people.txt", "a.md"])
    shown = "".join(capsys.readouterr())
    assert "FL401" in shown
    assert not [word for word in ("Jelena", "Kovac", "jkovac", "first.last", "She was") if word in shown]


@pytest.mark.parametrize("how", ["sarif", "github"])
def test_private_words_go_into_no_log(how, tmp_path, capsys):
    write(tmp_path / "a.md", BLAME)
    assert main(["lint", "--format", how, "--audience", "private", "a.md"]) == 2


def test_annotations_are_capped_and_the_rest_is_counted(tmp_path, capsys):
    write(tmp_path / "a.md", (BLAME + "\n") * 14)
    main(["lint", "--format", "github", "a.md"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 11
    assert lines[0].startswith("::warning file=a.md,line=1,endLine=1,col=14,endColumn=23,title=FL101::")
    assert "+4 more" in lines[-1]


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        ("error", 0),
        ("warning", 1),
        ("FL101", 1),
        ("FL1", 1),
        ("FL2", 0),
        ("never", 0),
        ("FL2,suggestion", 1),
        ("loud", 2),
    ],
)
def test_only_what_was_asked_for_fails(fail_on, code, tmp_path, capsys):
    write(tmp_path / "a.md", BLAME)
    assert main(["lint", "a.md", "--fail-on", fail_on]) == code


def test_standard_input_is_read(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Why did you push it?")))
    assert found(capsys, "-", "--audience", "private") == (0, [("FL801", 1, 1)])


def test_folders_are_read_without_links_hidden_places_and_other_files(tmp_path, capsys):
    for name in ("d/a.md", "d/.hidden/b.md", "d/node_modules/c.md", "d/e.py", "d/f.txt", "d/out/g.md"):
        write(tmp_path / name, BLAME)
    (tmp_path / "d/loop").symlink_to(tmp_path / "d")
    (tmp_path / "d/link.md").symlink_to(tmp_path / "d/a.md")
    write(tmp_path / "fairlead.toml", '[lint]\nexclude = ["out/*"]\n')
    main(["lint", "--format", "json", "d"])
    assert {one["path"] for one in json.loads(capsys.readouterr().out)} == {"d/a.md", "d/f.txt"}


@pytest.mark.parametrize(
    ("content", "code", "rules"),
    [
        (b"\x89PNG\x00\x01", 2, 0), (BLAME.encode() + b"\xff\xfe caf\xe9", 0, 1),
        (b"\xef\xbb\xbf" + BLAME.encode(), 0, 1),
        (BLAME.encode("utf-16"), 0, 1), (b"a\r\n\r\n" + BLAME.encode(), 0, 1), (b"", 0, 0),
        (b"x" * (16 * 1024 * 1024 + 1), 2, 0), (b"<!-- open\n" + BLAME.encode(), 0, 0),
    ],
)  # fmt: skip
def test_any_file_is_read_or_refused(content, code, rules, tmp_path, capsys):
    write(tmp_path / "a.md", content)
    answered, marked = found(capsys, "a.md")
    assert (answered, len(marked)) == (code, rules)


def test_a_byte_order_mark_moves_no_column(tmp_path, capsys):
    write(tmp_path / "a.md", b"\xef\xbb\xbf" + BLAME.encode())
    assert found(capsys, "a.md")[1] == [("FL101", 1, 14)]


def test_a_file_that_is_gone_does_not_keep_the_others_from_being_read(tmp_path, capsys):
    write(tmp_path / "a.md", BLAME)
    assert found(capsys, "gone.md", "a.md") == (2, [("FL101", 1, 14)])


def test_a_path_outside_the_repository_is_read(tmp_path, monkeypatch, capsys):
    write(tmp_path / "a.md", BLAME)
    (tmp_path / "in/.git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "in")
    assert found(capsys, "../a.md") == (0, [("FL101", 1, 14)])


def test_a_baseline_is_written_once_and_knows_no_words(tmp_path, capsys):
    write(tmp_path / "a.md", BLAME)
    assert found(capsys, "a.md", "--baseline", "b.json", "--fail-on", "warning") == (0, [])
    assert "operator" not in (tmp_path / "b.json").read_text()
    write(tmp_path / "a.md", "New.\n\n" + BLAME + "\nIt was operator error.\n")
    assert found(capsys, "a.md", "--baseline", "b.json", "--fail-on", "warning") == (1, [("FL105", 5, 8)])
    write(tmp_path / "b.json", "[]")
    assert main(["lint", "a.md", "--baseline", "b.json"]) == 2


DIFF = """\
--- a/a.md
+++ b/a.md
@@ -1,3 +1,4 @@
 one
+It was operator error.
 The operator failed to check it.
-gone
+++ plus
--- a/b.md
+++ /dev/null
@@ -1 +0,0 @@
-x
"""


def test_a_diff_on_standard_input_chooses_lines(tmp_path, monkeypatch, capsys):
    write(tmp_path / "a.md", "one\nIt was operator error.\nThe operator failed to check it.\n++ plus\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DIFF.encode())))
    assert found(capsys, "--diff", "-") == (0, [("FL105", 2, 8)])


def git(*arguments):
    subprocess.run(
        ["git", "-c", "user.name=Ravi Menon", "-c", "user.email=r@x.example", *arguments],
        check=True,
        capture_output=True,
    )


def test_git_tells_changed_lines_authors_and_owners(tmp_path, capsys):
    os.rmdir(tmp_path / ".git")  # noqa: PTH106
    git("init", "-q")
    write(tmp_path / "a.md", BLAME)
    write(tmp_path / "CODEOWNERS", "* @jkovac\n")
    git("add", "-A")
    git("commit", "-qm", "first")
    write(tmp_path / "a.md", BLAME + "\nRavi and jkovac looked.\n")
    assert found(capsys, "--diff") == (0, [])
    assert found(capsys, "--diff", "--git-authors") == (1, [("FL401", 3, 1)])
    assert found(capsys, "--diff", "--codeowners") == (1, [("FL401", 3, 10)])


def test_without_a_repository_git_is_an_error(tmp_path, capsys):
    write(tmp_path / "a.md", BLAME)
    assert main(["lint", "a.md", "--diff"]) == 2
    assert main(["lint", "a.md", "--git-authors"]) == 2


def test_safe_rewrites_are_done_and_nothing_else_changes(tmp_path, capsys):
    write(tmp_path / "a.md", b"\xef\xbb\xbfHis laptop was old.\r\nHe ran it.\r\n")
    assert found(capsys, "a.md", "--fix") == (0, [("FL404", 2, 1)])
    assert (tmp_path / "a.md").read_bytes() == b"\xef\xbb\xbfTheir laptop was old.\r\nHe ran it.\r\n"
    write(tmp_path / "b.md", b"His caf\xe9 was old.")
    found(capsys, "b.md", "--fix")
    assert (tmp_path / "b.md").read_bytes() == b"His caf\xe9 was old."


def test_settings_come_from_the_project(tmp_path, capsys):
    write(tmp_path / "d/a.md", "Why did you push it? row 7\n")
    write(
        tmp_path / "pyproject.toml",
        '[tool.fairlead.lint]\naudience = "private"\nfail-on = ["ACME1"]\noff = ["FL8"]\n'
        '[[tool.fairlead.lint.rules]]\nid = "ACME1"\npattern = "row [0-9]"\nmessage = "No rows"\n',
    )
    assert found(capsys, "d/a.md") == (1, [("ACME1", 1, 22)])


@pytest.mark.parametrize(
    "written",
    [
        "[lint]\nloud = true", "[lint]\naudience = 'all'", "[lint]\noff = 'FL1'",
        "[lint", "[lint]\nrules = [{id = 'A1'}]",
        "[lint]\nrules = [{id = 'FL1', pattern = 'x', message = 'm'}]", "[lint]\nroster = 'gone.txt'",
        "[lint]\nrules = [{id = 'A1', pattern = '(', message = 'm'}]",
    ],
)  # fmt: skip
def test_settings_that_are_not_understood_are_said(written, tmp_path, capsys):
    write(tmp_path / "fairlead.toml", written)
    write(tmp_path / "a.md", BLAME)
    assert main(["lint", "a.md"]) == 2
    assert "fairlead lint:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "written",
    [
        '[tool.fairlead.lint]\naudience = "private"\n',
        '[ tool . "fairlead" . lint ]\naudience = "private"\n',
        '[tool]\nfairlead.lint.audience = "private"\n',
        '[tool]\nfairlead = { lint = { audience = "private" } }\n',
        'tool = { fairlead = { lint = { audience = "private" } } }\n',
    ],
)
def test_settings_may_be_written_in_every_way_toml_knows(written, tmp_path, capsys):
    write(tmp_path / "pyproject.toml", f"{written}# lint\n")
    write(tmp_path / "a.md", "Why did you push it?\n")
    _, findings = found(capsys, "a.md")
    assert [rule[:3] for rule, _, _ in findings] == ["FL8"]


def test_nothing_to_read_is_a_wrong_command_line(capsys):
    assert main(["lint"]) == 2


def test_a_rule_is_explained(capsys):
    assert main(["rule", "fl203"]) == 0
    assert "## Instead" in capsys.readouterr().out
    assert main(["rule"]) == 0
    assert capsys.readouterr().out.count("\n") > 30
    assert main(["rule", "FL999"]) == 2


def test_neither_django_nor_rich_is_on_the_way(tmp_path):
    write(tmp_path / "a.md", BLAME)
    code = (
        "import sys; from fairlead.cli import main; main(['lint', 'a.md']);"
        "print([m for m in ('django', 'rich', 'tomllib', 'typing_extensions') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "line",
    [
        ["a.md"],
        ["a.md", "b.md", "--format", "json", "--audience=private"],
        ["-", "--diff", "--fix", "--codeowners", "--git-authors"],
        ["--fail-on", "warning", "--fail-on=FL2", "a.md", "--roster", "people.txt", "--baseline=known.json"],
    ],
)
def test_a_plain_line_is_read_as_argparse_reads_it(line):
    parsed = vars(build_parser("lint").parse_args(["lint", *line]))
    assert vars(read_line(line)) == {key: parsed[key] for key in vars(read_line(line))}


@pytest.mark.parametrize(
    "line",
    [
        ["--help"],
        ["-h"],
        ["--format", "xml", "a.md"],
        ["--roster"],
        ["--no-such-flag"],
        ["--fix=yes"],
        ["--", "-a.md"],
        ["--roster", "--fix"],
    ],
)
def test_any_other_line_is_left_to_argparse(line):
    assert read_line(line) is None
