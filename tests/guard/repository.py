"""A user's repository with one proof: a check that looks for a word, and changes that have it or not."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from fairlead.guard.proofs import evidence, files, running
from fairlead.guard.proofs.files import sha256_of

# Refuses a change that says "drop table", with its reason; anything that is not a change is an error.
CHECK = """\
import pathlib, sys
text = pathlib.Path(sys.argv[1]).read_text()
if not text.startswith("change"):
    sys.exit(2)
if "drop table" in text:
    print("refused: the change drops a table")
    sys.exit(1)
print("looked at", len(text), "letters")
"""
CHANGES = {"good": "change: add column", "bad": "change: drop table orders", "malformed": "%%%"}
PASSES = "import sys; print('looked'); sys.exit(0)"


def repository(
    place: Path, check: str = CHECK, *, before: str = PASSES, more: str = "", head: str = ""
) -> Path:
    """Write a repository with the proof "drop" and return it."""
    proofs = place / "fairlead" / "proofs"
    (proofs / "drop").mkdir(parents=True)
    (place / "tools").mkdir()
    (place / "tools" / "check.py").write_text(check)
    lines = [
        'title = "A change that drops a table is refused"',
        'owner = "Databases"',
        "reason = 'drops a table'",
        head,
    ]
    for name, text in CHANGES.items():
        (proofs / "drop" / f"{name}.sql").write_text(text)
        digest = sha256_of(proofs / "drop" / f"{name}.sql")
        lines += [f"[fixtures.{name}]", f'path = "drop/{name}.sql"', f'sha256 = "{digest}"']
    lines += [
        "[safeguard]",
        'argv = ["{python}", "tools/check.py", "{fixture}"]',
        'files = ["tools/*.py"]',
        'exits = { 0 = "ACCEPT", 1 = "REFUSE", 2 = "ERROR" }',
        "[before]",
        f'argv = ["{{python}}", "-c", {json.dumps(before)}]',
        "evidence = 'looked'",
        more,
    ]
    (proofs / "drop.toml").write_text("\n".join(lines))
    return place


def proved(place: Path, **options):
    return running.prove(files.read(place, "drop"), **options)


def kept(place: Path, at: datetime = datetime(2026, 11, 20, 12, tzinfo=UTC)):
    """Prove and keep the evidence, as the command does."""
    proof = files.read(place, "drop")
    outcome = running.prove(proof)
    return evidence.keep(place, proof, outcome, outcome.standing, at)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]
