"""Adapters: how a kind of safeguard is run, and what its answer means. Packages add theirs by entry point.

An adapter is an object with two methods. `argv(options, task)` returns the command as a list; `judge(options, ran)`
returns what its end means. `options` is the table of the proof file, `safeguard` or `before`.
"""

import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final, Protocol

import re2

from fairlead.core.verdict import Verdict
from fairlead.guard.proofs.files import ProofFileError
from fairlead.guard.proofs.sandbox import Ran

ADAPTERS: Final = "fairlead.adapters"
Options = Mapping[str, Any]
_CRASHED: Final = r"(?m)^(Traceback \(most recent call last\):|panic: |fatal error: |Exception in thread )"
_ASSERTED: Final = ("AssertionError", "assert ", "Failed:")  # how pytest begins what an assertion says


@dataclass(frozen=True, slots=True)
class Task:
    """Where a run finds its things: the fixture, its working directory, and a place for what it writes."""

    fixture: Path
    work: Path
    scratch: Path


@dataclass(frozen=True, slots=True)
class Judged:
    """What a run means, in the words of a person, and the text in which the reason must stand."""

    verdict: Verdict
    text: str
    words: str = ""


class Adapter(Protocol):
    """What every adapter can do."""

    def argv(self, options: Options, task: Task) -> Sequence[str]:
        """Return the command as a list; it is never given to a shell."""
        ...

    def judge(self, options: Options, ran: Ran, task: Task) -> Judged:
        """Say what the end of a run means. Runs that were stopped or ended by a signal never come here."""
        ...


class Command:
    """Any program: `argv`, and `exits`, which says what each of its exit codes means. No other code means anything.

    Many languages end a crash with 1, so what looks like one, by the pattern `crashed`, is an error whatever its code.
    """

    def argv(self, options: Options, task: Task) -> Sequence[str]:
        """Return `argv` with `{fixture}`, `{work}`, `{scratch}` and `{python}` filled in."""
        return filled(options.get("argv"), task)

    def judge(self, options: Options, ran: Ran, task: Task) -> Judged:
        """Look the exit code up."""
        exits = options.get("exits")
        if not isinstance(exits, dict) or not all(value in set(Verdict) for value in exits.values()):
            raise ProofFileError("“exits” must map exit codes to ACCEPT, REFUSE or ERROR.")
        if found(str(options.get("crashed", _CRASHED)), ran.text):
            return Judged(Verdict.ERROR, ran.text, "Its output looks like that of a crash.")
        verdict = exits.get(str(ran.exit))
        if verdict is None:
            return Judged(Verdict.ERROR, ran.text, f"Exit code {ran.exit} is not in “exits”.")
        return Judged(Verdict(verdict), ran.text, f"exit code {ran.exit}")


class RoutingLoop:
    """The safeguard against routing loops; the fixture is a snapshot directory. `reader` names another reader."""

    def argv(self, options: Options, task: Task) -> Sequence[str]:
        """Return `fairlead routing-loop` for the fixture."""
        start = "import sys; from fairlead.cli import main; sys.exit(main())"
        reader = ["--reader", str(options["reader"])] if options.get("reader") else []
        return [sys.executable, "-c", start, "routing-loop", str(task.fixture), "--format", "json", *reader]

    def judge(self, options: Options, ran: Ran, task: Task) -> Judged:
        """Believe the verdict only when the exit code says the same."""
        try:
            verdict = Verdict(json.loads(ran.output)["verdict"])
        except (ValueError, KeyError, TypeError):
            return Judged(Verdict.ERROR, ran.text, "It printed no verdict.")
        if ran.exit != [Verdict.ACCEPT, Verdict.REFUSE, Verdict.ERROR].index(verdict):
            return Judged(Verdict.ERROR, ran.text, f"It printed {verdict.value} and ended with {ran.exit}.")
        return Judged(verdict, ran.text, verdict.value)


class Pytest:
    """Tests as a safeguard: `select` names them. Refused is only what an assertion in a test refused.

    The test finds the fixture by the environment variable `FAIRLEAD_FIXTURE`.
    """

    def argv(self, options: Options, task: Task) -> Sequence[str]:
        """Return pytest for the selected tests, with a report beside."""
        select = options.get("select")
        if not isinstance(select, list) or not select or not all(isinstance(one, str) for one in select):
            raise ProofFileError("“select” must name the tests, as pytest takes them.")
        start = (
            "import os, sys, pytest; os.environ['FAIRLEAD_FIXTURE'] = sys.argv[1]; "
            "sys.path.insert(0, os.getcwd()); sys.exit(pytest.main(sys.argv[2:]))"
        )
        report = ["-p", "no:cacheprovider", f"--junitxml={task.scratch / 'junit.xml'}"]
        return [
            str(options.get("python") or sys.executable),
            "-c",
            start,
            str(task.fixture),
            *report,
            *select,
        ]

    def judge(self, options: Options, ran: Ran, task: Task) -> Judged:
        """Read the report: exit code 0 or 1 alone says too little, 2 to 5 say that no test gave an answer."""
        cases = _cases(task.scratch / "junit.xml") if ran.exit in {0, 1} else None
        if not cases:
            return Judged(
                Verdict.ERROR, ran.text, f"pytest ended with {ran.exit}, and no test gave an answer."
            )
        failures = [failure for case in cases for failure in case.findall("failure")]
        said = "\n".join(f"{failure.get('message', '')}\n{failure.text or ''}" for failure in failures)
        if any(case.find("error") is not None for case in cases):
            return Judged(Verdict.ERROR, ran.text, "A test could not be set up or taken down.")
        if failures:
            if all((failure.get("message") or "").startswith(_ASSERTED) for failure in failures):
                return Judged(Verdict.REFUSE, said, f"{len(failures)} failed by assertion")
            return Judged(Verdict.ERROR, said, "A test failed by something else than an assertion.")
        passed = sum(case.find("skipped") is None for case in cases)
        if not passed or ran.exit:
            return Judged(Verdict.ERROR, ran.text, "No test ran to its end.")
        return Judged(Verdict.ACCEPT, ran.text, f"{passed} passed")


def _cases(report: Path) -> list[ET.Element]:
    """Return the tests of a report, or none when it cannot be read."""
    try:
        text = report.read_text("utf-8")
        return [] if "<!DOCTYPE" in text else list(ET.fromstring(text).iter("testcase"))  # noqa: S314 - no DOCTYPE
    except (OSError, UnicodeDecodeError, ET.ParseError):
        return []


def found(pattern: str, text: str) -> bool:
    """Say whether a pattern of a proof file matches. RE2 takes no longer than the text is long."""
    try:
        return re2.search(pattern, text) is not None
    except re2.error as error:
        raise ProofFileError(f"“{pattern}” is not a pattern ({error}).") from None


def filled(argv: object, task: Task) -> list[str]:
    """Return a command with its places filled in. Raises ProofFileError unless it is a list of texts."""
    if not isinstance(argv, list) or not argv or not all(isinstance(part, str) for part in argv):
        raise ProofFileError("“argv” must be a list of texts; it is never given to a shell.")
    places = {"fixture": task.fixture, "work": task.work, "scratch": task.scratch, "python": sys.executable}
    found = []
    for part in argv:
        text = part
        for name, value in places.items():
            text = text.replace(f"{{{name}}}", str(value))
        found.append(text)
    return found


_OURS: Final[Mapping[str, type[Adapter]]] = {
    "command": Command,
    "routing-loop": RoutingLoop,
    "pytest": Pytest,
}


def adapter_named(name: str) -> Adapter:
    """Return an adapter of ours, or of an installed package. Raises ProofFileError."""
    if name in _OURS:
        return _OURS[name]()
    for point in entry_points(group=ADAPTERS):
        if point.name == name:
            return point.load()()
    raise ProofFileError(f"No adapter is called “{name}”; packages register theirs under “{ADAPTERS}”.")
