"""Adapters: what the end of a run means, for pytest, the routing safeguard, and those of other packages."""

import importlib.metadata
from pathlib import Path

import pytest

from fairlead.core.verdict import Verdict
from fairlead.guard.proofs import adapters
from fairlead.guard.proofs.adapters import Judged, Pytest, RoutingLoop, Task
from fairlead.guard.proofs.files import ProofFileError
from fairlead.guard.proofs.sandbox import Limits, Ran, sandbox
from tests.guard.repository import proved, repository

START = "import os, pathlib\nimport pytest\ntext = pathlib.Path(os.environ['FAIRLEAD_FIXTURE']).read_text()\n"


def judged(tmp_path, test, select=("test_it.py",)):
    fixture = tmp_path / "fixture"
    fixture.write_text("change: drop table")
    with sandbox(Limits()) as box:
        (box.work / "test_it.py").write_text(START + test)
        task = Task(fixture, box.work, box.place / "tmp")
        options = {"select": list(select)}
        adapter = Pytest()
        return adapter.judge(options, box.run(adapter.argv(options, task)), task)


@pytest.mark.parametrize(
    ("test", "verdict"),
    [
        ("def test_it(): assert 'drop' in text", "ACCEPT"),
        ("def test_it(): assert 'drop' not in text, 'drops a table'", "REFUSE"),
        ("def test_it(): pytest.fail('drops a table')", "REFUSE"),
        ("def test_it(): 1 / 0", "ERROR"),
        ("def test_it():\n    assert 0\ndef test_other(): 1 / 0", "ERROR"),
        ("def test_it(): pytest.skip('not today')", "ERROR"),
        ("@pytest.fixture\ndef broken(): 1 / 0\ndef test_it(broken): assert 0", "ERROR"),
        ("def helper(): pass", "ERROR"),  # no test at all: pytest ends with 5
        ("def test_it(:", "ERROR"),
        ("def test_it(): os._exit(1)", "ERROR"),  # ends with 1 and without a report
        ("def test_it(): os._exit(0)", "ERROR"),
        ("def test_it(): raise KeyboardInterrupt", "ERROR"),
    ],
)
def test_refused_is_only_what_an_assertion_refused(tmp_path, test, verdict):
    assert judged(tmp_path, test).verdict == verdict


def test_the_reason_is_looked_for_in_what_the_assertion_said(tmp_path):
    text = judged(
        tmp_path, "def test_it():\n    print('noise')\n    assert 'drop' not in text, 'drops a table'"
    ).text
    assert "drops a table" in text


def test_a_test_that_is_not_there_is_an_error(tmp_path):
    assert judged(tmp_path, "", ("test_it.py::test_gone",)).verdict == "ERROR"
    with pytest.raises(ProofFileError, match="must name the tests"):
        Pytest().argv({"select": "test_it.py"}, Task(tmp_path, tmp_path, tmp_path))


def test_a_report_with_a_doctype_is_not_read(tmp_path):
    (tmp_path / "junit.xml").write_text("<!DOCTYPE x><testsuite><testcase/></testsuite>")
    ran = Ran((), 0, None, b"", b"", 0.1)
    assert Pytest().judge({}, ran, Task(tmp_path, tmp_path, tmp_path)).verdict == "ERROR"


@pytest.mark.parametrize(
    ("output", "code", "verdict"),
    [
        (b'{"verdict": "REFUSE"}', 1, "REFUSE"),
        (b'{"verdict": "ACCEPT"}', 0, "ACCEPT"),
        (b'{"verdict": "ERROR"}', 2, "ERROR"),
        (b'{"verdict": "REFUSE"}', 0, "ERROR"),
        (b'{"verdict": "MAYBE"}', 1, "ERROR"),
        (b"[]", 1, "ERROR"),
        (b"", 1, "ERROR"),
    ],
)
def test_the_routing_safeguard_is_believed_when_words_and_exit_code_agree(tmp_path, output, code, verdict):
    ran = Ran((), code, None, output, b"", 0.1)
    assert RoutingLoop().judge({}, ran, Task(tmp_path, tmp_path, tmp_path)).verdict == verdict


def test_another_reader_is_handed_on(tmp_path):
    assert RoutingLoop().argv({"reader": "bird"}, Task(tmp_path, tmp_path, tmp_path))[-2:] == [
        "--reader",
        "bird",
    ]


class Linter:
    """The documented example: refuses what its linter marks with its own word."""

    def argv(self, options, task):
        return ["cat", str(task.fixture)]

    def judge(self, options, ran, task):
        if ran.exit != 0 or not ran.text.startswith("change"):
            return Judged(Verdict.ERROR, ran.text, "cat could not read it")
        marked = options["word"] in ran.text
        return Judged(Verdict.REFUSE if marked else Verdict.ACCEPT, "drops a table" if marked else ran.text)


def test_a_package_can_bring_its_own_adapter(tmp_path, monkeypatch):
    point = importlib.metadata.EntryPoint("linter", "tests.x:Linter", adapters.ADAPTERS)
    monkeypatch.setattr(type(point), "load", lambda _: Linter)
    monkeypatch.setattr(adapters, "entry_points", lambda group: [point] if group == adapters.ADAPTERS else [])
    root = repository(tmp_path, head='adapter = "linter"')
    file = root / "fairlead/proofs/drop.toml"
    text = file.read_text().replace("[safeguard]", "[safeguard]\nword = 'drop table'")
    text = text[: text.index("[before]")] + "[before]\nword = 'nothing'\nevidence = 'change'\n"
    file.write_text(text)
    assert proved(root).standing.state == "proven"
    assert Path(file).exists()
