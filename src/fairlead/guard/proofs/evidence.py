"""Evidence: what a proving showed, as one line of JSON that holds the hash of the line before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from fairlead.core.proof import Standing, State, aged, changed
from fairlead.guard.proofs import files
from fairlead.guard.proofs.files import Proof
from fairlead.guard.proofs.running import Outcome, Run, safeguard_sha256

PLACE: Final = Path(".fairlead") / "evidence"
KEPT: Final = 64 * 1024
FORMAT: Final = 1
FIRST: Final = "0" * 64  # what stands for the hash before the first one


class EvidenceError(ValueError):
    """The evidence of a proof is not as it was written; the text says where."""


def entry(proof: Proof, outcome: Outcome, standing: Standing, at: datetime, previous: str) -> dict[str, Any]:
    """Return one entry of the evidence, with its own hash."""
    made = {
        "format": FORMAT,
        "proof": proof.id,
        "title": proof.title,
        "improvement": proof.improvement,
        "at": at.isoformat(timespec="seconds"),
        "state": standing.state.value,
        "reasons": list(standing.reasons),
        "proved": outcome.standing.state.value,
        "max_age_days": proof.max_age_days,
        "tool_version": outcome.tool_version,
        "fixtures": {name: fixture.pinned for name, fixture in sorted(proof.fixtures.items())},
        "safeguard_sha256": outcome.safeguard_sha256,
        "runs": [_run(run) for run in outcome.runs],
        "rates": {
            name: {"tried": rate.tried, "as_expected": rate.as_expected, "errors": rate.errors}
            for name, rate in outcome.rates.items()
        },
        "previous": previous,
    }
    return made | {"hash": hash_of(made)}


def hash_of(made: Mapping[str, Any]) -> str:
    """Return the hash of an entry: SHA-256 over its JSON with sorted names, without the hash itself."""
    plain = {name: value for name, value in made.items() if name != "hash"}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def history(root: Path, proof_id: str) -> list[dict[str, Any]]:
    """Return the entries of a proof, oldest first. Raises EvidenceError when one was changed or taken out."""
    return _read(root, proof_id)[1]


def _file(root: Path, proof_id: str) -> Path:
    return root / PLACE / f"{proof_id}.jsonl"


def _read(root: Path, proof_id: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the hash from which the file goes on, and its entries."""
    path = _file(root, proof_id)
    if not path.exists():
        return FIRST, []
    found: list[dict[str, Any]] = []
    lines = path.read_text("utf-8").splitlines()
    goes_on = _goes_on_from(lines)
    previous = goes_on or FIRST
    for number, line in enumerate(lines, 1):
        if number == 1 and goes_on:
            continue
        try:
            made = json.loads(line)
            fits = made["previous"] == previous and made["hash"] == hash_of(made)
        except (ValueError, KeyError, TypeError):
            fits = False
        if not fits:
            raise EvidenceError(
                f"{path.name}, line {number}: it is not as it was written, or one before it is gone."
            )
        previous = made["hash"]
        found.append(made)
    return goes_on or FIRST, found


def _goes_on_from(lines: list[str]) -> str:
    """Return what the first line says if the history before it is kept by a server, or nothing."""
    try:
        first = json.loads(lines[0]) if lines else None
    except ValueError:
        return ""
    return str(first["goes_on_from"]) if isinstance(first, dict) and set(first) == {"goes_on_from"} else ""


def go_on_from(root: Path, proof_id: str, head: str) -> tuple[list[dict[str, Any]], Path | None]:
    """Make the evidence here go on from the last entry that a server has.

    Returns the entries that the server lacks, oldest first, and where the evidence was put aside that does not lead on
    from there, or None. Raises EvidenceError.
    """
    goes_on, found = _read(root, proof_id)
    heads = [goes_on, *(made["hash"] for made in found)]
    if head in heads:
        return found[heads.index(head) :], None
    path, aside = _file(root, proof_id), None
    if found:
        aside = path.with_name(f"{proof_id}.{found[-1]['hash'][:12]}.aside.jsonl")
        path.replace(aside)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"goes_on_from": head}) + "\n", "utf-8")
    return [], aside


def keep(root: Path, proof: Proof, outcome: Outcome, standing: Standing, at: datetime) -> dict[str, Any]:
    """Append an entry to the evidence and return it. Raises EvidenceError."""
    goes_on, so_far = _read(root, proof.id)
    made = entry(proof, outcome, standing, at, so_far[-1]["hash"] if so_far else goes_on)
    path = _file(root, proof.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(made, ensure_ascii=False, sort_keys=True) + "\n")
    return made


def standing_now(root: Path, proof: Proof, now: datetime) -> Standing:
    """Return where a proof stands by its evidence alone, without running anything. Raises EvidenceError."""
    so_far = history(root, proof.id)
    if not so_far:
        return Standing(State.DRAFT, ("It has not been run yet.",))
    last = so_far[-1]
    standing = Standing(State(last["proved"]), tuple(last["reasons"]))
    names = files.changed_fixtures(proof)
    pinned = {name: fixture.pinned for name, fixture in sorted(proof.fixtures.items())}
    if pinned != last["fixtures"]:
        names.append("A fixture")
    if safeguard_sha256(proof) != last["safeguard_sha256"]:
        names.append("The safeguard")
    return aged(changed(standing, names), datetime.fromisoformat(last["at"]), now, proof.max_age_days)


def _run(run: Run) -> dict[str, Any]:
    made: dict[str, Any] = {
        "role": run.role,
        "expected": run.expected.value,
        "verdict": run.shown.verdict.value,
        "fits": run.shown.fits,
        "words": run.shown.words,
    }
    if run.ran is None:
        return made
    whole = run.ran.output + run.ran.errors
    return made | {
        "argv": list(run.ran.argv),
        "exit": run.ran.exit,
        "signal": run.ran.signal,
        "seconds": round(run.ran.seconds, 3),
        "sandbox": run.ran.sandbox,
        "output": shortened(whole),
        "output_bytes": len(whole),
        "output_sha256": hashlib.sha256(whole).hexdigest(),
    }


def shortened(whole: bytes) -> str:
    """Return what is kept of an output: all of it up to 64 KiB, otherwise its beginning and its end; no zero bytes."""
    if len(whole) > KEPT:
        mark = b"\n[...]\n"
        half = (KEPT - len(mark)) // 2
        whole = whole[:half] + mark + whole[-half:]
    return whole.decode("utf-8", "replace").replace("\0", "�")
