"""`fairlead lessons check`: at most three lessons, with why; and their safeguards, if they are to be run."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from fairlead.cli import exits
from fairlead.cli.lessons_change import change_of, looked_up
from fairlead.guard.lessons.printing import printed


def run(args: argparse.Namespace) -> int:
    """Print the lessons; answer 1 only when a safeguard refuses."""
    outcome = looked_up(args.snapshot, change_of(args))
    print(printed(outcome, args.format), end="")
    if not args.prove:
        return exits.DONE
    return proved(safeguard for match in outcome.shown for safeguard in match.lesson.safeguards)


def proved(safeguards: Iterable[str]) -> int:
    """Run safeguards on this repository and tell what each said; a refusal is 1, everything else lets pass."""
    from fairlead.core.verdict import Verdict  # noqa: PLC0415 - most checks run nothing
    from fairlead.guard.proofs import files, running  # noqa: PLC0415

    root = files.root_of(Path())
    refused = False
    for proof_id in dict.fromkeys(safeguards):
        try:
            judged = running.look(files.read(root, proof_id))
            verdict, words = judged.verdict, judged.words or judged.text.strip().partition("\n")[0]
        except files.ProofFileError as error:
            verdict, words = Verdict.ERROR, str(error)
        refused |= verdict is Verdict.REFUSE
        said = {Verdict.ACCEPT: "accepts this", Verdict.REFUSE: "REFUSES this"}.get(
            verdict, "gave no answer, which stops nobody"
        )
        print(f"{proof_id} {said}{f': {words}' if words else '.'}", file=sys.stderr)
    return exits.REFUSED if refused else exits.DONE
