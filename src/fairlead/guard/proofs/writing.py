"""Writing proof files: a new one from answers, and the pinned hashes of fixtures anew."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from fairlead.guard.proofs import files
from fairlead.guard.proofs.files import PLACE, ProofFileError
from fairlead.guard.proofs.redacting import import_fixture

_SAFEGUARDS: Final = {
    "command": """\
# a list, never a line for a shell; {fixture} is the copy of the run's fixture
argv = ["{python}", "tools/check.py", "{fixture}"]
files = ["tools/check.py"]        # what is copied beside it, and hashed
exits = { 0 = "ACCEPT", 1 = "REFUSE", 2 = "ERROR" }   # any other code is an error
""",
    "pytest": """\
select = ["tests/test_change.py::test_the_change"]   # finds the fixture by FAIRLEAD_FIXTURE
files = ["tests/test_change.py"]
""",
    "routing-loop": "",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What `fairlead prove init` was told. Fixtures are paths to what will be copied."""

    id: str
    title: str = ""
    adapter: str = "command"
    reason: str = ""
    owner: str = ""
    revision: str = ""
    improvement: str = ""
    fixtures: Mapping[str, Path] = field(default_factory=dict)


def write(root: Path, answers: Answers) -> tuple[Path, int]:
    """Write a proof file with its fixtures beside it; returns it and how many secrets were taken out.

    Raises ProofFileError, also when there is one already: nothing is written over.
    """
    if answers.adapter not in _SAFEGUARDS:
        raise ProofFileError(
            f"There is no template for “{answers.adapter}”, only for {', '.join(_SAFEGUARDS)}."
        )
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", answers.id):
        raise ProofFileError(f"“{answers.id}” is not an id: small letters, digits and hyphens.")
    file = root / PLACE / f"{answers.id}.toml"
    beside = file.with_suffix("")
    if file.exists() or beside.exists():
        raise ProofFileError(f"{PLACE / file.name} is there already, and nothing is written over.")
    for source in answers.fixtures.values():
        if not source.exists():
            raise ProofFileError(f"{source} is not there.")
    found = 0
    lines: list[str] = []
    for role, source in answers.fixtures.items():
        target = beside / (role + (source.suffix if source.is_file() else ""))
        found += import_fixture(source, target)
        path = target.relative_to(file.parent).as_posix()
        lines += [
            f"[fixtures.{role}]",
            f"path = {_quoted(path)}",
            f'sha256 = "{files.sha256_of(target)}"',
            "",
        ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([*_head(answers), *lines, *_tail(answers)]), "utf-8")
    return file, found


def _head(answers: Answers) -> list[str]:
    return [
        f"title = {_quoted(answers.title or answers.id)}",
        f"adapter = {_quoted(answers.adapter)}",
        f"owner = {_quoted(answers.owner)}",
        f"improvement = {_quoted(answers.improvement)}    # its id on the server; nothing is reported without it",
        "# the output of the refused run must hold this (RE2): refused for another reason proves nothing",
        f"reason = {_quoted(answers.reason)}",
        "max_age_days = 30",
        "draft = true    # take this line out when everything below is right",
        "",
    ]


def _tail(answers: Answers) -> list[str]:
    revision = (
        f"revision = {_quoted(answers.revision)}" if answers.revision else '# revision = "a commit before it"'
    )
    return [
        "[safeguard]",
        _SAFEGUARDS[answers.adapter],
        "[before]    # the bad change must pass here: what differs from [safeguard] when it was not there yet",
        revision,
        'evidence = ""    # the output must hold this, as a sign that the pipeline ran',
        "",
    ]


def pin(root: Path, proof_id: str) -> list[str]:
    """Write the present hashes of a proof's fixtures into its file; returns the names of those that changed."""
    proof = files.read(root, proof_id)
    text = proof.file.read_text("utf-8")
    changed: list[str] = []
    for name, fixture in proof.fixtures.items():
        if not fixture.path.exists():
            raise ProofFileError(f"The fixture “{name}” is not there.")
        now = files.sha256_of(fixture.path)
        if now == fixture.pinned:
            continue
        table = re.compile(
            rf"(^\[fixtures\.{re.escape(name)}\][^\[]*?^sha256\s*=\s*)\"[^\"]*\"", re.MULTILINE
        )
        text, count = table.subn(rf'\g<1>"{now}"', text)
        if not count:
            raise ProofFileError(f'{proof.file.name}: write [fixtures.{name}] with a line sha256 = "" first.')
        changed.append(name)
    proof.file.write_text(text, "utf-8")
    return changed


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
