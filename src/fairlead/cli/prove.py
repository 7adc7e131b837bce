"""`fairlead prove`: replay the incident's own bad change against the safeguard that an improvement has left behind."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fairlead.cli import exits
from fairlead.cli.terminal import is_styled, styled

if TYPE_CHECKING:
    from fairlead.cli.prove_push import Push
    from fairlead.guard.proofs.files import Proof

EXAMPLES: Final = """\
examples:
  fairlead prove --all                       run every proof of this repository
  fairlead prove routing-loop                run one
  fairlead prove --all --junit proofs.xml --push https://fairlead.example
  fairlead prove status                      where the proofs stand, without running anything
  fairlead prove init routing-loop           write a proof file by asking
  fairlead prove pin routing-loop            pin the fixtures as they are now

Proof files are fairlead/proofs/ID.toml in your repository. See docs/proofs.md.

exit codes: 0 all are proven or waived · 1 one is not · 2 a proof gave no answer, or a wrong command line"""
_ACTIONS: Final = ("init", "pin", "status")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.epilog = EXAMPLES
    parser.add_argument(
        "words", nargs="*", metavar="ID", help="ids of proofs; or init, pin, status and an id"
    )
    parser.add_argument("--all", action="store_true", help="every proof of the repository")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository (default: found from here upwards)"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the evidence as JSON; - is standard output"
    )
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML")
    parser.add_argument(
        "--push", metavar="URL", help="report to this server, with the token in FAIRLEAD_TOKEN"
    )
    init = parser.add_argument_group("for init; what is not given is asked")
    init.add_argument("--adapter", choices=("command", "pytest", "routing-loop"))
    init.add_argument("--title")
    init.add_argument("--reason", help="what the output of the refused run must hold")
    init.add_argument("--owner", help="the role or team that keeps the safeguard")
    init.add_argument("--revision", help="a revision from before the safeguard")
    init.add_argument("--improvement", metavar="ID", help="which improvement of the server it proves")
    for name in ("good", "bad", "malformed"):
        init.add_argument(f"--{name}", type=Path, metavar="PATH", help=f"the {name} fixture")


def run(args: argparse.Namespace) -> int:
    """Do what was asked; what cannot be done is said in one sentence."""
    from fairlead.guard.proofs.evidence import EvidenceError  # noqa: PLC0415 - nothing is imported before it is needed
    from fairlead.guard.proofs.files import ProofFileError, root_of  # noqa: PLC0415

    root = (args.root or root_of(Path())).resolve()
    action = args.words[0] if args.words and args.words[0] in _ACTIONS else ""
    work: Callable[[argparse.Namespace, Path], int] = {
        "init": _init, "pin": _pin, "status": _status, "": _prove,
    }[action]  # fmt: skip
    try:
        return work(args, root)
    except (ProofFileError, EvidenceError) as error:
        print(str(error), file=sys.stderr)
        return exits.USAGE


def _chosen(args: argparse.Namespace, root: Path, words: list[str]) -> list[str]:
    from fairlead.guard.proofs.files import PLACE, ProofFileError, proof_ids  # noqa: PLC0415

    if words and args.all:
        raise ProofFileError("Name proofs, or say --all, not both.")
    if not words and not args.all:
        raise ProofFileError("Name a proof, or say --all. `fairlead prove --help` shows examples.")
    found = words or proof_ids(root)
    if not found:
        raise ProofFileError(f"There are no proofs in {root / PLACE}. `fairlead prove init` writes one.")
    return found


def _prove(args: argparse.Namespace, root: Path) -> int:
    from fairlead.guard.proofs import files  # noqa: PLC0415

    ids = _chosen(args, root, args.words)
    push = _pushing(args, root)
    made = []
    with _progress(len(ids)) as (tell, advance):
        for proof_id in ids:
            tell(proof_id)
            try:
                proof = files.read(root, proof_id)
                if push:
                    push.begin(proof)
                made.append(_one(root, proof, lambda words, p=proof_id: tell(f"{p}: {words}")))
                if push:
                    push.add(made[-1])
            except files.ProofFileError as error:
                made.append(_unusable(proof_id, str(error)))
            advance()
    out = sys.stderr if args.json and str(args.json) == "-" else sys.stdout
    print(_table(made), file=out)
    if args.json:
        _write(args.json, json.dumps(made, ensure_ascii=False, indent=2) + "\n")
    if args.junit:
        from fairlead.guard.proofs.reporting import as_junit  # noqa: PLC0415

        _write(args.junit, as_junit(made))
    return max(_code(made), push.finish() if push else exits.DONE)


def _pushing(args: argparse.Namespace, root: Path) -> "Push | None":
    if not args.push:
        return None
    from fairlead.cli.prove_push import Push  # noqa: PLC0415

    return Push(args.push, root)


def _one(root: Path, proof: "Proof", progress: Callable[[str], None]) -> dict[str, Any]:
    from fairlead.core.proof import waived  # noqa: PLC0415
    from fairlead.guard.proofs import evidence, running  # noqa: PLC0415

    outcome = running.prove(proof, progress)
    now = datetime.now(UTC)
    standing = waived(outcome.standing, proof.waiver, owner=proof.owner, today=now.date())
    return evidence.keep(root, proof, outcome, standing, now)


def _unusable(proof_id: str, words: str) -> dict[str, Any]:
    return {"proof": proof_id, "state": "error", "reasons": [words], "runs": [], "rates": {}}


def _status(args: argparse.Namespace, root: Path) -> int:
    from fairlead.core.proof import waived  # noqa: PLC0415
    from fairlead.guard.proofs import evidence, files  # noqa: PLC0415

    made = []
    for proof_id in args.words[1:] or files.proof_ids(root):
        proof = files.read(root, proof_id)
        now = datetime.now(UTC)
        standing = waived(
            evidence.standing_now(root, proof, now), proof.waiver, owner=proof.owner, today=now.date()
        )
        reasons = list(standing.reasons)
        made.append(
            {"proof": proof_id, "state": standing.state.value, "reasons": reasons, "runs": [], "rates": {}}
        )
    print(_table(made) if made else "There are no proofs here yet.")
    return _code(made)


def _pin(args: argparse.Namespace, root: Path) -> int:
    from fairlead.guard.proofs.writing import pin  # noqa: PLC0415

    for proof_id in _chosen(args, root, args.words[1:]):
        changed = pin(root, proof_id)
        print(f"{proof_id}: {'pinned ' + ', '.join(changed) if changed else 'pinned already'}")
    return exits.DONE


def _init(args: argparse.Namespace, root: Path) -> int:
    from fairlead.cli.prove_init import ask  # noqa: PLC0415
    from fairlead.guard.proofs.writing import write  # noqa: PLC0415

    file, secrets = write(root, ask(args))
    print(f"{file.relative_to(root)} is written, as a draft.")
    if secrets:
        print(
            f"{secrets} values that look like secrets were taken out of the fixtures. Look at what is left."
        )
    print(
        f"Next: fill in [safeguard] and [before], take “draft = true” out, then: fairlead prove {file.stem}"
    )
    return exits.DONE


def _table(made: list[dict[str, Any]]) -> str:
    width = max(len(one["proof"]) for one in made)
    lines = []
    for one in made:
        state = styled(
            f"{one['state']:13}", "accent" if one["state"] in {"proven", "waived"} else "bold", sys.stdout
        )
        runs = "  ".join(f"{run['role']} {run['verdict']}" for run in one["runs"])
        lines.append(f"{one['proof']:{width}}  {state} {runs}".rstrip())
        lines += [f"{'':{width}}  {reason}" for reason in one["reasons"]]
        for name, rate in one["rates"].items():
            errors = f", {rate['errors']} errors" if rate["errors"] else ""
            said = "refused" if name == "mutants" else "accepted"
            lines.append(f"{'':{width}}  {name}: {rate['as_expected']} of {rate['tried']} {said}{errors}")
    done = sum(one["state"] in {"proven", "waived"} for one in made)
    return "\n".join([*lines, "", f"{done} of {len(made)} done."])


def _code(made: list[dict[str, Any]]) -> int:
    states = {one["state"] for one in made}
    if "error" in states:
        return exits.USAGE
    return exits.DONE if states <= {"proven", "waived"} else exits.REFUSED


def _write(path: Path, text: str) -> None:
    if str(path) == "-":
        sys.stdout.write(text)
    else:
        path.write_text(text, "utf-8")


class _progress:  # noqa: N801 - it is used like a function
    """Shows on a terminal which run is on; says nothing anywhere else."""

    def __init__(self, total: int) -> None:
        self._bar: Any = None
        self._total = total

    def __enter__(self) -> tuple[Callable[[str], None], Callable[[], None]]:
        if not is_styled(sys.stderr):
            return (lambda _: None), (lambda: None)
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn  # noqa: PLC0415

        columns = (
            SpinnerColumn(),
            MofNCompleteColumn(),
            BarColumn(bar_width=20),
            TextColumn("{task.description}"),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        task = self._bar.add_task("", total=self._total)
        return (lambda words: self._bar.update(task, description=words)), (lambda: self._bar.advance(task))

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()
