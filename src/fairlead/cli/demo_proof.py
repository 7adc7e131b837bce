"""The repository of the demo's story: its proof is really run when the demo is loaded."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

STORY: Final = Path(__file__).parents[1] / "guard" / "story"
PROOF: Final = "routing-loop"


def story_repository(place: Path, improvement: str) -> Path:
    """Put the story's repository beside the demo's data, with the improvement that its proof is of; return it."""
    root = place / "story-repository"
    if not root.exists():
        shutil.copytree(STORY, root)
        file = root / "fairlead" / "proofs" / f"{PROOF}.toml"
        file.write_text(f'improvement = "{improvement}"\n' + file.read_text("utf-8"), "utf-8")
    return root


def prove_story(root: Path) -> dict[str, Any]:
    """Carry out the four runs of the story's proof, keep the evidence in its repository, and return it."""
    from fairlead.guard.proofs import evidence, files, running  # noqa: PLC0415 - only where the demo is loaded

    proof = files.read(root, PROOF)
    outcome = running.prove(proof)
    return evidence.keep(root, proof, outcome, outcome.standing, datetime.now(UTC))
