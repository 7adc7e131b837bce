"""The runs of one proof: each in a sandbox of its own, tried once more when it does not show what it must."""

import io
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from fairlead.core.proof import EXPECTED, Role, Shown, Standing, State, as_expected, decide
from fairlead.core.verdict import Verdict
from fairlead.guard.proofs import files
from fairlead.guard.proofs.adapters import Adapter, Judged, Task, adapter_named, filled, found
from fairlead.guard.proofs.files import Proof, ProofFileError
from fairlead.guard.proofs.sandbox import Ran, Sandbox, sandbox

_MOST_VARIANTS: Final = 100
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: what was asked, what it showed, and how it went."""

    role: str
    expected: Verdict
    shown: Shown
    ran: Ran | None


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some variants were answered as expected; errors are counted apart."""

    tried: int = 0
    as_expected: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything one proving showed."""

    standing: Standing
    runs: tuple[Run, ...] = ()
    rates: Mapping[str, Rate] = field(default_factory=dict)
    tool_version: str = ""
    safeguard_sha256: str = ""


def prove(proof: Proof, progress: Progress = lambda _: None, *, may_leave: bool = True) -> Outcome:
    """Carry out the runs of a proof. Raises ProofFileError when the file cannot be used as it is."""
    if missing := proof.missing():
        return Outcome(Standing(State.DRAFT, missing))
    if changed := files.changed_fixtures(proof):
        words = "has changed since it was pinned; look at it, then pin it anew"
        return Outcome(Standing(State.STALE, tuple(f"{name} {words}." for name in changed)))
    prover = _Prover(proof, may_leave=may_leave)
    shown: dict[Role, Shown] = {}
    runs: list[Run] = []
    flaky: list[Role] = []
    for role in Role:
        progress(role.value)
        first = prover.run(role)
        runs.append(first)
        shown[role] = first.shown
        if not as_expected(role, first.shown):
            progress(f"{role.value}, again")
            second = prover.run(role)
            runs.append(second)
            if (second.shown.verdict, second.shown.fits) != (first.shown.verdict, first.shown.fits):
                flaky.append(role)
    rates = {}
    for name, options, base, expected in (
        ("mutants", proof.mutants, Role.BAD, Verdict.REFUSE),
        ("neighbours", proof.neighbours, Role.GOOD, Verdict.ACCEPT),
    ):
        if options:
            rates[name] = prover.rate(name, options, base, expected, progress)
    return Outcome(decide(shown, flaky), tuple(runs), rates, prover.tool_version(), safeguard_sha256(proof))


def look(proof: Proof) -> Judged:
    """Hold the safeguard against the repository as it is now; it refuses only when it does so twice.

    Raises ProofFileError when the proof does not say what to look at.
    """
    if proof.here is None or not proof.here.exists():
        where = f"{proof.here} is not there" if proof.here else "it names no path under [here]"
        raise ProofFileError(f"{proof.file.name} does not say what to look at in this repository: {where}.")
    prover = _Prover(proof, may_leave=True)
    first = prover.look(proof.here)
    if first.verdict is not Verdict.REFUSE or prover.look(proof.here).verdict is Verdict.REFUSE:
        return first
    return Judged(Verdict.ERROR, first.text, "it refused once and not the second time")


def safeguard_sha256(proof: Proof) -> str:
    """Return the hash of the files that make up the safeguard, and of how it is run. Raises ProofFileError."""
    from hashlib import sha256  # noqa: PLC0415 - one line, one use

    digest = sha256(repr((proof.adapter, proof.reason, sorted(proof.safeguard.items(), key=str))).encode())
    for path in _named_files(proof, proof.safeguard):
        digest.update(f"{path.relative_to(proof.root).as_posix()}\0{files.sha256_of(path)}\0".encode())
    return digest.hexdigest()


class _Prover:
    def __init__(self, proof: Proof, *, may_leave: bool) -> None:
        self._proof = proof
        self._may_leave = may_leave

    def run(self, role: Role) -> Run:
        """Run the safeguard, or what was there before it, on the fixture of a role."""
        proof = self._proof
        options: Mapping[str, Any] = proof.safeguard
        fixture = Role.BAD.value if role is Role.BEFORE else role.value
        if role is Role.BEFORE:
            options = {**proof.safeguard, **proof.before}
            fixture = str(options.get("fixture", fixture))
        if fixture not in proof.fixtures:
            raise ProofFileError(f"{proof.file.name}: there is no fixture “{fixture}”.")
        judged, ran = self._judge(options, proof.fixtures[fixture].path)
        pattern = {Role.BAD: proof.reason, Role.BEFORE: str(options.get("evidence", ""))}.get(role, "")
        fits = not pattern or found(pattern, judged.text)
        return Run(role.value, EXPECTED[role], Shown(judged.verdict, fits, judged.words), ran)

    def look(self, path: Path) -> Judged:
        """Run the safeguard on something of the repository."""
        return self._judge(self._proof.safeguard, path)[0]

    def _judge(self, options: Mapping[str, Any], fixture: Path) -> tuple[Judged, Ran]:
        adapter: Adapter = adapter_named(str(options.get("adapter", self._proof.adapter)))
        with self._sandbox(options) as box:
            task = _task(box, fixture)
            ran = box.run(adapter.argv(options, task))
            if ran.trouble:
                return Judged(Verdict.ERROR, ran.text, ran.trouble), ran
            return adapter.judge(options, ran, task), ran

    def rate(
        self, name: str, options: Mapping[str, Any], base: Role, expected: Verdict, progress: Progress
    ) -> Rate:
        """Let the author's generator make variants of a fixture, and ask the safeguard about each."""
        proof = self._proof
        merged = {**proof.safeguard, **options}
        with self._sandbox(merged) as box:
            task = _task(box, proof.fixtures[base.value].path)
            ran = box.run(filled(options.get("argv"), task))
            variants = sorted(task.scratch.iterdir())[: int(options.get("most", _MOST_VARIANTS))]
            if ran.trouble or ran.exit != 0 or not variants:
                raise ProofFileError(
                    f"{proof.file.name}: the generator of {name} failed. {ran.text[-300:]}".strip()
                )
            verdicts = []
            for number, variant in enumerate(variants, 1):
                progress(f"{name} {number} of {len(variants)}")
                verdicts.append(self._judge(proof.safeguard, variant)[0].verdict)
        return Rate(len(verdicts), verdicts.count(expected), verdicts.count(Verdict.ERROR))

    def tool_version(self) -> str:
        """Return the first line that the tool prints about its version."""
        argv = self._proof.safeguard.get("version")
        if not argv:
            from importlib.metadata import version  # noqa: PLC0415 - looking it up is slow

            return f"fairlead {version('fairlead')}"
        with self._sandbox(self._proof.safeguard) as box:
            ran = box.run(filled(argv, _task(box, None)))
        return ran.text.replace("\0", "�").strip().partition("\n")[0][:200]

    @contextmanager
    def _sandbox(self, options: Mapping[str, Any]) -> Iterator[Sandbox]:
        pass_on = [str(name) for name in options.get("environment", [])]
        network = options.get("network") is True
        with sandbox(self._proof.limits, pass_on, may_leave=self._may_leave, may_use_network=network) as box:
            revision = str(options.get("revision", ""))
            if revision:
                _unpack_revision(self._proof, options, revision, box.work)
            else:
                for path in _named_files(self._proof, options):
                    target = box.work / path.relative_to(self._proof.root)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)
                    shutil.copymode(path, target)
            yield box


def _task(box: Sandbox, fixture: Path | None) -> Task:
    scratch = box.place / "tmp" / "scratch"
    scratch.mkdir(exist_ok=True)
    target = box.place / "fixture" / (fixture.name if fixture else "")
    if fixture and fixture.is_dir():
        shutil.copytree(fixture, target, dirs_exist_ok=True)
    elif fixture:
        shutil.copyfile(fixture, target)
    return Task(target, box.work, scratch)


def _named_files(proof: Proof, options: Mapping[str, Any]) -> list[Path]:
    """Return the files that a table names by glob under `files`. Raises ProofFileError."""
    found: dict[Path, None] = {}
    for pattern in options.get("files", []):
        matches = sorted(path for path in proof.root.glob(str(pattern)) if path.is_file())
        if not matches:
            raise ProofFileError(f"{proof.file.name}: no file is called “{pattern}”.")
        found |= dict.fromkeys(files.inside(proof.root, path, proof.file.name) for path in matches)
    return list(found)


def _unpack_revision(proof: Proof, options: Mapping[str, Any], revision: str, work: Path) -> None:
    """Put the named files of an earlier revision into the working directory. Raises ProofFileError."""
    if revision.startswith("-"):
        raise ProofFileError(f"{proof.file.name}: “{revision}” is not a revision.")
    names = [str(pattern) for pattern in options.get("files", [])] or ["."]
    command = ["git", "archive", "--format=tar", revision, "--", *(f":(glob){name}" for name in names)]
    try:
        made = subprocess.run(command, cwd=proof.root, capture_output=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ProofFileError(f"{proof.file.name}: git could not be asked for {revision} ({error}).") from None
    if made.returncode:
        said = made.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise ProofFileError(f"{proof.file.name}: git does not know {revision} ({said}).")
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(work, filter="data")
